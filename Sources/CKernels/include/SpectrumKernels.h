// Kernels of the power spectral density and of the features made from it.
//
// Powers are ordered by the bits of their floats, which is a total order: it is the numeric
// one for what is not negative, and nothing, NaN included, makes a kernel fail.
#ifndef SPECTRUM_KERNELS_H
#define SPECTRUM_KERNELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Takes the mean of `count` complex samples off them, or the straight line of least squares through
// them (two samples or more), and multiplies them by the window.
void spectrum_window_residual(
    float *restrict samples, const float *restrict window, size_t count, bool linear);

// power[k] += |bins[k]|² over `count` complex values.
void spectrum_accumulate(float *restrict power, const float *restrict bins, size_t count);

// power[k] = the greater, or the less, of power[k] and |bins[k]|². NaN counts as more than all.
void spectrum_raise(float *restrict power, const float *restrict bins, size_t count);
void spectrum_lower(float *restrict power, const float *restrict bins, size_t count);

// total[k] = decay·total[k] + |bins[k]|².
void spectrum_fade(
    double *restrict total, const float *restrict bins, double decay, size_t count);

// sums[k] += |bins[k]|² and squares[k] += |bins[k]|⁴.
void spectrum_add_moments(
    double *restrict sums, double *restrict squares, const float *restrict bins, size_t count);

// total[k] += block[k], then block[k] = 0.
void spectrum_flush(double *restrict total, float *restrict block, size_t count);

// total[k] += block[k].
void spectrum_add(double *restrict total, const float *restrict block, size_t count);

// output[k] = scale·total[k].
void spectrum_scale(
    float *restrict output, const double *restrict total, double scale, size_t count);

// output[g] = mean of density[(rotation + g·width + t) mod bins] over t = 0..<width, summed in
// that order. `width` divides `bins`, and 0 <= rotation < bins.
void spectrum_rolled_means(
    float *restrict output, const float *restrict density, size_t bins, size_t width,
    size_t rotation);

// output[g] = Σ_t weights[t]·values[g·width + t] over t = 0..<taps, summed in that order; `values` has
// (groups − 1)·width + taps.
void spectrum_weighted_means(
    float *restrict output, const float *restrict values, size_t groups, size_t width,
    const float *restrict weights, size_t taps);

// A complex number.
typedef struct {
  double re;
  double im;
} spectrum_phasor;

// Σ_k values[k]·(cosines[k] + i·sines[k]), in eight sums side by side.
spectrum_phasor spectrum_harmonic(
    const float *restrict values, const double *restrict cosines, const double *restrict sines,
    size_t count);

// What a search for the largest value found.
typedef struct {
  int32_t bits;
  size_t first;
  size_t ties;
} spectrum_peak;

// The bits of the largest value, its first place, and how often it stands there.
spectrum_peak spectrum_find_peak(const float *values, size_t count);

// The least and the greatest of some values.
typedef struct {
  float lowest;
  float highest;
} spectrum_range;

// The range of the powers between the smallest normal and the largest finite float; larger ones
// count as the largest. No such power: both are 0.
spectrum_range spectrum_power_range(const float *values, size_t count);

// values[k] = 10·log10(values[k]), values first raised to `lowest` (a normal number) and limited
// to the largest finite one. Error below 1e-6 dB + 1.2e-7 of the result.
void spectrum_decibels(float *values, size_t count, float lowest);

// values[k] = √values[k], values first limited to 0 … the largest finite one.
void spectrum_square_roots(float *values, size_t count);

// The range of at least one value of any sign.
spectrum_range spectrum_extremes(const float *values, size_t count);

// Limits the values to 0 … `largest`; NaN becomes one of the two, by its sign.
void spectrum_limit(float *values, size_t count, float largest);

// values[k] = (values[k] − zero)/span, limited to 0 … 1. With a span of 0, what is above `zero`
// becomes 1 and the rest 0.
void spectrum_rescale(float *values, size_t count, float zero, float span);

// Two neighbouring order statistics.
typedef struct {
  float at;
  float next;
} spectrum_order_pair;

// The values that would stand at `rank` and `rank + 1` (limited to the last) of the sorted
// values, of which there is at least one. `keys` is scratch memory for `count` integers.
spectrum_order_pair spectrum_order_statistics(
    const float *restrict values, int32_t *restrict keys, size_t count, size_t rank);

// output[k] = values[k]/floors[k], both not negative. Over a floor of 0, a value of 0 gives 1 and
// any other `aboveNothing`.
void spectrum_ratios(
    float *restrict output, const float *restrict values, const float *restrict floors,
    size_t count, float aboveNothing);

// values[k] = values[k]·first·ratio^k.
void spectrum_scale_geometrically(float *values, size_t count, double first, double ratio);

// sums[k] = the sum of the first k of `count` values that go round a circle, k = 0…count + more;
// `more` is `count` at most.
void spectrum_running_sums(
    double *restrict sums, const float *restrict values, size_t count, size_t more);

// The least and the greatest of some sums.
typedef struct {
  double lowest;
  double highest;
} spectrum_sum_range;

// The range of sums[k + width] − sums[k] over k = first..<first + count, rising sums; infinity
// and 0 for none.
spectrum_sum_range spectrum_band_sums(
    const double *sums, size_t first, size_t count, size_t width);

// out[m] = Σ_i taps[p(m)·stride + i]·x[n(m) + i] over `count` complex outputs, for
// m·down + phase = n(m)·up + p(m), 0 <= p < up. Every tap stands twice, once for each part of a
// sample; `stride` counts taps and is a multiple of 16. Each output is the same sum in whatever
// call it is made.
void spectrum_resample(
    const float *restrict x, const float *restrict taps, size_t stride, size_t up, size_t down,
    size_t phase, float *restrict out, size_t count);

#endif
