#include "ProductKernels.h"

#include <stdbool.h>
#include <string.h>

// Terms of one sum that are added before the next columns' turn: the right factor's rows of a
// panel then stay in the first-level cache.
#define DEPTH 128

// The columns of the widest panel, and the rows from which on a copy of the right factor's is worth
// it.
#define WIDEST 64
#define PACKING_ROWS 48

#if defined(__x86_64__)
#include <immintrin.h>

#define NAME(x) x##_v4
#define TARGET __attribute__((target("arch=x86-64-v4"), min_vector_width(512)))
#define LANES 16
#define VECTORS 4
#define TALL 24
#define PANELS                                                                  \
  if (vectors == 1) {                                                           \
    TILE(24, 1) TILE(8, 1) TILE(4, 1) TILE(2, 1) TILE(1, 1)                     \
  } else if (vectors == 2) {                                                    \
    TILE(12, 2) TILE(6, 2) TILE(4, 2) TILE(2, 2) TILE(1, 2)                     \
  } else if (vectors == 3) {                                                    \
    TILE(8, 3) TILE(4, 3) TILE(2, 3) TILE(1, 3)                                 \
  } else {                                                                      \
    TILE(6, 4) TILE(4, 4) TILE(2, 4) TILE(1, 4)                                 \
  }
typedef __mmask16 Mask_v4;
#define MASK_OF(n) ((Mask_v4)((1u << (n)) - 1))
#define LOAD(from, mask) ((Lanes_v4)_mm512_maskz_loadu_ps(mask, from))
#define STORE(to, value, mask) _mm512_mask_storeu_ps(to, mask, (__m512)(value))
#include "ProductTile.h"

#define NAME(x) x##_v3
#define TARGET __attribute__((target("arch=x86-64-v3")))
#define LANES 8
#define VECTORS 2
#define TALL 12
#define PANELS                                              \
  if (vectors == 1) {                                       \
    TILE(12, 1) TILE(4, 1) TILE(2, 1) TILE(1, 1)            \
  } else {                                                  \
    TILE(6, 2) TILE(4, 2) TILE(2, 2) TILE(1, 2)             \
  }
typedef __m256i Mask_v3;
#define MASK_OF(n) \
  _mm256_cmpgt_epi32(_mm256_set1_epi32((int)(n)), _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7))
#define LOAD(from, mask) ((Lanes_v3)_mm256_maskload_ps(from, mask))
#define STORE(to, value, mask) _mm256_maskstore_ps(to, mask, (__m256)(value))
#include "ProductTile.h"
#endif

#define NAME(x) x##_plain
#define TARGET
#define LANES 4
#define VECTORS 2
#define TALL 6
#define PANELS                                              \
  if (vectors == 1) {                                       \
    TILE(6, 1) TILE(2, 1) TILE(1, 1)                        \
  } else {                                                  \
    TILE(6, 2) TILE(2, 2) TILE(1, 2)                        \
  }
typedef size_t Mask_plain;
#define MASK_OF(n) (n)
#define LOAD(from, mask)                                    \
  ({                                                        \
    Lanes_plain part = {0};                                 \
    memcpy(&part, from, (mask) * sizeof(float));            \
    part;                                                   \
  })
#define STORE(to, value, mask)                              \
  do {                                                      \
    const Lanes_plain part = value;                         \
    memcpy(to, &part, (mask) * sizeof(float));              \
  } while (0)
#include "ProductTile.h"

typedef void Panel(
    const ProductFactor *, const float *, size_t, float *, size_t, size_t, size_t, const float *,
    size_t);

static size_t smaller(size_t a, size_t b) { return a < b ? a : b; }

void network_product(
    ProductFactor a, const float *b, size_t bRow, float *c, size_t cRow, size_t rows,
    size_t columns, const float *start, size_t startRow) {
  Panel *panel = panel_plain;
  size_t width = width_plain;
#if defined(__x86_64__)
  if (__builtin_cpu_supports("x86-64-v4")) {
    panel = panel_v4;
    width = width_v4;
  } else if (__builtin_cpu_supports("x86-64-v3")) {
    panel = panel_v3;
    width = width_v3;
  }
#endif
  // Wide rows of the right factor share few sets of the cache: neighbours, they stay in it.
  _Alignas(64) float strip[DEPTH * WIDEST];
  const bool packs = a.segments == 1 && bRow >= 2 * WIDEST && rows >= PACKING_ROWS;
  const size_t depth = a.depth;
  const size_t step = a.segments == 1 ? DEPTH : depth;
  for (size_t k = 0; k < depth; k += step) {
    a.depth = smaller(step, depth - k);
    for (size_t j = 0; j < columns; j += width) {
      const size_t wide = smaller(width, columns - j);
      const float *right = b + k * bRow + j;
      if (packs)
        for (size_t p = 0; p < a.depth; p++)
          memcpy(strip + p * width, right + p * bRow, wide * sizeof(float));
      panel(
          &a, packs ? strip : right, packs ? width : bRow, c + j, cRow, rows, wide,
          start ? start + j : NULL, startRow);
    }
    a.values += a.depth * a.column;
    start = c;
    startRow = cRow;
  }
}
