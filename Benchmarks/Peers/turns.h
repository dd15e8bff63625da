// What every contender written in C shares: one run for each line on standard input, answered by
// its wall time [s] and the mean of the spectrum, by which the runner checks that all did the job.
#include <stdio.h>
#include <time.h>

static double seconds(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + 1e-9 * t.tv_nsec;
}

static void take_turns(double (*run)(void *), void *job) {
  while (getchar() != EOF) {
    double start = seconds();
    double mean = run(job);
    printf("%.9f %.9g\n", seconds() - start, mean);
    fflush(stdout);
  }
}
