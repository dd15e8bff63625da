#ifndef TRAINING_KERNELS_H
#define TRAINING_KERNELS_H

#include <stddef.h>
#include <stdint.h>

#endif
