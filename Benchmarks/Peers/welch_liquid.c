// Welch's method by liquid-dsp's spgramcf: Hann, 50 % overlap, one thread.
//
//   welch_liquid FORMAT FILE BINS      FORMAT: memory (FILE is cf32), cu8 or cf32
#include <complex.h>
#include <liquid/liquid.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "turns.h"

enum { chunk = 1 << 18 };

static const char *format, *path;
static int bins;
static size_t samples;
static float complex *memory;
static spgramcf spectrum;

static double run(void *job) {
  (void)job;
  spgramcf_reset(spectrum);
  if (memory) {
    spgramcf_write(spectrum, memory, samples);
  } else {
    static uint8_t bytes[2 * chunk];
    static float complex x[chunk];
    FILE *file = fopen(path, "rb");
    size_t count;
    if (!strcmp(format, "cf32")) {
      while ((count = fread(x, 8, chunk, file)) > 0) spgramcf_write(spectrum, x, count);
    } else {
      while ((count = fread(bytes, 2, chunk, file)) > 0) {
        for (size_t i = 0; i < count; i++)
          x[i] = ((float)bytes[2 * i] - 127.5f) / 127.5f +
                 _Complex_I * (((float)bytes[2 * i + 1] - 127.5f) / 127.5f);
        spgramcf_write(spectrum, x, count);
      }
    }
    fclose(file);
  }
  float levels[bins];
  spgramcf_get_psd(spectrum, levels);
  double sum = 0;
  for (int i = 0; i < bins; i++) sum += pow(10, levels[i] / 10);
  return sum / bins;
}

int main(int count, char **arguments) {
  if (count != 4) return 64;
  format = arguments[1];
  path = arguments[2];
  bins = atoi(arguments[3]);
  struct stat status;
  if (stat(path, &status)) return perror(path), 66;
  spectrum = spgramcf_create(bins, LIQUID_WINDOW_HANN, bins, bins / 2);
  if (!strcmp(format, "memory")) {
    samples = status.st_size / 8;
    memory = malloc(samples * 8);
    FILE *file = fopen(path, "rb");
    if (!file || fread(memory, 8, samples, file) != samples) return perror(path), 74;
    fclose(file);
  }
  take_turns(run, 0);
}
