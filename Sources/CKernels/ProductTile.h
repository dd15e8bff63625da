// Products for one instruction set, which the includer describes:
//
//   NAME(x)      x with the set's suffix
//   TARGET       the attributes of a function of the set
//   LANES        floats in a vector
//   VECTORS      vectors of a tile's widest row
//   TALL         rows of the tallest tile
//   PANELS       for each number of `vectors` its tiles, tallest first, as TILE(rows, vectors)
//   NAME(Mask), MASK_OF(n), LOAD(from, mask), STORE(to, value, mask)
//                the first n lanes of a vector, and moving them; other lanes are loaded as 0

typedef float NAME(Lanes) __attribute__((vector_size(4 * LANES)));
typedef NAME(Lanes) NAME(Loose) __attribute__((aligned(4), may_alias));

#define UNROLLED _Pragma("clang loop unroll(full)")

// Sums `rows` × `vectors` of C in registers, from the rows at `start` on if there are any; of the
// last vector's columns, those of the mask.
TARGET static inline __attribute__((always_inline)) void NAME(tile)(
    size_t rows, size_t vectors, const ProductFactor *a, size_t first, const float *b,
    size_t bRow, float *c, size_t cRow, NAME(Mask) mask, const float *start, size_t startRow) {
  NAME(Lanes) sum[TALL][VECTORS];
  UNROLLED for (size_t i = 0; i < rows; i++) {
    UNROLLED for (size_t v = 0; v < vectors; v++) {
      const float *at = start + i * startRow + v * LANES;
      sum[i][v] = (NAME(Lanes)){0};
      if (start) sum[i][v] = v + 1 < vectors ? *(const NAME(Loose) *)at : LOAD(at, mask);
    }
  }
  for (size_t s = 0; s < a->segments; s++) {
    const float *factors = a->values + first * a->row + s * a->segment;
    for (size_t p = 0; p < a->depth; p++) {
      NAME(Lanes) right[VECTORS];
      UNROLLED for (size_t v = 0; v < vectors; v++) {
        const float *at = b + v * LANES;
        right[v] = v + 1 < vectors ? *(const NAME(Loose) *)at : LOAD(at, mask);
      }
      UNROLLED for (size_t i = 0; i < rows; i++) {
        const float left = factors[i * a->row];
        UNROLLED for (size_t v = 0; v < vectors; v++) sum[i][v] += left * right[v];
      }
      factors += a->column;
      b += bRow;
    }
  }
  UNROLLED for (size_t i = 0; i < rows; i++) {
    UNROLLED for (size_t v = 0; v < vectors; v++) {
      float *at = c + i * cRow + v * LANES;
      if (v + 1 < vectors) {
        *(NAME(Loose) *)at = sum[i][v];
      } else {
        STORE(at, sum[i][v], mask);
      }
    }
  }
}

#define TILE(tall, vectors)                                                                     \
  for (; i + (tall) <= rows; i += (tall))                                                       \
    NAME(tile)(                                                                                 \
        tall, vectors, a, i, b, bRow, c + i * cRow, cRow, mask,                                 \
        start ? start + i * startRow : NULL, startRow);

// All rows of up to VECTORS vectors of columns.
TARGET static void NAME(panel)(
    const ProductFactor *a, const float *b, size_t bRow, float *c, size_t cRow, size_t rows,
    size_t columns, const float *start, size_t startRow) {
  const size_t vectors = (columns + LANES - 1) / LANES;
  const NAME(Mask) mask = MASK_OF(columns - (vectors - 1) * LANES);
  size_t i = 0;
  PANELS
}

static const size_t NAME(width) = LANES * VECTORS;

#undef TILE
#undef UNROLLED
#undef NAME
#undef TARGET
#undef LANES
#undef VECTORS
#undef TALL
#undef PANELS
#undef MASK_OF
#undef LOAD
#undef STORE
