// Dense products whose left factor is read where it lies, rows overlapping or not.
#ifndef PRODUCT_KERNELS_H
#define PRODUCT_KERNELS_H

#include <stddef.h>

// Where the left factor lies: term s * depth + p of row i is
// values[i * row + s * segment + p * column].
typedef struct {
  const float *values;
  size_t row, segment, column;
  size_t segments, depth;
} ProductFactor;

// c[i * cRow + j] = start[i * startRow + j] + sum over k of A[i][k] * b[k * bRow + j], k counting
// the terms of the left factor, i < rows and j < columns. Without a start it is 0; it may be c.
void network_product(
    ProductFactor a, const float *b, size_t bRow, float *c, size_t cRow, size_t rows,
    size_t columns, const float *start, size_t startRow);

#endif
