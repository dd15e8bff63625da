#include "SpectrumKernels.h"

#include "Clones.h"
