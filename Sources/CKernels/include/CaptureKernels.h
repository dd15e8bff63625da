#ifndef CAPTURE_KERNELS_H
#define CAPTURE_KERNELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Each decoder reads `count` numbers from `bytes`, which may lie at any address, and writes
// them scaled to a full scale of 1; `le` and `be` tell the order of their bytes. Every result
// depends on the number alone, so all instruction sets agree to the bit.

// values[k] = (x - h) / h, h = 127.5 or 32767.5: the exact quotient rounded once
void decode_u8(const void *bytes, float *values, size_t count);
void decode_u16le(const void *bytes, float *values, size_t count);
void decode_u16be(const void *bytes, float *values, size_t count);

// values[k] = (x - h) / h, h = 2147483647.5, as a double and then rounded to a float
void decode_u32le(const void *bytes, float *values, size_t count);
void decode_u32be(const void *bytes, float *values, size_t count);

// values[k] = x / 2^(bits - 1), rounded once
void decode_i8(const void *bytes, float *values, size_t count);
void decode_i16le(const void *bytes, float *values, size_t count);
void decode_i16be(const void *bytes, float *values, size_t count);
void decode_i24le(const void *bytes, float *values, size_t count);
void decode_i32le(const void *bytes, float *values, size_t count);
void decode_i32be(const void *bytes, float *values, size_t count);

// values[k] = x, rounded to a float; returns whether all of the floats are finite.
bool decode_f32le(const void *bytes, float *values, size_t count);
bool decode_f32be(const void *bytes, float *values, size_t count);
bool decode_f64le(const void *bytes, float *values, size_t count);
bool decode_f64be(const void *bytes, float *values, size_t count);

// values[n] = window[n]·x[n] over `count` complex samples, decoded as above, in one pass. The last
// returns whether all of the samples' numbers are finite.
void window_u8(const void *bytes, const float *window, float *values, size_t count);
void window_i8(const void *bytes, const float *window, float *values, size_t count);
void window_i16le(const void *bytes, const float *window, float *values, size_t count);
bool window_f32le(const void *bytes, const float *window, float *values, size_t count);

// Begins to bring bytes into the cache.
void prefetch_bytes(const void *bytes, size_t count);

// Complex baseband of real samples at half their rate, by a half-band filter whose odd taps are
// taps[0 ..< pairs] (at most 64) on each side. For output m, which stands at x[2m]:
//
//   iq[2m]     = s * x[2m] / 2
//   iq[2m + 1] = s * sum over i of taps[i] * (x[2m - 2i - 1] - x[2m + 2i + 1])
//
// s is 1 for even m and -1 for odd m, or the other way round where `negated`. Reads x from
// -(2 * pairs - 1) to 2 * (count - 1) + 2 * pairs - 1. An output depends on what it reads alone.
void real_to_baseband(const float *x, const float *taps, size_t pairs, bool negated, float *iq,
                      size_t count);

#endif
