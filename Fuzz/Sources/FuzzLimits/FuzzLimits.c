#define _GNU_SOURCE
#include "FuzzLimits.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

// The sanitizer's hooks around every allocation of the process.
__attribute__((weak)) int __sanitizer_install_malloc_and_free_hooks(
    void (*on_malloc)(const volatile void *, size_t), void (*on_free)(const volatile void *));
__attribute__((weak)) size_t __sanitizer_get_allocated_size(const volatile void *);

#define UNSEEN __attribute__((no_sanitize("coverage", "address")))

static _Atomic long heap, peak;
static _Atomic bool counting;
static double start;
static int first_free;

UNSEEN static void on_malloc(const volatile void *block, size_t size) {
  if (!counting) return;
  const long now = atomic_fetch_add(&heap, (long)size) + (long)size;
  long highest = peak;
  while (now > highest && !atomic_compare_exchange_weak(&peak, &highest, now)) {
  }
}

UNSEEN static void on_free(const volatile void *block) {
  if (counting && block) atomic_fetch_sub(&heap, (long)__sanitizer_get_allocated_size(block));
}

UNSEEN static double seconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

// The system gives out the lowest number that is free: it tells whether files were left open.
UNSEEN static int lowest_free_descriptor(void) {
  const int number = dup(STDERR_FILENO);
  if (number >= 0) close(number);
  return number;
}

UNSEEN bool fuzz_counts_heap(void) { return __sanitizer_install_malloc_and_free_hooks != NULL; }

UNSEEN void fuzz_begin(void) {
  static bool installed;
  if (!installed && fuzz_counts_heap()) {
    __sanitizer_install_malloc_and_free_hooks(on_malloc, on_free);
  }
  installed = true;
  first_free = lowest_free_descriptor();
  heap = 0;
  peak = 0;
  start = seconds();
  counting = true;
}

UNSEEN fuzz_cost fuzz_end(void) {
  counting = false;
  const fuzz_cost cost = {
      .peak_heap = (size_t)peak,
      .seconds = seconds() - start,
      .open_files = lowest_free_descriptor() - first_free,
  };
  return cost;
}

_Noreturn void fuzz_finding(const char *reason) {
  counting = false;
  fprintf(stderr, "finding: %s\n", reason);
  abort();
}

int fuzz_memory_file(void) { return memfd_create("input", MFD_CLOEXEC); }
