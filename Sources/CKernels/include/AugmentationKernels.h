// White noise as Welch's method sees it, added to spectra that have been estimated.
#ifndef AUGMENTATION_KERNELS_H
#define AUGMENTATION_KERNELS_H

#include <stddef.h>

// Normal numbers of variance 1 that are as alike in neighbouring bins as noise is:
// z[k] = taps[0]·values[half + k] + Σ_{1≤j≤half} taps[j]·(values[half + k − j] + values[half + k + j]).
typedef struct {
  const float *values;
  const float *taps;
  size_t half;
} augmentation_normal;

// power[k] = m·max(0, 1 − v/9 + z[k]·√v/3)³ with m = power[k] + added, u = added/m and
// v = u·(2 − u)·variance: a number of mean m and variance v·m². `added` is above 0; powers below 0
// count as 0.
void augmentation_add_noise(
    float *power, augmentation_normal normal, float added, float variance, size_t count);

// kurtosis[k] = max(0, 1 + (kurtosis[k] − 1)·s + z[k]·√(variance·(1 − s²))) with
// s = (power[k]/(power[k] + added))². `added` is above 0; powers below 0 count as 0.
void augmentation_fade_kurtosis(
    float *kurtosis, const float *power, augmentation_normal normal, float added, float variance,
    size_t count);

#endif
