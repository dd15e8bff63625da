#include "ReadingPeer.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#if defined(__x86_64__)
#define CLONES __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define CLONES
#endif

CLONES void peer_cu8_to_float(
    const unsigned char *restrict bytes, float *restrict values, size_t count) {
  for (size_t k = 0; k < count; k++) values[k] = ((float)bytes[k] - 127.5f) / 127.5f;
}

long peer_read_cu8(const char *path, float *values, size_t capacity) {
  const size_t size = 256 << 10;
  const int file = open(path, O_RDONLY | O_CLOEXEC);
  unsigned char *block = aligned_alloc(4096, size);
  long total = file < 0 || !block || capacity < size ? -1 : 0;
  size_t filled = 0;
  while (total >= 0) {
    const ssize_t got = read(file, block, size);
    if (got < 0) total = -1;
    if (got <= 0) break;
    if (filled + (size_t)got > capacity) filled = 0;
    peer_cu8_to_float(block, values + filled, (size_t)got);
    filled += (size_t)got;
    total += got;
  }
  free(block);
  if (file >= 0) close(file);
  return total;
}
