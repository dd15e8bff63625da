#include "CaptureKernels.h"

#include <string.h>

#include "Clones.h"

#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "the decoders load numbers in the machine's byte order, which must be little-endian"
#endif

// A decoder of one number type; `x` is the number in `scaled`.
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
DECODER(decode_i8, int8_t, (float)x * 0x1p-7f)
DECODER(decode_i16le, int16_t, (float)x * 0x1p-15f)

CLONES bool decode_f32le(const void *restrict bytes, float *restrict values, size_t count) {
  const unsigned char *at = bytes;
  // A float is finite if its bits without the sign lie below those of infinity; the largest
  // of them decides for all, in the same pass as the copy.
  int32_t largest = 0;
  for (size_t k = 0; k < count; k++) {
    int32_t bits;
    memcpy(&bits, at + k * sizeof bits, sizeof bits);
    memcpy(values + k, &bits, sizeof bits);
    bits &= INT32_MAX;
    largest = bits > largest ? bits : largest;
  }
  return largest < 0x7f800000;
}
