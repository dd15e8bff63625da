#include "CaptureKernels.h"

#include "Clones.h"
