// CLONES compiles a function once per x86-64 level; the loader picks the best the CPU has.
// Other architectures, and the thread sanitizer (whose runtime starts too late for the
// loader's choice), get one plain version.
#ifndef CLONES_H
#define CLONES_H

#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define CLONES
#endif
#endif

#ifndef CLONES
#if defined(__x86_64__)
#define CLONES \
  __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define CLONES
#endif
#endif

// Compilers keep to half of the widest vectors unless told otherwise: WIDE before a loop over
// floats uses them whole, WIDE_VECTORS after CLONES those that the code itself is written in.
#define WIDE _Pragma("clang loop vectorize_width(16) interleave_count(1)")
#if defined(__x86_64__)
#define WIDE_VECTORS __attribute__((min_vector_width(512)))
#else
#define WIDE_VECTORS
#endif

#endif
