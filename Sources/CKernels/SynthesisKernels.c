#include "SynthesisKernels.h"

#include "Clones.h"
