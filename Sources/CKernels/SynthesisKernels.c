#include "SynthesisKernels.h"

#include <stdbool.h>
#include <string.h>

#include "Clones.h"

// A fused multiply-add rounds once where two instructions round twice: with it, clones for
// CPUs that have one would give other bits than those for CPUs that have none.
#pragma STDC FP_CONTRACT OFF

#define INLINE static inline __attribute__((always_inline))

typedef uint64_t Words __attribute__((vector_size(64)));

INLINE float float_of_bits(uint32_t bits) {
  float value;
  memcpy(&value, &bits, sizeof value);
  return value;
}

INLINE uint32_t bits_of_float(float value) {
  uint32_t bits;
  memcpy(&bits, &value, sizeof bits);
  return bits;
}

// cos and sin of 2π·phase/2³²: the phase is split into the nearest quarter turn and a rest of
// at most an eighth, for which Taylor's series in quarter turns end below 3·10⁻⁸.
INLINE void phasor(uint32_t phase, float *re, float *im) {
  uint32_t quarter = (phase + 0x20000000u) >> 30;
  float x = (float)(int32_t)(phase - (quarter << 30)) * 0x1p-30f;
  float z = x * x;
  float c = 1.0f
      + z * (-1.2337005501f
             + z * (0.2536695079f + z * (-0.0208634807633f + z * 0.000919260274839f)));
  float s = x
      * (1.57079632679f
         + z * (-0.645964097506f
                + z * (0.0796926262462f + z * (-0.00468175413532f + z * 0.000160441184787f))));
  uint32_t swap = 0u - (quarter & 1u);
  uint32_t cos_bits = bits_of_float(c);
  uint32_t sin_bits = bits_of_float(s);
  uint32_t re_bits = (cos_bits & ~swap) | (sin_bits & swap);
  uint32_t im_bits = (sin_bits & ~swap) | (cos_bits & swap);
  *re = float_of_bits(re_bits ^ (((quarter + 1u) & 2u) << 30));
  *im = float_of_bits(im_bits ^ ((quarter & 2u) << 30));
}

// √(−2·ln u) for u = (k/2 + ½)/2³¹: the logarithm of the mantissa m in [√½, √2) is
// 2·artanh((m − 1)/(m + 1)), whose series in odd powers ends below 10⁻⁸.
INLINE float radius(uint32_t k) {
  float u = ((float)(int32_t)(k >> 1) + 0.5f) * 0x1p-31f;
  int32_t bits = (int32_t)bits_of_float(u);
  int32_t exponent = (bits - 0x3f3504f3) >> 23;
  float m = float_of_bits((uint32_t)(bits - exponent * (1 << 23)));
  float s = (m - 1.0f) / (m + 1.0f);
  float z = s * s;
  float series = 1.0f
      + z * (0.333333333333f + z * (0.2f + z * (0.142857142857f + z * 0.111111111111f)));
  float ln = (float)exponent * 0.693147180560f + 2.0f * s * series;
  return __builtin_elementwise_sqrt(-2.0f * ln);
}

INLINE double double_of_bits(int64_t bits) {
  double value;
  memcpy(&value, &bits, sizeof value);
  return value;
}

INLINE int64_t bits_of_double(double value) {
  int64_t bits;
  memcpy(&bits, &value, sizeof bits);
  return bits;
}

#define LN2_HIGH 0x1.62e42fefa38p-1
#define LN2_LOW 0x1.ef35793c7673p-45

#define ROTATE(x, k) (((x) << (k)) | ((x) >> (64 - (k))))
#define STEP(s, result)                     \
  do {                                      \
    Words sum = s[0] + s[3];                \
    Words shifted = s[1] << 17;             \
    result = ROTATE(sum, 23) + s[0];        \
    s[2] ^= s[0];                           \
    s[3] ^= s[1];                           \
    s[1] ^= s[2];                           \
    s[0] ^= s[3];                           \
    s[2] ^= shifted;                        \
    s[3] = ROTATE(s[3], 45);                \
  } while (0)

enum { BLOCK = SYNTHESIS_GAUSSIAN_BLOCK, CHUNK = 32 * BLOCK };

CLONES void synthesis_gaussian(uint64_t *state, float *out, size_t count) {
  Words a[4], b[4];
  memcpy(a, state, sizeof a);
  memcpy(b, state + 32, sizeof b);
  uint32_t radii[CHUNK], angles[CHUNK];
  for (size_t first = 0; first < count; first += CHUNK) {
    size_t length = count - first < CHUNK ? count - first : CHUNK;
    for (size_t block = 0; block < length; block += BLOCK) {
      Words u, v;
      STEP(a, u);
      STEP(b, v);
      memcpy(radii + block, &u, sizeof u);
      memcpy(angles + block, &v, sizeof v);
    }
    for (size_t n = 0; n < length; n++) {
      float re, im, r = radius(radii[n]);
      phasor(angles[n], &re, &im);
      out[2 * (first + n)] = r * re;
      out[2 * (first + n) + 1] = r * im;
    }
  }
  memcpy(state, a, sizeof a);
  memcpy(state + 32, b, sizeof b);
}

CLONES void synthesis_phasors(const uint32_t *restrict phase, float *restrict out, size_t count) {
  for (size_t n = 0; n < count; n++) {
    float re, im;
    phasor(phase[n], &re, &im);
    out[2 * n] = re;
    out[2 * n + 1] = im;
  }
}

CLONES void synthesis_multiply(float *restrict x, const float *restrict y, size_t count) {
  for (size_t n = 0; n < count; n++) {
    float a = x[2 * n], b = x[2 * n + 1], c = y[2 * n], d = y[2 * n + 1];
    x[2 * n] = a * c - b * d;
    x[2 * n + 1] = a * d + b * c;
  }
}

CLONES void synthesis_add_scaled(
    float *restrict x, const float *restrict y, float scale, size_t count) {
  for (size_t k = 0; k < 2 * count; k++) x[k] += scale * y[k];
}

CLONES void synthesis_affine(float *x, float scale, float i, float q, size_t count) {
  for (size_t n = 0; n < count; n++) {
    x[2 * n] = scale * x[2 * n] + i;
    x[2 * n + 1] = scale * x[2 * n + 1] + q;
  }
}

CLONES double synthesis_energy(const float *x, size_t count) {
  double lanes[8] = {0};
  size_t floats = 2 * count, k = 0;
  for (; k + 8 <= floats; k += 8)
    for (size_t lane = 0; lane < 8; lane++) {
      double value = x[k + lane];
      lanes[lane] += value * value;
    }
  for (; k < floats; k++) lanes[k % 8] += (double)x[k] * (double)x[k];
  return ((lanes[0] + lanes[1]) + (lanes[2] + lanes[3]))
      + ((lanes[4] + lanes[5]) + (lanes[6] + lanes[7]));
}

// Eight samples, as sixteen floats or eight pairs of them; they may stand anywhere.
typedef float Row __attribute__((vector_size(64)));
typedef uint64_t Pairs __attribute__((vector_size(64)));
typedef Row LooseRow __attribute__((aligned(4), may_alias));
#define ROW_AT(x) (*(const LooseRow *)(x))

// The eight samples from the b-th on of two neighbouring rows. Moving pairs takes one instruction
// where moving floats takes two.
#define SAMPLES(b, low, high)                                                              \
  ((Row)__builtin_shufflevector(                                                           \
      (Pairs)(low), (Pairs)(high), b, (b) + 1, (b) + 2, (b) + 3, (b) + 4, (b) + 5, (b) + 6, \
      (b) + 7))

// One pair of taps, b samples away from the rows that are loaded.
#define TAP(b)                                                    \
  for (size_t m = 0; m < ROWS; m++) {                             \
    const Row left = SAMPLES(8 - (b), before[m], before[m + 1]);  \
    const Row right = SAMPLES(b, after[m], after[m + 1]);         \
    sum[m] += tap[b] * (isOdd ? left - right : left + right);     \
  }

// sum[m] += Σ_{1≤j≤half} taps[j]·(x[n − j] ± x[n + j]) of 64 floats.
//
// Loads that straddle two cache lines take twice the time, and most taps need such. Eight taps
// therefore share the rows that they need, and shift them in registers.
INLINE void add_taps(
    const float *x, const float *taps, size_t half, bool isOdd, float *restrict out) {
  enum { ROWS = 4 };
  Row sum[ROWS];
  memcpy(sum, out, sizeof sum);
  size_t j = 0;
  for (; j + 8 <= half; j += 8) {
    const float *const tap = taps + j;
    Row before[ROWS + 1], after[ROWS + 1];
    for (size_t m = 0; m <= ROWS; m++) {
      before[m] = ROW_AT(x + 16 * m - 16 - 2 * j);
      after[m] = ROW_AT(x + 16 * m + 2 * j);
    }
    TAP(1) TAP(2) TAP(3) TAP(4) TAP(5) TAP(6) TAP(7) TAP(8)
  }
  for (j++; j <= half; j++)
    for (size_t m = 0; m < ROWS; m++) {
      const Row left = ROW_AT(x + 16 * m - 2 * j), right = ROW_AT(x + 16 * m + 2 * j);
      sum[m] += taps[j] * (isOdd ? left - right : left + right);
    }
  memcpy(out, sum, sizeof sum);
}

CLONES WIDE_VECTORS void synthesis_symmetric_filter(
    const float *restrict x, const float *restrict taps, size_t half, float *restrict out,
    size_t count) {
  enum { WIDTH = 64 };
  size_t floats = 2 * count, first = 0;
  for (; first + WIDTH <= floats; first += WIDTH) {
    for (size_t k = 0; k < WIDTH; k++) out[first + k] = taps[0] * x[first + k];
    add_taps(x + first, taps, half, false, out + first);
  }
  for (; first < floats; first++) {
    float sum = taps[0] * x[first];
    for (size_t j = 1; j <= half; j++)
      sum += taps[j] * (*(x + first - 2 * j) + *(x + first + 2 * j));
    out[first] = sum;
  }
}

CLONES WIDE_VECTORS void synthesis_add_antisymmetric(
    const float *restrict x, const float *restrict taps, size_t half, float *restrict out,
    size_t count) {
  enum { WIDTH = 64 };
  size_t floats = 2 * count, first = 0;
  for (; first + WIDTH <= floats; first += WIDTH)
    add_taps(x + first, taps, half, true, out + first);
  for (; first < floats; first++)
    for (size_t j = 1; j <= half; j++)
      out[first] += taps[j] * (*(x + first - 2 * j) - *(x + first + 2 * j));
}

CLONES void synthesis_bend(
    float *restrict x, const float *restrict table, uint32_t last, float scale, size_t count) {
  for (size_t n = 0; n < count; n++) {
    float i = x[2 * n], q = x[2 * n + 1];
    float u = __builtin_elementwise_sqrt(i * i + q * q) * scale;
    u = u < (float)last ? u : (float)last;
    uint32_t k = (uint32_t)u;
    k = k < last ? k : last - 1;
    float share = u - (float)k;
    const float *low = table + 2 * k;
    float re = low[0] + share * (low[2] - low[0]);
    float im = low[1] + share * (low[3] - low[1]);
    x[2 * n] = i * re - q * im;
    x[2 * n + 1] = i * im + q * re;
  }
}

typedef float Eight __attribute__((vector_size(32)));
typedef float Four __attribute__((vector_size(16)));

CLONES WIDE_VECTORS void synthesis_interpolate(
    const float *restrict x, const uint64_t *restrict positions, const float *restrict taps,
    float *restrict out, size_t count) {
  for (size_t n = 0; n < count; n++) {
    uint32_t fraction = (uint32_t)positions[n];
    float share = (float)(fraction & 0x7fffffu) * 0x1p-23f;
    Row low, high, first, second;
    memcpy(&low, taps + 16 * (fraction >> 23), sizeof low);
    memcpy(&high, taps + 16 * (fraction >> 23) + 16, sizeof high);
    memcpy(&first, x + 2 * (positions[n] >> 32), sizeof first);
    memcpy(&second, x + 2 * (positions[n] >> 32) + 16, sizeof second);
    Row tap = low + share * (high - low);
    // Each tap meets both parts of a sample; the products are added in a fixed tree.
    Row sum = __builtin_shufflevector(tap, tap, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7)
            * first
        + __builtin_shufflevector(
              tap, tap, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13, 14, 14, 15, 15)
            * second;
    Eight eight = __builtin_shufflevector(sum, sum, 0, 1, 2, 3, 4, 5, 6, 7)
        + __builtin_shufflevector(sum, sum, 8, 9, 10, 11, 12, 13, 14, 15);
    Four four = __builtin_shufflevector(eight, eight, 0, 1, 2, 3)
        + __builtin_shufflevector(eight, eight, 4, 5, 6, 7);
    out[2 * n] = four[0] + four[2];
    out[2 * n + 1] = four[1] + four[3];
  }
}

CLONES void synthesis_skew(float *x, float a, float b, size_t count) {
  for (size_t n = 0; n < count; n++) x[2 * n + 1] = a * x[2 * n] + b * x[2 * n + 1];
}

// Adding and taking away 1.5·2²³ leaves a float of magnitude below 2²² rounded to the nearest
// integer, ties to even.
INLINE float rounded(float x) { return (x + 0x1.8p23f) - 0x1.8p23f; }

CLONES void synthesis_quantise(float *x, float levels, size_t floats) {
  float step = 1.0f / levels, top = levels - 1.0f;
  for (size_t k = 0; k < floats; k++) {
    float value = x[k] * levels;
    value = value < -levels ? -levels : value;
    value = value > top ? top : value;
    x[k] = rounded(value) * step;
  }
}

// tanh(y) = 1 − 2/(e^2y + 1); e^2y is 2^t, split at the integer nearest to t.
CLONES void synthesis_limit(float *x, float scale, size_t floats) {
  float exponent_scale = scale * 2.88539008178f;
  for (size_t k = 0; k < floats; k++) {
    float t = x[k] * exponent_scale;
    t = t < -60.0f ? -60.0f : t;
    t = t > 60.0f ? 60.0f : t;
    float whole = rounded(t);
    float f = t - whole;
    float power = 1.0f
        + f * (0.693147180560f
               + f * (0.240226506959f
                      + f * (0.0555041086648f
                             + f * (0.00961812910763f
                                    + f * (0.00133335581464f + f * 0.000154035303934f)))));
    float exponential = power * float_of_bits((uint32_t)((int32_t)whole + 127) << 23);
    x[k] = 1.0f - 2.0f / (exponential + 1.0f);
  }
}

// As PortableMath.log and PortableMath.exp, operation by operation.
CLONES void synthesis_powers(double *x, double exponent, size_t count) {
  for (size_t n = 0; n < count; n++) {
    const int64_t bits = bits_of_double(x[n]);
    double power = (double)((bits >> 52) - 1023);
    double mantissa = double_of_bits((bits & 0xfffffffffffff) | 0x3ff0000000000000);
    const bool high = mantissa > 1.414213562373095;
    mantissa = high ? mantissa / 2 : mantissa;
    power = high ? power + 1 : power;
    const double s = (mantissa - 1) / (mantissa + 1);
    const double square = s * s;
    double sum = 0;
    for (int n = 23; n >= 1; n -= 2) sum = sum * square + 1 / (double)n;
    const double ln = power * LN2_HIGH + (power * LN2_LOW + 2 * s * sum);

    const double y = exponent * ln;
    const double whole = __builtin_elementwise_round(y * 1.442695040888963387);
    const double rest = y - whole * LN2_HIGH - whole * LN2_LOW;
    double series = 1;
    for (int n = 14; n >= 1; n--) series = 1 + series * rest / (double)n;
    x[n] = series * double_of_bits(((int64_t)whole + 1023) << 52);
  }
}
