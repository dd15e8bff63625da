// The few hot loops that Swift does not vectorise for the running CPU.
//
// Every function is compiled for several instruction sets and picked when the program
// starts. Each has a plain Swift reference beside its test.
#ifndef CKERNELS_H
#define CKERNELS_H

#include "AugmentationKernels.h"
#include "CaptureKernels.h"
#include "FourierKernels.h"
#include "NetworkKernels.h"
#include "ProductKernels.h"
#include "SpectrumKernels.h"
#include "SynthesisKernels.h"
#include "TrainingKernels.h"

#endif
