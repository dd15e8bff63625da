#include "SpectrumKernels.h"

#include <float.h>
#include <string.h>

#include "Clones.h"

static const int32_t smallest_normal = 0x00800000;
static const int32_t largest_finite = 0x7f7fffff;

static inline int32_t bits_of(float value) {
  int32_t bits;
  memcpy(&bits, &value, sizeof bits);
  return bits;
}

static inline float float_of(int32_t bits) {
  float value;
  memcpy(&value, &bits, sizeof value);
  return value;
}

CLONES void spectrum_accumulate(
    float *restrict power, const float *restrict bins, size_t count) {
  WIDE for (size_t k = 0; k < count; k++)
    power[k] += bins[2 * k] * bins[2 * k] + bins[2 * k + 1] * bins[2 * k + 1];
}

// Eight sums side by side: four samples a turn.
CLONES void spectrum_window_residual(
    float *restrict samples, const float *restrict window, size_t count, bool linear) {
  const double middle = 0.5 * ((double)count - 1);
  double sums[8] = {0}, moments[8] = {0};
  size_t n = 0;
  for (; n + 4 <= count; n += 4) {
    for (size_t t = 0; t < 8; t++) {
      const double value = samples[2 * n + t];
      sums[t] += value;
      moments[t] += ((double)(n + t / 2) - middle) * value;
    }
  }
  for (; n < count; n++) {
    for (size_t t = 0; t < 2; t++) {
      sums[t] += samples[2 * n + t];
      moments[t] += ((double)n - middle) * samples[2 * n + t];
    }
  }
  // Σ (n − middle)² = N(N² − 1)/12.
  const double size = (double)count, spread = size * (size * size - 1) / 12;
  double mean[2], slope[2];
  for (size_t t = 0; t < 2; t++) {
    mean[t] = (sums[t] + sums[t + 2] + sums[t + 4] + sums[t + 6]) / size;
    slope[t] =
        linear ? (moments[t] + moments[t + 2] + moments[t + 4] + moments[t + 6]) / spread : 0;
  }
  for (n = 0; n < count; n++) {
    const double place = (double)n - middle, weight = window[n];
    samples[2 * n] = (float)(weight * (samples[2 * n] - (mean[0] + slope[0] * place)));
    samples[2 * n + 1] = (float)(weight * (samples[2 * n + 1] - (mean[1] + slope[1] * place)));
  }
}

// Compared by the bits of their magnitude, which have the order of what is not negative and put
// NaN above all.
static inline int32_t power_bits(const float *bins, size_t k) {
  return bits_of(bins[2 * k] * bins[2 * k] + bins[2 * k + 1] * bins[2 * k + 1]) & 0x7fffffff;
}

CLONES void spectrum_raise(float *restrict power, const float *restrict bins, size_t count) {
  for (size_t k = 0; k < count; k++) {
    const int32_t held = bits_of(power[k]), bits = power_bits(bins, k);
    power[k] = float_of(bits > held ? bits : held);
  }
}

CLONES void spectrum_lower(float *restrict power, const float *restrict bins, size_t count) {
  for (size_t k = 0; k < count; k++) {
    const int32_t held = bits_of(power[k]), bits = power_bits(bins, k);
    power[k] = float_of(bits < held ? bits : held);
  }
}

static inline double power_of(const float *bins, size_t k) {
  return (double)bins[2 * k] * bins[2 * k] + (double)bins[2 * k + 1] * bins[2 * k + 1];
}

CLONES void spectrum_fade(
    double *restrict total, const float *restrict bins, double decay, size_t count) {
  for (size_t k = 0; k < count; k++) total[k] = decay * total[k] + power_of(bins, k);
}

CLONES void spectrum_add_moments(
    double *restrict sums, double *restrict squares, const float *restrict bins, size_t count) {
  for (size_t k = 0; k < count; k++) {
    const double power = power_of(bins, k);
    sums[k] += power;
    squares[k] += power * power;
  }
}

CLONES void spectrum_flush(double *restrict total, float *restrict block, size_t count) {
  for (size_t k = 0; k < count; k++) {
    total[k] += (double)block[k];
    block[k] = 0;
  }
}

CLONES void spectrum_add(double *restrict total, const float *restrict block, size_t count) {
  for (size_t k = 0; k < count; k++) total[k] += (double)block[k];
}

CLONES void spectrum_scale(
    float *restrict output, const double *restrict total, double scale, size_t count) {
  for (size_t k = 0; k < count; k++) output[k] = (float)(scale * total[k]);
}

// A width known when compiling lets the compiler take one vector of groups at a time.
__attribute__((always_inline)) static inline void means(
    float *restrict output, const float *restrict density, size_t groups, size_t width) {
  const float scale = 1.0f / (float)width;
  for (size_t g = 0; g < groups; g++) {
    float sum = density[g * width];
    for (size_t t = 1; t < width; t++) sum += density[g * width + t];
    output[g] = sum * scale;
  }
}

CLONES static void contiguous_means(
    float *restrict output, const float *restrict density, size_t groups, size_t width) {
  switch (width) {
  case 1: memcpy(output, density, groups * sizeof *output); break;
  case 2: means(output, density, groups, 2); break;
  case 4: means(output, density, groups, 4); break;
  case 8: means(output, density, groups, 8); break;
  case 16: means(output, density, groups, 16); break;
  default: means(output, density, groups, width);
  }
}

void spectrum_rolled_means(
    float *restrict output, const float *restrict density, size_t bins, size_t width,
    size_t rotation) {
  const size_t before = (bins - rotation) / width, split = (bins - rotation) % width;
  contiguous_means(output, density + rotation, before, width);
  if (split == 0) {
    contiguous_means(output + before, density, bins / width - before, width);
    return;
  }
  float sum = density[bins - split];
  for (size_t t = 1; t < width; t++)
    sum += density[t < split ? bins - split + t : t - split];
  output[before] = sum * (1.0f / (float)width);
  contiguous_means(
      output + before + 1, density + (width - split), bins / width - before - 1, width);
}

CLONES void spectrum_weighted_means(
    float *restrict output, const float *restrict values, size_t groups, size_t width,
    const float *restrict weights, size_t taps) {
  memset(output, 0, groups * sizeof *output);
  for (size_t t = 0; t < taps; t++) {
    const float weight = weights[t];
    const float *own = values + t;
    // A width known when compiling lets the compiler take one vector of groups at a time.
    if (width == 4)
      for (size_t g = 0; g < groups; g++) output[g] += weight * own[4 * g];
    else
      for (size_t g = 0; g < groups; g++) output[g] += weight * own[width * g];
  }
}

CLONES spectrum_phasor spectrum_harmonic(
    const float *restrict values, const double *restrict cosines, const double *restrict sines,
    size_t count) {
  double re[8] = {0}, im[8] = {0};
  size_t k = 0;
  for (; k + 8 <= count; k += 8) {
    for (size_t t = 0; t < 8; t++) {
      re[t] += values[k + t] * cosines[k + t];
      im[t] += values[k + t] * sines[k + t];
    }
  }
  for (; k < count; k++) {
    re[0] += values[k] * cosines[k];
    im[0] += values[k] * sines[k];
  }
  spectrum_phasor sum = {0, 0};
  for (size_t t = 0; t < 8; t++) {
    sum.re += re[t];
    sum.im += im[t];
  }
  return sum;
}

CLONES spectrum_peak spectrum_find_peak(const float *values, size_t count) {
  int32_t highest = INT32_MIN;
  for (size_t k = 0; k < count; k++) {
    const int32_t bits = bits_of(values[k]);
    highest = bits > highest ? bits : highest;
  }
  uint32_t first = UINT32_MAX, ties = 0;
  for (uint32_t k = 0; k < (uint32_t)count; k++) {
    const int same = bits_of(values[k]) == highest;
    const uint32_t place = same ? k : UINT32_MAX;
    first = place < first ? place : first;
    ties += same ? 1 : 0;
  }
  return (spectrum_peak){highest, first, ties};
}

CLONES spectrum_range spectrum_power_range(const float *values, size_t count) {
  int32_t lowest = INT32_MAX, highest = 0;
  for (size_t k = 0; k < count; k++) {
    const int32_t bits = bits_of(values[k]);
    const int32_t limited = bits < largest_finite ? bits : largest_finite;
    const int32_t normal = limited < smallest_normal ? INT32_MAX : limited;
    lowest = normal < lowest ? normal : lowest;
    highest = limited > highest ? limited : highest;
  }
  if (lowest == INT32_MAX) return (spectrum_range){0, 0};
  return (spectrum_range){float_of(lowest), float_of(highest)};
}

// x = 2^e·m with m in [√½, √2), and with s = (m − 1)/(m + 1)
// ln m = 2·(s + s³/3 + s⁵/5 + …), |s| <= .172: the first term left out is 2e-9 of the sum.
// e·10·log10(2) is added in two parts, of which the first is exact.
CLONES void spectrum_decibels(float *values, size_t count, float lowest) {
  const int32_t floor = bits_of(lowest), root_half = 0x3f3504f3;
  for (size_t k = 0; k < count; k++) {
    int32_t bits = bits_of(values[k]);
    bits = bits < floor ? floor : bits;
    bits = bits > largest_finite ? largest_finite : bits;
    const int32_t exponent = (bits - root_half) >> 23;
    const float e = (float)exponent;
    const float f = float_of(bits - exponent * (1 << 23)) - 1.0f;
    const float s = f / (2.0f + f), z = s * s;
    const float tail =
        z * (0.333333333f + z * (0.2f + z * (0.142857143f + z * 0.111111111f)));
    const float fraction = 8.68588964f * s;
    values[k] = (fraction + (fraction * tail + e * 4.60503898e-5f)) + e * 3.01025390625f;
  }
}

CLONES void spectrum_square_roots(float *values, size_t count) {
  for (size_t k = 0; k < count; k++) {
    int32_t bits = bits_of(values[k]);
    bits = bits < 0 ? 0 : bits;
    bits = bits > largest_finite ? largest_finite : bits;
    values[k] = __builtin_elementwise_sqrt(float_of(bits));
  }
}

CLONES void spectrum_limit(float *values, size_t count, float largest) {
  const int32_t most = bits_of(largest);
  for (size_t k = 0; k < count; k++) {
    int32_t bits = bits_of(values[k]);
    bits = bits < 0 ? 0 : bits;
    values[k] = float_of(bits > most ? most : bits);
  }
}

CLONES void spectrum_rescale(float *values, size_t count, float zero, float span) {
  for (size_t k = 0; k < count; k++) {
    const float scaled = (values[k] - zero) / span;
    const float raised = scaled > 0.0f ? scaled : 0.0f;
    values[k] = raised < 1.0f ? raised : 1.0f;
  }
}

// The integers of positive floats have the floats' order; those of negative ones the reverse.
static inline int32_t key_of(float value) {
  const int32_t bits = bits_of(value);
  return bits ^ (int32_t)((uint32_t)(bits >> 31) >> 1);
}

static inline float value_of(int32_t key) {
  return float_of(key ^ (int32_t)((uint32_t)(key >> 31) >> 1));
}

CLONES spectrum_range spectrum_extremes(const float *values, size_t count) {
  int32_t lowest = INT32_MAX, highest = INT32_MIN;
  for (size_t k = 0; k < count; k++) {
    const int32_t key = key_of(values[k]);
    lowest = key < lowest ? key : lowest;
    highest = key > highest ? key : highest;
  }
  return (spectrum_range){value_of(lowest), value_of(highest)};
}

// Narrows the keys between which the asked one lies. Each step is a vector's work: it counts the
// keys up to a pivot and finds the nearest key on either side, so that both ends always are keys.
// Three pivots of four are where the counts at the ends let the rank expect, the fourth bisects.
CLONES spectrum_order_pair spectrum_order_statistics(
    const float *restrict values, int32_t *restrict keys, size_t count, size_t rank) {
  int32_t lowest = INT32_MAX, highest = INT32_MIN;
  for (size_t k = 0; k < count; k++) {
    const int32_t key = key_of(values[k]);
    keys[k] = key;
    lowest = key < lowest ? key : lowest;
    highest = key > highest ? key : highest;
  }
  // How many keys lie below `lowest`, and how many up to `highest`.
  uint32_t before = 0, upTo = (uint32_t)count;
  int32_t next = INT32_MAX;
  for (int step = 0; lowest < highest; step++) {
    const int64_t width = (int64_t)highest - lowest;
    const double share =
        step % 4 == 3 ? 0.5 : ((double)(rank - before) + 0.5) / (double)(upTo - before);
    const int64_t part = (int64_t)(share * (double)width);
    const int32_t pivot = (int32_t)(lowest + (part < width ? part : width - 1));
    uint32_t below = 0;
    int32_t left = INT32_MIN, right = INT32_MAX;
    for (size_t k = 0; k < count; k++) {
      const int32_t key = keys[k], low = key <= pivot ? key : INT32_MIN;
      const int32_t high = key <= pivot ? INT32_MAX : key;
      below += key <= pivot ? 1 : 0;
      left = low > left ? low : left;
      right = high < right ? high : right;
    }
    if (below > rank) {
      highest = left;
      upTo = below;
      next = right;
      if (below == rank + 1) lowest = left;
    } else {
      lowest = right;
      before = below;
    }
  }
  // `next` follows `highest` unless the last one's equals or nothing stand between.
  if (upTo > rank + 1 || rank + 1 >= count) next = lowest;
  return (spectrum_order_pair){value_of(lowest), value_of(next)};
}

CLONES void spectrum_ratios(
    float *restrict output, const float *restrict values, const float *restrict floors,
    size_t count, float aboveNothing) {
  for (size_t k = 0; k < count; k++) {
    const float floor = floors[k], value = values[k];
    const float ratio = value / (floor > 0.0f ? floor : 1.0f);
    const float special = value > 0.0f ? aboveNothing : 1.0f;
    output[k] = floor > 0.0f ? ratio : special;
  }
}

CLONES void spectrum_scale_geometrically(
    float *values, size_t count, double first, double ratio) {
  double factors[8], eighth = ratio * ratio;
  eighth *= eighth;
  eighth *= eighth;
  factors[0] = first;
  for (int t = 1; t < 8; t++) factors[t] = factors[t - 1] * ratio;
  size_t k = 0;
  for (; k + 8 <= count; k += 8) {
    for (int t = 0; t < 8; t++) {
      values[k + t] = (float)(values[k + t] * factors[t]);
      factors[t] *= eighth;
    }
  }
  for (int t = 0; k < count; k++, t++) values[k] = (float)(values[k] * factors[t]);
}

// Only one addition in four waits for the one before.
CLONES void spectrum_running_sums(
    double *restrict sums, const float *restrict values, size_t count, size_t more) {
  double sum = sums[0] = 0;
  size_t k = 0;
  for (; k + 4 <= count; k += 4) {
    const double one = values[k], two = one + values[k + 1];
    const double three = two + values[k + 2], four = three + values[k + 3];
    sums[k + 1] = sum + one;
    sums[k + 2] = sum + two;
    sums[k + 3] = sum + three;
    sum = sums[k + 4] = sum + four;
  }
  for (; k < count; k++) sum = sums[k + 1] = sum + values[k];
  for (size_t t = 1; t <= more; t++) sums[count + t] = sum + sums[t];
}

// Compared by their bits, which have the order of what is not negative: the compiler makes vectors
// of integers' extremes, not of floats'.
CLONES spectrum_sum_range spectrum_band_sums(
    const double *sums, size_t first, size_t count, size_t width) {
  const double none = __builtin_inf();
  int64_t lowest, highest = 0;
  memcpy(&lowest, &none, sizeof lowest);
  for (size_t k = first; k < first + count; k++) {
    const double sum = sums[k + width] - sums[k];
    int64_t bits;
    memcpy(&bits, &sum, sizeof bits);
    lowest = bits < lowest ? bits : lowest;
    highest = bits > highest ? bits : highest;
  }
  spectrum_sum_range range;
  memcpy(&range.lowest, &lowest, sizeof lowest);
  memcpy(&range.highest, &highest, sizeof highest);
  return range;
}

// Two samples of eight, or one of sixteen, in every vector register, and two of them at work.
enum { TAP_LANES = 32 };

CLONES void spectrum_resample(
    const float *restrict x, const float *restrict taps, size_t stride, size_t up, size_t down,
    size_t phase, float *restrict out, size_t count) {
  for (size_t m = 0; m < count; m++) {
    const float *t = taps + 2 * stride * phase;
    float sums[TAP_LANES] = {0};
    for (size_t i = 0; i < 2 * stride; i += TAP_LANES)
      for (size_t lane = 0; lane < TAP_LANES; lane++) sums[lane] += t[i + lane] * x[i + lane];
    for (size_t half = TAP_LANES / 2; half >= 2; half /= 2)
      for (size_t lane = 0; lane < half; lane++) sums[lane] += sums[lane + half];
    out[2 * m] = sums[0];
    out[2 * m + 1] = sums[1];
    phase += down;
    x += 2 * (phase / up);
    phase %= up;
  }
}
