// Discrete Fourier transforms whose bits do not depend on the machine.
#ifndef FOURIER_KERNELS_H
#define FOURIER_KERNELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// How many columns are transformed together.
enum { FOURIER_LANES = 16 };

// Transforms the columns of a matrix of `count` rows of complex numbers (real and imaginary part in
// turn), `columns` of them side by side:
//
//   out[k·outStride + c] = turn[k][c] · Σ_n in[n·inStride + c]·exp(−2πi·nk/count)
//
// with strides in complex numbers. For the conjugate exponent `inverse` swaps the parts on the way
// in and out.
//
// `radices`, each of 2, 3, 4, 5 and 7, multiply to `count` and end with 0. `roots[t]` is
// exp(−2πi·t/count). With `turn` the results are turned by the rows' lanes of `turnLanes` times
// `turn`, both of `count` rows, one lane a column and one number a row; NULL turns nothing. Where
// `transposes`, out[c·outStride + k] is written instead. `work` has room for 4·count·FOURIER_LANES
// floats.
void fourier_columns(
    const float *in, size_t inStride, float *out, size_t outStride, size_t count, size_t columns,
    const uint8_t *radices, const float *roots, const float *turn, const float *turnLanes,
    bool inverse, bool transposes, float *work);

#endif
