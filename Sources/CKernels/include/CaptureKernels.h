#ifndef CAPTURE_KERNELS_H
#define CAPTURE_KERNELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Each function reads `count` numbers from `bytes`, which may lie at any address, and writes
// them scaled to a full scale of 1. Every result is the exact quotient rounded once, so all
// instruction sets agree to the bit.

// values[k] = (x - 127.5) / 127.5
void decode_u8(const void *bytes, float *values, size_t count);

// values[k] = x / 128
void decode_i8(const void *bytes, float *values, size_t count);

// values[k] = x / 32768, little-endian
void decode_i16le(const void *bytes, float *values, size_t count);

// values[k] = x, little-endian; returns whether all of them are finite.
bool decode_f32le(const void *bytes, float *values, size_t count);

#endif
