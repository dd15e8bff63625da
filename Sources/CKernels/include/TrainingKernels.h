#ifndef TRAINING_KERNELS_H
#define TRAINING_KERNELS_H

#include <stddef.h>
#include <stdint.h>

// The numbers of one Adam step that are the same for all parameters.
struct adam_step {
  float beta1, beta2;       // decay of the two moments
  float rate;               // learning rate / (1 - beta1^t)
  float second_correction;  // sqrt(1 - beta2^t)
  float epsilon;
  float shrink;             // 1 - learning rate * weight decay
};

// Updates moments and parameters [begin, end) of flat arrays in place.
void adam_update(float *restrict parameters, float *restrict first, float *restrict second,
                 const float *restrict gradient, size_t begin, size_t end,
                 struct adam_step step);

// sum[i] += term[i] for i in [0, count).
void gradient_add(float *restrict sum, const float *restrict term, size_t count);

#endif
