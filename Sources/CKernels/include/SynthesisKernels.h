// Signal synthesis: noise, phasors and the elementwise work on complex samples.
//
// Complex samples are pairs of floats, in-phase first; `count` counts samples. Every result
// is bit-identical on every CPU: no libm, no fused multiply-add, reductions in fixed lanes.
#ifndef SYNTHESIS_KERNELS_H
#define SYNTHESIS_KERNELS_H

#include <stddef.h>
#include <stdint.h>

/// The number of 64-bit words in the state of `synthesis_gaussian`.
#define SYNTHESIS_GAUSSIAN_WORDS 64

/// The number of samples that one step of `synthesis_gaussian` makes.
#define SYNTHESIS_GAUSSIAN_BLOCK 16

/// Fills `out` with samples whose two parts are independent standard normal numbers.
///
/// Sixteen xoshiro256++ generators run side by side: word w of generator g lies at
/// state[8·(w + 4·(g / 8)) + g mod 8]; the first eight give the radii of Box and Muller's
/// transform, the others the angles. The rest of an unfinished block of 16 is dropped.
void synthesis_gaussian(uint64_t *state, float *out, size_t count);

/// out[n] = exp(2πi·phase[n]/2³²), within 2·10⁻⁷ of the exact value.
void synthesis_phasors(const uint32_t *phase, float *out, size_t count);

/// x[n] = x[n]·y[n], complex.
void synthesis_multiply(float *x, const float *y, size_t count);

/// x[n] = x[n] + scale·y[n], with a real scale.
void synthesis_add_scaled(float *x, const float *y, float scale, size_t count);

/// x[n] = scale·x[n] + (i + jq), with a real scale.
void synthesis_affine(float *x, float scale, float i, float q, size_t count);

/// Σ |x[n]|², in double, over eight lanes of floats that are added in a fixed tree.
double synthesis_energy(const float *x, size_t count);

/// out[n] = taps[0]·x[n] + Σ_{1≤j≤half} taps[j]·(x[n − j] + x[n + j]).
///
/// x points at the first of `count` samples; `half` valid samples lie before and after them.
void synthesis_symmetric_filter(
    const float *x, const float *taps, size_t half, float *out, size_t count);

/// out[n] += Σ_{1≤j≤half} taps[j]·(x[n − j] − x[n + j]).
///
/// x points at the first of `count` samples; `half` valid samples lie before and after them.
void synthesis_add_antisymmetric(
    const float *x, const float *taps, size_t half, float *out, size_t count);

/// x[n] = x[n]·g(scale·|x[n]|), with a complex g that is linear between its values in
/// table[0…last] and constant beyond.
void synthesis_bend(
    float *x, const float *table, uint32_t last, float scale, size_t count);

/// out[n] = Σ_{j<16} t[j]·x[m + j], where m = positions[n] >> 32 and t is the row of `taps` at
/// the position's lower 32 bits, 512 rows a sample and linear between rows.
///
/// x holds 15 samples more than the highest m; `taps` has 513 rows of 16.
void synthesis_interpolate(
    const float *x, const uint64_t *positions, const float *taps, float *out, size_t count);

/// q[n] = a·i[n] + b·q[n]; the in-phase part stays.
void synthesis_skew(float *x, float a, float b, size_t count);

/// x = clip(round(x·levels), −levels, levels − 1)/levels, to the nearest, ties to even;
/// `levels` is at most 2²¹. Counts floats.
void synthesis_quantise(float *x, float levels, size_t floats);

/// x = tanh(scale·x), within 3·10⁻⁷ of the exact value. Counts floats.
void synthesis_limit(float *x, float scale, size_t floats);

/// x[n] = x[n]^exponent, of positive, normal numbers, with PortableMath's bits.
void synthesis_powers(double *x, double exponent, size_t count);

#endif
