#include "AugmentationKernels.h"

#include "Clones.h"

#define INLINE static inline __attribute__((always_inline))

enum { BLOCK = 512 };

// z[0..<count] of a block that begins `first` bins on.
INLINE void smooth(float *restrict z, augmentation_normal normal, size_t first, size_t count) {
  const float *centre = normal.values + normal.half + first;
  for (size_t k = 0; k < count; k++) z[k] = normal.taps[0] * centre[k];
  for (size_t j = 1; j <= normal.half; j++) {
    const float *before = centre - j, *after = centre + j, tap = normal.taps[j];
    for (size_t k = 0; k < count; k++) z[k] += tap * (before[k] + after[k]);
  }
}

CLONES void augmentation_add_noise(
    float *power, augmentation_normal normal, float added, float variance, size_t count) {
  float z[BLOCK];
  for (size_t first = 0; first < count; first += BLOCK) {
    const size_t length = count - first < BLOCK ? count - first : BLOCK;
    smooth(z, normal, first, length);
    float *own = power + first;
    for (size_t k = 0; k < length; k++) {
      const float p = own[k] > 0 ? own[k] : 0;
      const float m = p + added, u = added / m;
      const float v = u * (2 - u) * variance;
      const float root = 1 - v / 9 + z[k] * __builtin_elementwise_sqrt(v) / 3;
      const float limited = root > 0 ? root : 0;
      own[k] = m * (limited * limited * limited);
    }
  }
}

CLONES void augmentation_fade_kurtosis(
    float *kurtosis, const float *power, augmentation_normal normal, float added, float variance,
    size_t count) {
  float z[BLOCK];
  for (size_t first = 0; first < count; first += BLOCK) {
    const size_t length = count - first < BLOCK ? count - first : BLOCK;
    smooth(z, normal, first, length);
    float *own = kurtosis + first;
    for (size_t k = 0; k < length; k++) {
      const float p = power[first + k] > 0 ? power[first + k] : 0;
      const float kept = p / (p + added), s = kept * kept;
      const float value =
          1 + (own[k] - 1) * s + z[k] * __builtin_elementwise_sqrt(variance * (1 - s * s));
      own[k] = value > 0 ? value : 0;
    }
  }
}
