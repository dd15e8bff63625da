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
  float shrink;             // 1 - learning rate * decoupled weight decay
  float decay;              // weight decay that is added to the gradient
};

// The numbers of one step of gradient descent with momentum.
struct sgd_step {
  float rate, momentum, decay;
  int nesterov;
};

// Updates moments and parameters [begin, end) of flat arrays in place.
void adam_update(float *restrict parameters, float *restrict first, float *restrict second,
                 const float *restrict gradient, size_t begin, size_t end,
                 struct adam_step step);

// Updates velocity and parameters [begin, end) of flat arrays in place.
void sgd_update(float *restrict parameters, float *restrict velocity,
                const float *restrict gradient, size_t begin, size_t end, struct sgd_step step);

// The sum of squares of gradient [begin, end), in one order on every CPU.
double gradient_square_sum(const float *gradient, size_t begin, size_t end);

// gradient[i] *= factor for i in [begin, end).
void gradient_scale(float *gradient, size_t begin, size_t end, float factor);

// sum[i] += term[i] for i in [0, count).
void gradient_add(float *restrict sum, const float *restrict term, size_t count);

#endif
