#ifndef SYNTHESIS_KERNELS_H
#define SYNTHESIS_KERNELS_H

#include <stddef.h>
#include <stdint.h>

#endif
