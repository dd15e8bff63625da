#ifndef CAPTURE_KERNELS_H
#define CAPTURE_KERNELS_H

#include <stddef.h>
#include <stdint.h>

#endif
