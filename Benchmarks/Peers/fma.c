// The rate of independent fused multiply-adds in registers, the processor's limit for networks.
//
//   fma THREADS SECONDS
//
// Prints 10⁹ operations a second, two for a multiplication with addition, as a line of JSON.
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#if defined(__AVX512F__)
typedef float vector __attribute__((vector_size(64)));
#elif defined(__AVX__)
typedef float vector __attribute__((vector_size(32)));
#else
typedef float vector __attribute__((vector_size(16)));
#endif
enum { chains = 12, turns = 1 << 20, lanes = sizeof(vector) / sizeof(float) };

static double wanted;
static volatile float sink;

static double seconds(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + 1e-9 * t.tv_nsec;
}

// Twelve chains hide the latency of two units and fit sixteen registers with both constants.
static void multiply_and_add(void) {
  vector sums[chains], factor, term;
  for (int lane = 0; lane < lanes; lane++) factor[lane] = 0.999f, term[lane] = 0.001f;
  for (int chain = 0; chain < chains; chain++) sums[chain] = term * (float)chain;
  for (int turn = 0; turn < turns; turn++)
#pragma GCC unroll 12
    for (int chain = 0; chain < chains; chain++) sums[chain] = sums[chain] * factor + term;
  for (int chain = 1; chain < chains; chain++) sums[0] += sums[chain];
  sink = sums[0][0];
}

static double rate_for(double time) {
  long count = 0;
  double begin = seconds(), now;
  do {
    multiply_and_add();
    count++;
    now = seconds();
  } while (now - begin < time);
  return count * 2.0 * turns * chains * lanes / (now - begin) / 1e9;
}

static void *work(void *rate) {
  rate_for(0.5);  // the clock settles
  *(double *)rate = rate_for(wanted);
  return NULL;
}

int main(int count, char **words) {
  int threads = count == 3 ? atoi(words[1]) : 0;
  wanted = count == 3 ? atof(words[2]) : 0;
  if (threads < 1 || threads > 1024 || !(wanted > 0)) {
    fprintf(stderr, "usage: fma THREADS SECONDS\n");
    return 64;
  }
  pthread_t others[1024];
  double rates[1024], sum = 0;
  for (int i = 1; i < threads; i++)
    if (pthread_create(&others[i], NULL, work, &rates[i])) return 71;
  work(&rates[0]);
  for (int i = 1; i < threads; i++) pthread_join(others[i], NULL);
  for (int i = 0; i < threads; i++) sum += rates[i];
  printf("{\"gflops\": %.3f}\n", sum);
}
