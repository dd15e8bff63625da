#include "FourierKernels.h"

#include <string.h>

#include "Clones.h"

// As in SynthesisKernels.c: every CPU must round alike.
#pragma STDC FP_CONTRACT OFF

#define INLINE static inline __attribute__((always_inline))

// One number of each column.
typedef float Lanes __attribute__((ext_vector_type(FOURIER_LANES)));

typedef struct {
  Lanes re, im;
} Row;

// A root of unity.
typedef struct {
  float re, im;
} Root;

#define ADD(a, b) ((Row){(a).re + (b).re, (a).im + (b).im})
#define SUB(a, b) ((Row){(a).re - (b).re, (a).im - (b).im})
#define SCALED(a, s) ((Row){(a).re * (s), (a).im * (s)})
// −i·a
#define TURNED(a) ((Row){(a).im, -(a).re})
#define TIMES(a, w) \
  ((Row){(a).re * (w).re - (a).im * (w).im, (a).re * (w).im + (a).im * (w).re})

// Stockham's algorithm, decimation in frequency: with s = the product of the radices done and
// m = count/(s·r),
//
//   to[q + s·(r·p + k)] = exp(−2πi·pk/(m·r)) · Σ_j from[q + s·(p + m·j)]·exp(−2πi·jk/r)
//
// A butterfly is the DFT of r rows a[j] into b[k].
#define STAGE(r, butterfly)                                                    \
  for (size_t p = 0; p < m; p++) {                                             \
    Root w[r];                                                                 \
    for (size_t k = 1; k < r; k++) w[k] = roots[p * k * s];                    \
    for (size_t q = 0; q < s; q++) {                                           \
      Row a[r], b[r];                                                          \
      for (size_t j = 0; j < r; j++) a[j] = from[q + s * (p + m * j)];         \
      butterfly                                                                \
      Row *at = to + q + s * r * p;                                            \
      at[0] = b[0];                                                            \
      for (size_t k = 1; k < r; k++) at[k * s] = TIMES(b[k], w[k]);            \
    }                                                                          \
  }

#define BUTTERFLY_2     \
  b[0] = ADD(a[0], a[1]); \
  b[1] = SUB(a[0], a[1]);

#define BUTTERFLY_3                                       \
  const Row sum = ADD(a[1], a[2]), difference = SUB(a[1], a[2]); \
  const Row middle = SUB(a[0], SCALED(sum, 0.5f));        \
  const Row side = SCALED(TURNED(difference), 0.866025404f); \
  b[0] = ADD(a[0], sum);                                  \
  b[1] = ADD(middle, side);                               \
  b[2] = SUB(middle, side);

#define BUTTERFLY_4                                            \
  const Row even = ADD(a[0], a[2]), odd = ADD(a[1], a[3]);     \
  const Row first = SUB(a[0], a[2]), second = TURNED(SUB(a[1], a[3])); \
  b[0] = ADD(even, odd);                                       \
  b[1] = ADD(first, second);                                   \
  b[2] = SUB(even, odd);                                       \
  b[3] = SUB(first, second);

// cos and sin of 2π/5 and 4π/5
#define BUTTERFLY_5                                                                        \
  const Row s1 = ADD(a[1], a[4]), s2 = ADD(a[2], a[3]);                                    \
  const Row d1 = TURNED(SUB(a[1], a[4])), d2 = TURNED(SUB(a[2], a[3]));                    \
  const Row m1 = ADD(a[0], ADD(SCALED(s1, 0.309016994f), SCALED(s2, -0.809016994f)));      \
  const Row m2 = ADD(a[0], ADD(SCALED(s1, -0.809016994f), SCALED(s2, 0.309016994f)));      \
  const Row t1 = ADD(SCALED(d1, 0.951056516f), SCALED(d2, 0.587785252f));                  \
  const Row t2 = SUB(SCALED(d1, 0.587785252f), SCALED(d2, 0.951056516f));                  \
  b[0] = ADD(a[0], ADD(s1, s2));                                                           \
  b[1] = ADD(m1, t1);                                                                      \
  b[4] = SUB(m1, t1);                                                                      \
  b[2] = ADD(m2, t2);                                                                      \
  b[3] = SUB(m2, t2);

// cos and sin of 2π/7, 4π/7 and 6π/7; row k of the products begins with the k-th of them.
#define BUTTERFLY_7                                                                        \
  static const float c[3] = {0.623489802f, -0.222520934f, -0.900968868f};                  \
  static const float d[3] = {0.781831482f, 0.974927912f, 0.433883739f};                    \
  Row sum[3], difference[3];                                                               \
  for (size_t j = 0; j < 3; j++) {                                                         \
    sum[j] = ADD(a[j + 1], a[6 - j]);                                                      \
    difference[j] = TURNED(SUB(a[j + 1], a[6 - j]));                                       \
  }                                                                                        \
  b[0] = ADD(a[0], ADD(sum[0], ADD(sum[1], sum[2])));                                      \
  for (size_t k = 1; k <= 3; k++) {                                                        \
    Row middle = a[0], side = {0, 0};                                                      \
    for (size_t j = 1; j <= 3; j++) {                                                      \
      const size_t turns = j * k % 7, place = (turns < 4 ? turns : 7 - turns) - 1;         \
      middle = ADD(middle, SCALED(sum[j - 1], c[place]));                                  \
      side = ADD(side, SCALED(difference[j - 1], turns < 4 ? d[place] : -d[place]));       \
    }                                                                                      \
    b[k] = ADD(middle, side);                                                              \
    b[7 - k] = SUB(middle, side);                                                          \
  }

// Loads a row of complex numbers; what is beyond the columns is zero.
INLINE Row load(const float *from, size_t columns, bool swaps) {
  float re[FOURIER_LANES] = {0}, im[FOURIER_LANES] = {0};
  for (size_t c = 0; c < columns; c++) {
    re[c] = from[2 * c];
    im[c] = from[2 * c + 1];
  }
  Row row;
  memcpy(swaps ? &row.im : &row.re, re, sizeof re);
  memcpy(swaps ? &row.re : &row.im, im, sizeof im);
  return row;
}

INLINE void store(Row row, float *to, size_t stride, size_t columns, bool swaps) {
  float re[FOURIER_LANES], im[FOURIER_LANES];
  memcpy(re, swaps ? &row.im : &row.re, sizeof re);
  memcpy(im, swaps ? &row.re : &row.im, sizeof im);
  for (size_t c = 0; c < columns; c++) {
    to[2 * stride * c] = re[c];
    to[2 * stride * c + 1] = im[c];
  }
}

CLONES WIDE_VECTORS void fourier_columns(
    const float *restrict in, size_t inStride, float *restrict out, size_t outStride, size_t count,
    size_t columns, const uint8_t *radices, const float *rootParts, const float *turn,
    const float *turnLanes, bool inverse, bool transposes, float *restrict work) {
  const Root *roots = (const Root *)rootParts;
  Row *from = (Row *)work, *to = from + count;
  if (columns == FOURIER_LANES) {
    for (size_t n = 0; n < count; n++)
      from[n] = load(in + 2 * n * inStride, FOURIER_LANES, inverse);
  } else {
    for (size_t n = 0; n < count; n++) from[n] = load(in + 2 * n * inStride, columns, inverse);
  }
  size_t s = 1;
  for (; *radices; radices++) {
    const size_t m = count / (s * *radices);
    switch (*radices) {
      case 2: STAGE(2, BUTTERFLY_2) break;
      case 3: STAGE(3, BUTTERFLY_3) break;
      case 4: STAGE(4, BUTTERFLY_4) break;
      case 5: STAGE(5, BUTTERFLY_5) break;
      default: STAGE(7, BUTTERFLY_7)
    }
    s *= *radices;
    Row *const done = to;
    to = from;
    from = done;
  }
  for (size_t k = 0; k < count; k++) {
    Row row = from[k];
    if (turn) {
      Row lanes;
      memcpy(&lanes, turnLanes + 2 * FOURIER_LANES * k, sizeof lanes);
      const Root by = ((const Root *)turn)[k];
      const Row whole = TIMES(lanes, by);
      row = TIMES(row, whole);
    }
    float *at = out + 2 * k * (transposes ? 1 : outStride);
    const size_t stride = transposes ? outStride : 1;
    if (columns == FOURIER_LANES) {
      store(row, at, stride, FOURIER_LANES, inverse);
    } else {
      store(row, at, stride, columns, inverse);
    }
  }
}
