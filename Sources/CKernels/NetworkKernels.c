#include "NetworkKernels.h"

#include "Clones.h"

#include <stdint.h>
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

CLONES void network_leaky_relu(const float *x, float *y, size_t count, float slope) {
  for (size_t i = 0; i < count; i++) y[i] = x[i] > 0 ? x[i] : x[i] * slope;
}

CLONES void network_leaky_relu_gradient(
    const float *x, const float *dy, float *dx, size_t count, float slope) {
  for (size_t i = 0; i < count; i++) dx[i] = x[i] > 0 ? dy[i] : dy[i] * slope;
}

CLONES void network_multiply(const float *x, const float *y, float *z, size_t count) {
  for (size_t i = 0; i < count; i++) z[i] = x[i] * y[i];
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

typedef float Sixteen __attribute__((vector_size(64), aligned(4), may_alias));

// Sixteen floats of a row of fewer, the others 0.
static inline __attribute__((always_inline)) void load_few(
    float *to, const float *from, size_t width) {
  if (width == 16) {
    *(Sixteen *)to = *(const Sixteen *)from;
  } else {
    memset(to, 0, 16 * sizeof(float));
    memcpy(to, from, width * sizeof(float));
  }
}

static inline __attribute__((always_inline)) void store_few(
    float *to, const float *from, size_t width) {
  if (width == 16) {
    *(Sixteen *)to = *(const Sixteen *)from;
  } else {
    memcpy(to, from, width * sizeof(float));
  }
}

// Weights of this many outputs meet this many examples in registers, pieces of their rows in a cache.
enum { DOT_OUTPUTS = 4, DOT_EXAMPLES = 4, DOT_PIECE = 4096 };

// y[n][o] += sum over i of x[n][i] * weights[o][i] over a piece of rows `row` apart.
static inline __attribute__((always_inline)) void add_dots(
    const float *x, const float *weights, size_t row, size_t count, float *y, size_t all,
    size_t outputs, size_t examples) {
  Sixteen lanes[DOT_OUTPUTS][DOT_EXAMPLES] = {0};
  size_t i = 0;
  for (; i + 16 <= count; i += 16) {
    for (size_t o = 0; o < outputs; o++) {
      const Sixteen weight = *(const Sixteen *)(weights + o * row + i);
      for (size_t n = 0; n < examples; n++)
        lanes[o][n] += weight * *(const Sixteen *)(x + n * row + i);
    }
  }
  for (size_t o = 0; o < outputs; o++) {
    for (size_t n = 0; n < examples; n++) {
      float sums[16];
      *(Sixteen *)sums = lanes[o][n];
      for (size_t k = 0; i + k < count; k++)
        sums[k] += weights[o * row + i + k] * x[n * row + i + k];
      for (size_t half = 8; half > 0; half /= 2)
        for (size_t k = 0; k < half; k++) sums[k] += sums[k + half];
      y[n * all + o] += sums[0];
    }
  }
}

CLONES WIDE_VECTORS void network_linear(
    const float *x, const float *weights, const float *bias, float *y, size_t examples,
    size_t inputs, size_t outputs) {
  for (size_t n = 0; n < examples; n++) memcpy(y + n * outputs, bias, outputs * sizeof(float));
  for (size_t from = 0; from < inputs; from += DOT_PIECE) {
    const size_t count = smaller(DOT_PIECE, inputs - from);
    for (size_t o = 0; o < outputs; o += DOT_OUTPUTS) {
      const float *rows = weights + o * inputs + from;
      const size_t height = smaller(DOT_OUTPUTS, outputs - o);
      for (size_t n = 0; n < examples; n += DOT_EXAMPLES) {
        const float *in = x + n * inputs + from;
        float *out = y + n * outputs + o;
        const size_t width = smaller(DOT_EXAMPLES, examples - n);
        if (height == DOT_OUTPUTS && width == DOT_EXAMPLES) {
          add_dots(in, rows, inputs, count, out, outputs, DOT_OUTPUTS, DOT_EXAMPLES);
          continue;
        }
        for (size_t p = 0; p < height; p++)
          for (size_t m = 0; m < width; m++)
            add_dots(
                in + m * inputs, rows + p * inputs, inputs, count, out + m * outputs + p,
                outputs, 1, 1);
      }
    }
  }
}

// Sixteen channels of some rows: their largest values and where they stand.
enum { POOL_ROWS = 256 };
typedef struct {
  float value[16], place[16];
} Maxima;

// The larger of two rows, of which the second's places count from `later` on. A NaN wins over
// every number, and the first of equals over the later ones.
static inline __attribute__((always_inline)) void larger(
    const float *a, const float *aPlace, const float *b, const float *bPlace, float later,
    Maxima *to) {
  Maxima best;
  WIDE for (size_t c = 0; c < 16; c++) {
    float u = a[c], v = b[c];
    bool better = (v > u) | ((v != v) & (u == u));
    float own = aPlace ? aPlace[c] : 0, other = (bPlace ? bPlace[c] : 0) + later;
    best.value[c] = better ? v : u;
    best.place[c] = better ? other : own;
  }
  *to = best;
}

static size_t common_divisor(size_t a, size_t b) {
  while (b != 0) {
    size_t rest = a % b;
    a = b;
    b = rest;
  }
  return a;
}

// Pools sixteen channels. Windows grow by doubling, w to 2w, from the two halves; of the rows
// only every `spacing`-th is kept as soon as later steps need no others.
static inline __attribute__((always_inline)) void pool(
    const float *x, size_t row, Maxima *maxima, size_t positions, size_t kernel,
    size_t stride) {
  if (kernel == 1) {
    for (size_t t = 0; t < positions; t++)
      larger(x + t * stride * row, NULL, x + t * stride * row, NULL, 0, maxima + t);
    return;
  }
  const size_t rows = (positions - 1) * stride + kernel;
  size_t last = 1;
  while (2 * last <= kernel) last *= 2;
  const size_t rest = kernel - last, grid = common_divisor(stride, rest);
  size_t spacing = common_divisor(grid, 2), kept = 0;
  for (size_t t = 0; t + 2 <= rows; t += spacing)
    larger(x + t * row, NULL, x + (t + 1) * row, NULL, 1, maxima + kept++);
  for (size_t width = 2; width < last; width *= 2) {
    const size_t wider = common_divisor(grid, 2 * width), apart = width / spacing;
    size_t more = 0;
    for (size_t t = 0; t + apart < kept; t += wider / spacing) {
      const Maxima *a = maxima + t, *b = a + apart;
      larger(a->value, a->place, b->value, b->place, (float)width, maxima + more++);
    }
    spacing = wider;
    kept = more;
  }
  if (rest == 0 && spacing == stride) return;
  for (size_t t = 0; t < positions; t++) {
    const Maxima *a = maxima + t * stride / spacing, *b = a + rest / spacing;
    larger(a->value, a->place, b->value, b->place, (float)rest, maxima + t);
  }
}

// The same for fewer channels than sixteen, from a copy of the rows with zeros beside them.
static inline __attribute__((always_inline)) void pool_few(
    const float *x, size_t row, size_t width, Maxima *maxima, size_t positions, size_t kernel,
    size_t stride) {
  float wide[POOL_ROWS][16];
  const size_t rows = (positions - 1) * stride + kernel;
  for (size_t t = 0; t < rows; t++) load_few(wide[t], x + t * row, width);
  pool(wide[0], 16, maxima, positions, kernel, stride);
}

CLONES WIDE_VECTORS void network_max_pool(
    const float *x, float *y, float *which, size_t positions, size_t channels, size_t kernel,
    size_t stride) {
  Maxima maxima[POOL_ROWS];
  // Wider windows are pooled in pieces, of which the best so far is kept.
  const size_t piece = smaller(kernel, POOL_ROWS / 2);
  const size_t block = piece + stride > POOL_ROWS ? 1 : (POOL_ROWS - piece) / stride + 1;
  for (size_t first = 0; first < positions; first += block) {
    const size_t count = smaller(block, positions - first);
    for (size_t c = 0; c < channels; c += 16) {
      const size_t width = smaller(16, channels - c);
      for (size_t from = 0; from < kernel; from += piece) {
        // The last piece ends with the window, and may overlap the one before.
        const size_t begin = smaller(from, kernel - piece);
        const float *in = x + (first * stride + begin) * channels + c;
        if (width == 16) {
          pool(in, channels, maxima, count, piece, stride);
        } else {
          pool_few(in, channels, width, maxima, count, piece, stride);
        }
        float *to = y + first * channels + c, *at = which + first * channels + c;
        for (size_t t = 0; t < count; t++, to += channels, at += channels) {
          if (from == 0) {
            store_few(to, maxima[t].value, width);
            store_few(at, maxima[t].place, width);
            continue;
          }
          for (size_t k = 0; k < width; k++) {
            const float v = maxima[t].value[k], place = maxima[t].place[k] + (float)begin;
            const bool better = (v > to[k]) | ((v != v) & (to[k] == to[k]));
            to[k] = better ? v : to[k];
            at[k] = better ? place : at[k];
          }
        }
      }
    }
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

CLONES WIDE_VECTORS void network_max_pool_pairs(
    const float *restrict dy, const float *restrict which, float *restrict pairs,
    size_t positions, size_t channels, size_t stride) {
  enum { RUN = 64 };
  const size_t length = 1 + 2 * positions;
  for (size_t from = 0; from < channels; from += 16) {
    const size_t width = smaller(16, channels - from);
    float last[16], sum[16], *next[16];
    for (size_t c = 0; c < width; c++) {
      // One pair before the list, which the first window's position leaves at once.
      next[c] = pairs + (from + c) * length - 1;
    }
    for (size_t c = 0; c < 16; c++) {
      last[c] = -1;
      sum[c] = 0;
    }
    for (size_t first = 0; first < positions; first += RUN) {
      const size_t count = smaller(RUN, positions - first);
      float pair[RUN][16][2];
      uint32_t moves[RUN][16];
      for (size_t t = 0; t < count; t++) {
        float slope[16], place[16];
        load_few(slope, dy + (first + t) * channels + from, width);
        load_few(place, which + (first + t) * channels + from, width);
        const float begin = (float)((first + t) * stride);
        WIDE for (size_t c = 0; c < 16; c++) {
          const float position = begin + place[c];
          const bool same = position == last[c];
          sum[c] = (same ? sum[c] : 0) + slope[c];
          last[c] = position;
          moves[t][c] = same ? 0 : 2;
          pair[t][c][0] = position;
          pair[t][c][1] = sum[c];
        }
      }
      // Each pair is written, and stays when the next has another position.
      for (size_t c = 0; c < width; c++) {
        float *to = next[c];
        for (size_t t = 0; t < count; t++) {
          to += moves[t][c];
          memcpy(to, pair[t][c], sizeof pair[t][c]);
        }
        next[c] = to;
      }
    }
    for (size_t c = 0; c < width; c++) {
      float *list = pairs + (from + c) * length;
      list[0] = (float)((next[c] - (list - 1)) / 2);
    }
  }
}

double network_sum_pairs(const float *pairs) {
  const size_t count = (size_t)pairs[0];
  double lanes[4] = {0};
  for (size_t e = 0; e < count; e++) lanes[e % 4] += pairs[2 + 2 * e];
  return (lanes[0] + lanes[1]) + (lanes[2] + lanes[3]);
}

enum { PIECE = 128 };

CLONES WIDE_VECTORS void network_add_windows(
    const float *restrict pairs, const float *restrict x, size_t row, float *restrict sums,
    size_t width) {
  const size_t count = (size_t)pairs[0];
  pairs++;
  size_t from = 0;
  for (; from + PIECE <= width; from += PIECE) {
    float sum[PIECE];
    memcpy(sum, sums + from, sizeof sum);
    for (size_t e = 0; e < count; e++) {
      const float *window = x + (size_t)pairs[2 * e] * row + from;
      const float value = pairs[2 * e + 1];
      WIDE for (size_t q = 0; q < PIECE; q++) sum[q] += value * window[q];
    }
    memcpy(sums + from, sum, sizeof sum);
  }
  for (; from < width; from += 16) {
    const size_t rest = smaller(16, width - from);
    for (size_t e = 0; e < count; e++) {
      const float *window = x + (size_t)pairs[2 * e] * row + from;
      const float value = pairs[2 * e + 1];
      for (size_t q = 0; q < rest; q++) sums[from + q] += value * window[q];
    }
  }
}

CLONES WIDE_VECTORS void network_spread_windows(
    const float *restrict pairs, const float *restrict weights, size_t row, float *restrict dx,
    size_t width) {
  const size_t count = (size_t)pairs[0];
  for (size_t e = 0; e < count; e++) {
    float *window = dx + (size_t)pairs[1 + 2 * e] * row;
    const float value = pairs[2 + 2 * e];
    for (size_t q = 0; q < width; q++) window[q] += value * weights[q];
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
    const float *packed, float *gradient, size_t kernels, size_t channels, size_t taps,
    bool adds) {
  float *to = gradient;
  for (size_t o = 0; o < kernels; o++)
    for (size_t c = 0; c < channels; c++)
      for (size_t k = 0; k < taps; k++, to++)
        *to = (adds ? *to : 0) + packed[(k * channels + c) * kernels + o];
  packed += taps * channels * kernels;
  for (size_t o = 0; o < kernels; o++) to[o] = (adds ? to[o] : 0) + packed[o];
}

void network_reverse_weights(
    const float *packed, float *reversed, size_t kernels, size_t channels, size_t taps,
    size_t positions) {
  size_t rows = (taps + positions - 1) / positions;
  for (size_t j = 0; j < rows; j++)
    for (size_t o = 0; o < kernels; o++)
      for (size_t r = 0; r < positions; r++) {
        size_t k = positions * (rows - 1 - j) + r;
        float *to = reversed + ((j * kernels + o) * positions + r) * channels;
        for (size_t c = 0; c < channels; c++)
          to[c] = k < taps ? packed[(k * channels + c) * kernels + o] : 0;
      }
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

// A filter's sums of some neighbouring channels stay in registers while its taps pass.
enum { FILTER_CHANNELS = 64 };

CLONES void network_filter(
    const float *x, float *y, size_t positions, size_t channels, const float *taps,
    size_t kernel, size_t stride) {
  for (size_t t = 0; t < positions; t++)
    for (size_t from = 0; from < channels; from += FILTER_CHANNELS) {
      const size_t width = smaller(FILTER_CHANNELS, channels - from);
      const float *row = x + t * stride * channels + from;
      float sum[FILTER_CHANNELS];
      for (size_t c = 0; c < width; c++) sum[c] = taps[0] * row[c];
      for (size_t j = 1; j < kernel; j++)
        for (size_t c = 0; c < width; c++) sum[c] += taps[j] * row[j * channels + c];
      memcpy(y + t * channels + from, sum, width * sizeof(float));
    }
}

CLONES void network_filter_gradient(
    const float *restrict dy, float *restrict dx, size_t positions, size_t channels,
    const float *restrict taps, size_t kernel, size_t stride) {
  for (size_t t = 0; t < positions; t++)
    for (size_t j = 0; j < kernel; j++) {
      float *row = dx + (t * stride + j) * channels;
      for (size_t c = 0; c < channels; c++) row[c] += taps[j] * dy[t * channels + c];
    }
}

CLONES double network_energy(const float *x, size_t rows, size_t channels, size_t step) {
  enum { LANES = 8 };
  double lanes[LANES] = {0};
  for (size_t r = 0; r < rows; r++) {
    const float *row = x + r * step * channels;
    for (size_t from = 0; from < channels; from += LANES) {
      const size_t width = smaller(LANES, channels - from);
      for (size_t l = 0; l < width; l++) lanes[l] += (double)row[from + l] * row[from + l];
    }
  }
  double sum = 0;
  for (size_t l = 0; l < LANES; l++) sum += lanes[l];
  return sum;
}
