#ifndef SPECTRUM_KERNELS_H
#define SPECTRUM_KERNELS_H

#include <stddef.h>
#include <stdint.h>

#endif
