#include "CaptureKernels.h"

#include <string.h>

#include "Clones.h"

#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "the decoders load numbers in the machine's byte order, which must be little-endian"
#endif

// A loop over numbers of `type`, each loaded to `x`.
#define DECODER(name, type, scaled)                                                    \
  CLONES void name(const void *restrict bytes, float *restrict values, size_t count) { \
    const unsigned char *at = bytes;                                                   \
    for (size_t k = 0; k < count; k++) {                                               \
      type x;                                                                          \
      memcpy(&x, at + k * sizeof x, sizeof x);                                         \
      values[k] = (scaled);                                                            \
    }                                                                                  \
  }

// A quotient by 127.5 or 32767.5 as a sum of two products, of which the first is exact: for every
// number it rounds as the quotient does, and takes a third of its time.
#define OF_U8(x) (((x) - 127.5f) * 0x1p-7f + ((x) - 127.5f) * 0x1.010102p-15f)
#define OF_U16(x) (((x) - 32767.5f) * 0x1p-15f + ((x) - 32767.5f) * 0x1.0001p-31f)

DECODER(decode_u8, uint8_t, OF_U8((float)x))
DECODER(decode_u16le, uint16_t, OF_U16((float)x))
DECODER(decode_u16be, uint16_t, OF_U16((float)__builtin_bswap16(x)))
DECODER(decode_u32le, uint32_t, (float)(((double)x - 2147483647.5) / 2147483647.5))
DECODER(decode_u32be, uint32_t,
        (float)(((double)__builtin_bswap32(x) - 2147483647.5) / 2147483647.5))
DECODER(decode_i8, int8_t, (float)x * 0x1p-7f)
DECODER(decode_i16le, int16_t, (float)x * 0x1p-15f)
DECODER(decode_i16be, uint16_t, (float)(int16_t)__builtin_bswap16(x) * 0x1p-15f)
DECODER(decode_i32le, int32_t, (float)x * 0x1p-31f)
DECODER(decode_i32be, uint32_t, (float)(int32_t)__builtin_bswap32(x) * 0x1p-31f)

// The three bytes become the upper ones of a 32-bit number, which has the same quotient.
CLONES void decode_i24le(const void *restrict bytes, float *restrict values, size_t count) {
  const unsigned char *at = bytes;
  for (size_t k = 0; k < count; k++) {
    uint32_t x = (uint32_t)at[3 * k] << 8 | (uint32_t)at[3 * k + 1] << 16 |
                 (uint32_t)at[3 * k + 2] << 24;
    values[k] = (float)(int32_t)x * 0x1p-31f;
  }
}

// As above; `x` holds the number's bits, and `value` is the number. A float is finite if its
// bits without the sign lie below those of infinity; the largest of them decides for all, in
// the same pass.
#define FLOAT_DECODER(name, type, value)                                               \
  CLONES bool name(const void *restrict bytes, float *restrict values, size_t count) { \
    const unsigned char *at = bytes;                                                   \
    int32_t largest = 0;                                                               \
    for (size_t k = 0; k < count; k++) {                                               \
      type x;                                                                          \
      memcpy(&x, at + k * sizeof x, sizeof x);                                         \
      int32_t bits = (value);                                                          \
      memcpy(values + k, &bits, sizeof bits);                                          \
      bits &= INT32_MAX;                                                               \
      largest = bits > largest ? bits : largest;                                       \
    }                                                                                  \
    return largest < 0x7f800000;                                                       \
  }

// The bits of the float nearest to the double that has the bits `x`.
static inline __attribute__((always_inline)) int32_t narrowed(uint64_t x) {
  double wide;
  memcpy(&wide, &x, sizeof wide);
  float narrow = (float)wide;
  int32_t bits;
  memcpy(&bits, &narrow, sizeof bits);
  return bits;
}

FLOAT_DECODER(decode_f32le, int32_t, x)
FLOAT_DECODER(decode_f32be, uint32_t, (int32_t)__builtin_bswap32(x))
FLOAT_DECODER(decode_f64le, uint64_t, narrowed(x))
FLOAT_DECODER(decode_f64be, uint64_t, narrowed(__builtin_bswap64(x)))

// Eight complex samples and their coefficients.
typedef float f32x8 __attribute__((ext_vector_type(8)));
typedef float f32x16 __attribute__((ext_vector_type(16)));
typedef int32_t i32x16 __attribute__((ext_vector_type(16)));
typedef int16_t i16x16 __attribute__((ext_vector_type(16)));
typedef int8_t i8x16 __attribute__((ext_vector_type(16)));
typedef uint8_t u8x16 __attribute__((ext_vector_type(16)));

// Each coefficient twice, for I and Q. Loops over numbers, or over samples in turn, take longer:
// they load a window of twice the length, or sort I from Q and back.
#define PAIRED(w) \
  __builtin_shufflevector(w, w, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7)

// Windows the first `some` of eight samples at `n`, of which `numbers` holds all.
#define WINDOW_EIGHT(numbers, some, value)                         \
  numbers x = 0;                                                   \
  f32x8 w = 0;                                                     \
  memcpy(&x, at + n * (sizeof x / 8), (some) * (sizeof x / 8));    \
  memcpy(&w, window + n, (some) * sizeof *window);                 \
  const f32x16 number = __builtin_convertvector(x, f32x16);        \
  const f32x16 product = PAIRED(w) * (value);                      \
  memcpy(values + 2 * n, &product, (some) * 2 * sizeof *values);

#define WINDOWED(name, numbers, value)                                                  \
  CLONES WIDE_VECTORS void name(const void *restrict bytes, const float *restrict window, \
                                float *restrict values, size_t count) {                 \
    const unsigned char *at = bytes;                                                    \
    size_t n = 0;                                                                       \
    for (; n + 8 <= count; n += 8) { WINDOW_EIGHT(numbers, 8, value) }                  \
    if (n < count) { WINDOW_EIGHT(numbers, count - n, value) }                          \
  }

WINDOWED(window_u8, u8x16, OF_U8(number))
WINDOWED(window_i8, i8x16, number * 0x1p-7f)
WINDOWED(window_i16le, i16x16, number * 0x1p-15f)

CLONES WIDE_VECTORS bool window_f32le(const void *restrict bytes, const float *restrict window,
                                      float *restrict values, size_t count) {
  const unsigned char *at = bytes;
  i32x16 largest = 0;
  size_t n = 0;
  for (; n + 8 <= count; n += 8) {
    WINDOW_EIGHT(f32x16, 8, number)
    largest = __builtin_elementwise_max(largest, (i32x16)number & INT32_MAX);
  }
  if (n < count) {
    WINDOW_EIGHT(f32x16, count - n, number)
    largest = __builtin_elementwise_max(largest, (i32x16)number & INT32_MAX);
  }
  return __builtin_reduce_max(largest) < 0x7f800000;
}

void prefetch_bytes(const void *bytes, size_t count) {
  const char *at = bytes;
  for (size_t k = 0; k < count; k += 64) __builtin_prefetch(at + k, 0, 2);
}

// How many outputs are made together, and the most taps on one side.
enum { GROUP = 64, MOST_PAIRS = 64 };

CLONES void real_to_baseband(const float *x, const float *taps, size_t pairs, bool negated,
                             float *iq, size_t count) {
  // The odd samples about a group: output j is between odd[pairs - 1 + j] and odd[pairs + j].
  float odd[GROUP + 2 * MOST_PAIRS];
  for (size_t first = 0; first < count; first += GROUP) {
    const size_t some = count - first < GROUP ? count - first : GROUP;
    const size_t needed = some + 2 * pairs - 1;
    const float *from = x + 2 * first - (2 * pairs - 1);
    for (size_t j = 0; j < needed; j++) odd[j] = from[2 * j];
    // A last group that is not whole takes the same way, so that it rounds alike.
    for (size_t j = needed; j < GROUP + 2 * pairs - 1; j++) odd[j] = 0;
    float q[GROUP] = {0};
    for (size_t i = 0; i < pairs; i++) {
      const float *before = odd + pairs - 1 - i, *after = odd + pairs + i;
      for (size_t j = 0; j < GROUP; j++) q[j] += taps[i] * (before[j] - after[j]);
    }
    float sign = negated ? -1.0f : 1.0f;
    for (size_t j = 0; j < some; j++, sign = -sign) {
      iq[2 * (first + j)] = 0.5f * sign * x[2 * (first + j)];
      iq[2 * (first + j) + 1] = sign * q[j];
    }
  }
}
