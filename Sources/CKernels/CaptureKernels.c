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

DECODER(decode_u8, uint8_t, ((float)x - 127.5f) / 127.5f)
DECODER(decode_u16le, uint16_t, ((float)x - 32767.5f) / 32767.5f)
DECODER(decode_u16be, uint16_t, ((float)__builtin_bswap16(x) - 32767.5f) / 32767.5f)
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
