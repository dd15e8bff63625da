#include "NetworkKernels.h"

#include "Clones.h"

#include <string.h>

// Few channels would leave vectors half empty, so rows are taken several at a time: a tile is
// `group` rows seen as one of group * channels columns, a multiple of TILE_STEP.
#define TILE_STEP 16
#define TILE_WIDTH 1024
#define FEW_CHANNELS 64

// Floats are summed over this many tiles before they join a double.
#define BLOCK 32

static size_t smaller(size_t a, size_t b) { return a < b ? a : b; }

static size_t group_of(size_t channels) {
  if (channels > FEW_CHANNELS) return 1;
  size_t group = 1;
  while (group * channels % TILE_STEP != 0) group *= 2;
  while (group * channels < FEW_CHANNELS) group *= 2;
  return group;
}

// Repeats the constants of the `width` columns from `first` on, `group` times.
static inline __attribute__((always_inline)) void tile(
    float *to, const float *from, size_t width, size_t group) {
  for (size_t g = 0; g < group; g++) memcpy(to + g * width, from, width * sizeof(float));
}

CLONES void network_relu(const float *x, float *y, size_t count) {
  for (size_t i = 0; i < count; i++) y[i] = x[i] < 0 ? 0 : x[i];
}

CLONES void network_relu_gradient(const float *x, const float *dy, float *dx, size_t count) {
  for (size_t i = 0; i < count; i++) dx[i] = x[i] > 0 ? dy[i] : 0;
}

CLONES void network_add(const float *x, const float *y, float *z, size_t count) {
  for (size_t i = 0; i < count; i++) z[i] = x[i] + y[i];
}

CLONES void network_fill_rows(float *y, size_t rows, size_t channels, const float *values) {
  if (rows == 0) return;
  memcpy(y, values, channels * sizeof(float));
  // Doubling what is there keeps every copy long, however few the channels.
  size_t total = rows * channels, done = channels;
  while (done < total) {
    size_t more = smaller(smaller(done, total - done), 4096 / channels * channels + channels);
    memcpy(y + done, y, more * sizeof(float));
    done += more;
  }
}

// What is summed over the rows: up to two values an element.
enum { SUM, SQUARED_DEVIATION, GRADIENT };

static inline __attribute__((always_inline)) void reduce(
    int kind, const float *x, const float *dy, size_t rows, size_t channels, const float *mean,
    double scale, float *first, float *second) {
  size_t group = group_of(channels), step = group * channels;
  for (size_t from = 0; from < channels; from += TILE_WIDTH) {
    size_t columns = smaller(channels - from, TILE_WIDTH), width = group * columns;
    float a[TILE_WIDTH], b[TILE_WIDTH], centre[TILE_WIDTH];
    double total[TILE_WIDTH], other[TILE_WIDTH];
    for (size_t j = 0; j < width; j++) total[j] = other[j] = 0;
    if (kind != SUM) tile(centre, mean + from, columns, group);
    for (size_t r = 0; r < rows;) {
      for (size_t j = 0; j < width; j++) a[j] = b[j] = 0;
      size_t tiles = smaller((rows - r) / group, BLOCK);
      // The last few rows, fewer than a group, fill only the front of the tile.
      size_t used = tiles > 0 ? width : (rows - r) * columns;
      for (size_t t = 0; t < (tiles > 0 ? tiles : 1); t++) {
        const float *row = x + r * channels + t * step + from;
        const float *slope = dy + r * channels + t * step + from;
        if (kind == SUM) {
          WIDE for (size_t j = 0; j < used; j++) a[j] += row[j];
        } else if (kind == SQUARED_DEVIATION) {
          WIDE for (size_t j = 0; j < used; j++) {
            float d = row[j] - centre[j];
            a[j] += d * d;
          }
        } else {
          WIDE for (size_t j = 0; j < used; j++) {
            a[j] += slope[j];
            b[j] += slope[j] * (row[j] - centre[j]);
          }
        }
      }
      for (size_t j = 0; j < used; j++) total[j] += a[j];
      if (kind == GRADIENT)
        for (size_t j = 0; j < used; j++) other[j] += b[j];
      r = tiles > 0 ? r + tiles * group : rows;
    }
    for (size_t c = 0; c < columns; c++) {
      double sum = 0, product = 0;
      for (size_t g = 0; g < group; g++) sum += total[g * columns + c];
      first[from + c] = (float)(sum * scale);
      if (kind != GRADIENT) continue;
      for (size_t g = 0; g < group; g++) product += other[g * columns + c];
      second[from + c] = (float)(product * scale);
    }
  }
}

CLONES void network_column_sums(const float *x, size_t rows, size_t channels, float *sums) {
  reduce(SUM, x, x, rows, channels, NULL, 1, sums, NULL);
}

CLONES void network_moments(
    const float *x, size_t rows, size_t channels, float *mean, float *variance) {
  reduce(SUM, x, x, rows, channels, NULL, 1.0 / (double)rows, mean, NULL);
  reduce(SQUARED_DEVIATION, x, x, rows, channels, mean, 1.0 / (double)rows, variance, NULL);
}

CLONES void network_normalize_sums(
    const float *x, const float *dy, size_t rows, size_t channels, const float *mean,
    float *sums, float *products) {
  reduce(GRADIENT, x, dy, rows, channels, mean, 1, sums, products);
}

CLONES void network_normalize(
    const float *x, float *y, size_t rows, size_t channels, const float *mean,
    const float *scale, const float *shift) {
  size_t group = group_of(channels);
  for (size_t from = 0; from < channels; from += TILE_WIDTH) {
    size_t columns = smaller(channels - from, TILE_WIDTH), width = group * columns;
    float m[TILE_WIDTH], a[TILE_WIDTH], b[TILE_WIDTH];
    tile(m, mean + from, columns, group);
    tile(a, scale + from, columns, group);
    tile(b, shift + from, columns, group);
    for (size_t r = 0; r < rows; r += group) {
      const float *in = x + r * channels + from;
      float *out = y + r * channels + from;
      size_t used = rows - r < group ? (rows - r) * columns : width;
      WIDE for (size_t j = 0; j < used; j++) out[j] = (in[j] - m[j]) * a[j] + b[j];
    }
  }
}

CLONES void network_normalize_gradient(
    const float *x, const float *dy, float *dx, size_t rows, size_t channels,
    const float *mean, const float *scale, const float *offset, const float *slope) {
  size_t group = group_of(channels);
  for (size_t from = 0; from < channels; from += TILE_WIDTH) {
    size_t columns = smaller(channels - from, TILE_WIDTH), width = group * columns;
    float m[TILE_WIDTH], a[TILE_WIDTH], b[TILE_WIDTH], g[TILE_WIDTH];
    tile(m, mean + from, columns, group);
    tile(a, scale + from, columns, group);
    tile(b, offset + from, columns, group);
    tile(g, slope + from, columns, group);
    for (size_t r = 0; r < rows; r += group) {
      const float *in = x + r * channels + from, *up = dy + r * channels + from;
      float *out = dx + r * channels + from;
      size_t used = rows - r < group ? (rows - r) * columns : width;
      WIDE for (size_t j = 0; j < used; j++)
        out[j] = a[j] * (up[j] - b[j] - (in[j] - m[j]) * g[j]);
    }
  }
}

// A NaN wins over every number, and the first of equals over the later ones.
static inline __attribute__((always_inline)) void largest(
    const float *x, float *y, float *which, size_t width, size_t channels, size_t kernel) {
  float best[FEW_CHANNELS], at[FEW_CHANNELS];
  for (size_t c = 0; c < width; c++) {
    best[c] = x[c];
    at[c] = 0;
  }
  for (size_t j = 1; j < kernel; j++) {
    const float *row = x + j * channels;
    float place = (float)j;
    for (size_t c = 0; c < width; c++) {
      float v = row[c];
      bool better = (v > best[c]) | ((v != v) & (best[c] == best[c]));
      best[c] = better ? v : best[c];
      at[c] = better ? place : at[c];
    }
  }
  memcpy(y, best, width * sizeof(float));
  memcpy(which, at, width * sizeof(float));
}

CLONES void network_max_pool(
    const float *x, float *y, float *which, size_t positions, size_t channels, size_t kernel,
    size_t stride) {
  for (size_t t = 0; t < positions; t++) {
    const float *window = x + t * stride * channels;
    float *to = y + t * channels, *place = which + t * channels;
    size_t c = 0;
    for (; c + 64 <= channels; c += 64)
      largest(window + c, to + c, place + c, 64, channels, kernel);
    for (; c + 16 <= channels; c += 16)
      largest(window + c, to + c, place + c, 16, channels, kernel);
    if (c < channels)
      largest(window + c, to + c, place + c, channels - c, channels, kernel);
  }
}

CLONES void network_max_pool_gradient(
    const float *dy, const float *which, float *dx, size_t positions, size_t channels,
    size_t stride) {
  for (size_t t = 0; t < positions; t++) {
    float *window = dx + t * stride * channels;
    const float *from = dy + t * channels, *place = which + t * channels;
    for (size_t c = 0; c < channels; c++) window[(size_t)place[c] * channels + c] += from[c];
  }
}

CLONES void network_spread_mean(float *dx, size_t rows, size_t channels, const float *mean) {
  float share = 1.0f / (float)rows;
  for (size_t r = 0; r < rows; r++)
    for (size_t c = 0; c < channels; c++) dx[r * channels + c] += mean[c] * share;
}

CLONES void network_transpose(const float *x, float *y, size_t rows, size_t columns) {
  // Squares of 16 keep both sides within the first-level cache.
  for (size_t i = 0; i < rows; i += 16)
    for (size_t j = 0; j < columns; j += 16) {
      size_t height = smaller(rows - i, 16), width = smaller(columns - j, 16);
      for (size_t b = 0; b < width; b++)
        for (size_t a = 0; a < height; a++)
          y[(j + b) * rows + i + a] = x[(i + a) * columns + j + b];
    }
}

void network_pack_weights(
    const float *weights, float *packed, size_t kernels, size_t channels, size_t taps) {
  for (size_t k = 0; k < taps; k++)
    for (size_t c = 0; c < channels; c++)
      for (size_t o = 0; o < kernels; o++)
        packed[(k * channels + c) * kernels + o] = weights[(o * channels + c) * taps + k];
}

void network_unpack_weights(
    const float *packed, float *weights, size_t kernels, size_t channels, size_t taps) {
  for (size_t o = 0; o < kernels; o++)
    for (size_t c = 0; c < channels; c++)
      for (size_t k = 0; k < taps; k++)
        weights[(o * channels + c) * taps + k] = packed[(k * channels + c) * kernels + o];
}

void network_pad(
    const float *x, float *y, size_t rows, size_t channels, size_t left, size_t right,
    bool circular) {
  size_t before = left * channels, count = rows * channels, after = right * channels;
  memcpy(y + before, x, count * sizeof(float));
  if (circular) {
    memcpy(y, x + count - before, before * sizeof(float));
    memcpy(y + before + count, x, after * sizeof(float));
  } else {
    memset(y, 0, before * sizeof(float));
    memset(y + before + count, 0, after * sizeof(float));
  }
}

void network_fold(
    const float *dy, float *dx, size_t rows, size_t channels, size_t left, size_t right,
    bool circular) {
  size_t before = left * channels, count = rows * channels, after = right * channels;
  memcpy(dx, dy + before, count * sizeof(float));
  if (!circular) return;
  network_add(dx + count - before, dy, dx + count - before, before);
  network_add(dx, dy + before + count, dx, after);
}
