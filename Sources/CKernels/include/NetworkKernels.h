// The elementwise loops and reductions of the network's layers, over channels-last rows.
#ifndef NETWORK_KERNELS_H
#define NETWORK_KERNELS_H

#include <stdbool.h>
#include <stddef.h>

// y = max(x, 0); a NaN stays one.
void network_relu(const float *x, float *y, size_t count);

// dx = dy where x > 0, else 0.
void network_relu_gradient(const float *x, const float *dy, float *dx, size_t count);

// y = x where x > 0, else slope * x; a NaN stays one.
void network_leaky_relu(const float *x, float *y, size_t count, float slope);

// dx = dy where x > 0, else slope * dy.
void network_leaky_relu_gradient(
    const float *x, const float *dy, float *dx, size_t count, float slope);

// z = x * y.
void network_multiply(const float *x, const float *y, float *z, size_t count);

// z = x + y.
void network_add(const float *x, const float *y, float *z, size_t count);

// y[r][c] = values[c].
void network_fill_rows(float *y, size_t rows, size_t channels, const float *values);

// sums[c] = sum over r of x[r][c], accumulated in double over blocks of rows.
void network_column_sums(const float *x, size_t rows, size_t channels, float *sums);

// mean[c] and the biased variance[c] of the rows, in two passes.
void network_moments(
    const float *x, size_t rows, size_t channels, float *mean, float *variance);

// y[r][c] = (x[r][c] - mean[c]) * scale[c] + shift[c].
void network_normalize(
    const float *x, float *y, size_t rows, size_t channels, const float *mean,
    const float *scale, const float *shift);

// sums[c] = sum of dy[r][c]; products[c] = sum of dy[r][c] * (x[r][c] - mean[c]).
void network_normalize_sums(
    const float *x, const float *dy, size_t rows, size_t channels, const float *mean,
    float *sums, float *products);

// dx[r][c] = scale[c] * (dy[r][c] - offset[c] - (x[r][c] - mean[c]) * slope[c]).
void network_normalize_gradient(
    const float *x, const float *dy, float *dx, size_t rows, size_t channels,
    const float *mean, const float *scale, const float *offset, const float *slope);

// y[t][c] = the first largest of x[t * stride + j][c], j < kernel; which[t][c] = its j.
void network_max_pool(
    const float *x, float *y, float *which, size_t positions, size_t channels, size_t kernel,
    size_t stride);

// dx[t * stride + which[t][c]][c] += dy[t][c].
void network_max_pool_gradient(
    const float *dy, const float *which, float *dx, size_t positions, size_t channels,
    size_t stride);

// What network_max_pool_gradient adds, as a list for each channel, 1 + 2 * positions floats apart:
// the number of pairs, then pairs of a position, ascending, and the sum of its gradients.
void network_max_pool_pairs(
    const float *dy, const float *which, float *pairs, size_t positions, size_t channels,
    size_t stride);

// The sum of a list's values.
double network_sum_pairs(const float *pairs);

// sums[q] += sum over the list's pairs of value * x[position * row + q], for q < width.
void network_add_windows(
    const float *pairs, const float *x, size_t row, float *sums, size_t width);

// dx[position * row + q] += value * weights[q], for the list's pairs and q < width.
void network_spread_windows(
    const float *pairs, const float *weights, size_t row, float *dx, size_t width);

// dx[r][c] += mean[c] / rows.
void network_spread_mean(float *dx, size_t rows, size_t channels, const float *mean);

// y[n][o] = bias[o] + sum over i of x[n][i] * weights[o][i]. An example's values do not depend on the
// others'.
void network_linear(
    const float *x, const float *weights, const float *bias, float *y, size_t examples,
    size_t inputs, size_t outputs);

// y[column][row] = x[row][column].
void network_transpose(const float *x, float *y, size_t rows, size_t columns);

// packed[(k * channels + c) * kernels + o] = weights[(o * channels + c) * taps + k].
void network_pack_weights(
    const float *weights, float *packed, size_t kernels, size_t channels, size_t taps);

// The gradients of weights, packed[k * channels + c][o], and of biases behind them, in PyTorch's
// order: gradient[o][c][k], then [o]. They are replaced or, if `adds`, added to.
void network_unpack_weights(
    const float *packed, float *gradient, size_t kernels, size_t channels, size_t taps,
    bool adds);

// reversed[(j * kernels + o) * positions + r][c] = packed[k * channels + c][o] with the tap
// k = positions * (ceil(taps / positions) - 1 - j) + r, or 0 where there is no such tap.
void network_reverse_weights(
    const float *packed, float *reversed, size_t kernels, size_t channels, size_t taps,
    size_t positions);

// x lies within y, behind `left` rows and before `right` ones, which hold zeros or, on a
// circle, what comes before and after x.
void network_pad(
    const float *x, float *y, size_t rows, size_t channels, size_t left, size_t right,
    bool circular);

// The transpose of network_pad as a linear map: dx gathers what came from it.
void network_fold(
    const float *dy, float *dx, size_t rows, size_t channels, size_t left, size_t right,
    bool circular);

// y[t][c] = sum over j < kernel of taps[j] * x[t * stride + j][c].
void network_filter(
    const float *x, float *y, size_t positions, size_t channels, const float *taps,
    size_t kernel, size_t stride);

// dx[t * stride + j][c] += taps[j] * dy[t][c].
void network_filter_gradient(
    const float *dy, float *dx, size_t positions, size_t channels, const float *taps,
    size_t kernel, size_t stride);

// The sum of the squares in `rows` rows of x, each `step` behind the one before.
double network_energy(const float *x, size_t rows, size_t channels, size_t step);

#endif
