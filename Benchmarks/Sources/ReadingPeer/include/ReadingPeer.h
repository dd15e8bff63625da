#ifndef READING_PEER_H
#define READING_PEER_H

#include <stddef.h>

// Reads a cu8 file to its end, as a C programmer would: read(2) into a block of 256 KiB, each
// byte to a float of full scale 1 in `values`, which is overwritten from its start as soon as
// `capacity` floats are full. Returns the bytes read, or -1.
long peer_read_cu8(const char *path, float *values, size_t capacity);

// The loop of it alone.
void peer_cu8_to_float(const unsigned char *bytes, float *values, size_t count);

#endif
