// Welch's method as one writes it by hand in C over FFTW: Hann, 50 % overlap, each segment's
// samples converted and windowed in one loop, powers summed in float over 64 segments and in
// double beyond. Threads take equal shares of the segments; each reads its part of the file.
//
//   welch FORMAT FILE BINS THREADS PLAN
//
// FORMAT: memory (FILE is cf32, read before the turns), cu8, ci16, cf32, or fft for FFTW alone on
// as many segments. PLAN: estimate, or a file of psdpipe's wisdom, to use the same plan.
#include <fcntl.h>
#include <fftw3.h>
#include <math.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "turns.h"

enum { blockSegments = 64, chunk = 256 << 10 };

// On cache lines of its own: neighbours that count segments would slow each other down.
typedef struct {
  int index;
  size_t segments;
  double *total;
  float *block, *input, *output;
  char *bytes;
} __attribute__((aligned(256))) Worker;

static const char *format, *path;
static int bins, threads, sampleBytes;
static size_t samples;
static double energy;
static float *window;  // of I and Q, with the format's scale
static float *memory;
static fftwf_plan plan;
static Worker workers[16];

static void window_f32(float *restrict y, const float *restrict x, const float *restrict w, int n) {
  for (int i = 0; i < n; i++) y[i] = x[i] * w[i];
}
static void window_u8(float *restrict y, const uint8_t *restrict x, const float *restrict w, int n) {
  for (int i = 0; i < n; i++) y[i] = ((float)(int)x[i] - 127.5f) * w[i];
}
static void window_i16(float *restrict y, const int16_t *restrict x, const float *restrict w, int n) {
  for (int i = 0; i < n; i++) y[i] = (float)x[i] * w[i];
}
static void add_powers(float *restrict sum, const float *restrict x, int n) {
  for (int i = 0; i < n; i++) sum[i] += x[2 * i] * x[2 * i] + x[2 * i + 1] * x[2 * i + 1];
}

static void flush(Worker *w) {
  for (int i = 0; i < bins; i++) w->total[i] += w->block[i];
  memset(w->block, 0, bins * sizeof(float));
}

static void add_segment(Worker *w, const void *x) {
  switch (sampleBytes) {
    case 2: window_u8(w->input, x, window, 2 * bins); break;
    case 4: window_i16(w->input, x, window, 2 * bins); break;
    default: window_f32(w->input, x, window, 2 * bins);
  }
  fftwf_execute_dft(plan, (fftwf_complex *)w->input, (fftwf_complex *)w->output);
  add_powers(w->block, w->output, bins);
  if (++w->segments % blockSegments == 0) flush(w);
}

static void *work(void *argument) {
  Worker *w = argument;
  size_t hop = bins / 2, all = (samples - bins) / hop + 1;
  size_t segment = all * w->index / threads, end = all * (w->index + 1) / threads;
  memset(w->total, 0, bins * sizeof(double));
  memset(w->block, 0, bins * sizeof(float));
  w->segments = 0;
  if (!strcmp(format, "fft")) {
    for (; segment < end; segment++)
      fftwf_execute_dft(plan, (fftwf_complex *)w->input, (fftwf_complex *)w->output);
    return 0;
  }
  if (memory) {
    for (; segment < end; segment++) add_segment(w, memory + 2 * segment * hop);
    flush(w);
    return 0;
  }
  int file = open(path, O_RDONLY);
  off_t offset = (off_t)segment * hop * sampleBytes;
  size_t held = 0;
  while (segment < end) {
    ssize_t got = pread(file, w->bytes + held * sampleBytes, (chunk - held) * sampleBytes, offset);
    if (got <= 0) break;
    offset += got;
    held += got / sampleBytes;
    size_t first = 0;
    for (; segment < end && first + bins <= held; segment++, first += hop)
      add_segment(w, w->bytes + first * sampleBytes);
    held -= first;
    memmove(w->bytes, w->bytes + first * sampleBytes, held * sampleBytes);
  }
  flush(w);
  close(file);
  return 0;
}

static double run(void *job) {
  (void)job;
  pthread_t others[16];
  for (int i = 1; i < threads; i++) pthread_create(&others[i], 0, work, &workers[i]);
  work(&workers[0]);
  for (int i = 1; i < threads; i++) pthread_join(others[i], 0);
  double sum = 0;
  size_t segments = 0;
  for (int i = 0; i < threads; i++) {
    segments += workers[i].segments;
    for (int k = 0; k < bins; k++) sum += workers[i].total[k];
  }
  return segments ? sum / segments / energy / bins : 0;
}

int main(int count, char **arguments) {
  if (count != 6) return 64;
  format = arguments[1];
  path = arguments[2];
  bins = atoi(arguments[3]);
  threads = atoi(arguments[4]);
  unsigned effort = FFTW_ESTIMATE;
  if (strcmp(arguments[5], "estimate")) {
    FILE *file = fopen(arguments[5], "r");
    if (!file) return perror(arguments[5]), 66;
    for (int lines = 0; lines < 3;) lines += getc(file) == '\n';  // psdpipe's own
    if (!fftwf_import_wisdom_from_file(file)) return fputs("wisdom of another FFTW\n", stderr), 65;
    fclose(file);
    effort = FFTW_PATIENT | FFTW_WISDOM_ONLY;
  }
  sampleBytes = !strcmp(format, "cu8") ? 2 : !strcmp(format, "ci16") ? 4 : 8;
  struct stat status;
  if (stat(path, &status)) return perror(path), 66;
  samples = status.st_size / sampleBytes;
  double scale = sampleBytes == 2 ? 1 / 127.5 : sampleBytes == 4 ? 1 / 32768. : 1;
  window = aligned_alloc(64, 2 * bins * sizeof(float));
  for (int i = 0; i < bins; i++) {
    double w = 0.5 - 0.5 * cos(2 * M_PI * i / bins);
    energy += w * w;
    window[2 * i] = window[2 * i + 1] = w * scale;
  }
  for (int i = 0; i < threads; i++) {
    Worker *w = &workers[i];
    w->index = i;
    w->total = calloc(bins, sizeof(double));
    w->block = fftwf_malloc(bins * sizeof(float));
    w->input = fftwf_malloc(2 * bins * sizeof(float));
    w->output = fftwf_malloc(2 * bins * sizeof(float));
    w->bytes = aligned_alloc(64, (size_t)chunk * sampleBytes);
    memset(w->bytes, 0, (size_t)chunk * sampleBytes);
    memset(w->input, 0, 2 * bins * sizeof(float));
  }
  plan = fftwf_plan_dft_1d(bins, (fftwf_complex *)workers[0].input,
                           (fftwf_complex *)workers[0].output, FFTW_FORWARD, effort);
  if (!plan) return fputs("no wisdom of this length\n", stderr), 65;
  for (int i = 0; i < threads; i++)
    for (int k = 0; k < 2 * bins; k++) workers[i].input[k] = (float)(k % 7) - 3;
  if (!strcmp(format, "memory")) {
    // On large pages' boundaries, which is worth 5 % at 1024 bins.
    memory = aligned_alloc(2 << 20, (samples * 8 + (2 << 20) - 1) & ~((size_t)(2 << 20) - 1));
    FILE *file = fopen(path, "rb");
    if (!file || fread(memory, 8, samples, file) != samples) return perror(path), 74;
    fclose(file);
  }
  take_turns(run, 0);
}
