#include "TrainingKernels.h"

#include "Clones.h"

CLONES void adam_update(float *restrict parameters, float *restrict first,
                        float *restrict second, const float *restrict gradient, size_t begin,
                        size_t end, struct adam_step step) {
  for (size_t i = begin; i < end; i++) {
    float g = gradient[i];
    float m = first[i] + (1 - step.beta1) * (g - first[i]);
    float v = step.beta2 * second[i] + (1 - step.beta2) * g * g;
    // sqrtf may set errno, which would keep the loop scalar; the builtin may not.
    float scale = __builtin_elementwise_sqrt(v) / step.second_correction + step.epsilon;
    first[i] = m;
    second[i] = v;
    parameters[i] = step.shrink * parameters[i] - step.rate * m / scale;
  }
}

CLONES void gradient_add(float *restrict sum, const float *restrict term, size_t count) {
  for (size_t i = 0; i < count; i++) sum[i] += term[i];
}
