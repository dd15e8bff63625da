#include "TrainingKernels.h"

#include "Clones.h"
