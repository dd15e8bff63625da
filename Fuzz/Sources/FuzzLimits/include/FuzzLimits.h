// What one input may cost: heap, processor time and open files, counted between begin and end.
#ifndef FUZZ_LIMITS_H
#define FUZZ_LIMITS_H

#include <stdbool.h>
#include <stddef.h>

typedef struct {
  size_t peak_heap;  // the most bytes allocated at one time beyond those at the begin
  double seconds;    // processor time of all threads
  int open_files;    // files open at the end beyond those at the begin
} fuzz_cost;

void fuzz_begin(void);
fuzz_cost fuzz_end(void);

// Whether the heap is counted at all, which takes the address sanitizer.
bool fuzz_counts_heap(void);

// Prints why an input is a finding and stops, so that the fuzzer keeps the input.
_Noreturn void fuzz_finding(const char *reason);

// An anonymous file in memory.
int fuzz_memory_file(void);

#endif
