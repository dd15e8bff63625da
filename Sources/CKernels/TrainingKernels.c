#include "TrainingKernels.h"

#include "Clones.h"

enum { LANES = 16 };

CLONES void adam_update(float *restrict parameters, float *restrict first,
                        float *restrict second, const float *restrict gradient, size_t begin,
                        size_t end, struct adam_step step) {
  for (size_t i = begin; i < end; i++) {
    float g = gradient[i];
    if (step.decay != 0) g += step.decay * parameters[i];
    float m = first[i] + (1 - step.beta1) * (g - first[i]);
    float v = step.beta2 * second[i] + (1 - step.beta2) * g * g;
    // sqrtf may set errno, which would keep the loop scalar; the builtin may not.
    float scale = __builtin_elementwise_sqrt(v) / step.second_correction + step.epsilon;
    first[i] = m;
    second[i] = v;
    parameters[i] = step.shrink * parameters[i] - step.rate * m / scale;
  }
}

CLONES void sgd_update(float *restrict parameters, float *restrict velocity,
                       const float *restrict gradient, size_t begin, size_t end,
                       struct sgd_step step) {
  for (size_t i = begin; i < end; i++) {
    float g = gradient[i] + step.decay * parameters[i];
    float v = step.momentum * velocity[i] + g;
    velocity[i] = v;
    parameters[i] -= step.rate * (step.nesterov ? g + step.momentum * v : v);
  }
}

CLONES double gradient_square_sum(const float *gradient, size_t begin, size_t end) {
  // A sum a lane: the order is the same for vectors of any width. The square of a float is exact
  // in double, so that a fused multiply-add rounds as a product and a sum do.
  double sums[LANES] = {0};
  size_t i = begin;
  for (; i + LANES <= end; i += LANES) {
    for (size_t lane = 0; lane < LANES; lane++) {
      double g = gradient[i + lane];
      sums[lane] += g * g;
    }
  }
  for (size_t lane = 0; i < end; i++, lane++) {
    double g = gradient[i];
    sums[lane] += g * g;
  }
  for (size_t distance = LANES / 2; distance > 0; distance /= 2) {
    for (size_t lane = 0; lane < distance; lane++) sums[lane] += sums[lane + distance];
  }
  return sums[0];
}

CLONES void gradient_scale(float *gradient, size_t begin, size_t end, float factor) {
  for (size_t i = begin; i < end; i++) gradient[i] *= factor;
}

CLONES void gradient_add(float *restrict sum, const float *restrict term, size_t count) {
  for (size_t i = 0; i < count; i++) sum[i] += term[i];
}
