// Signals of liquid-dsp's modulators, for compare_generators.py, which runs this.
//
//     gcc -O2 liquid_signals.c -o liquid_signals -lliquid -lm      (Debian: libliquid-dev 1.5)
//     ./liquid_signals FOLDER
//     ./liquid_signals - < LINES                                   (for other_generators.py)
//
// Writes EXAMPLES files FOLDER/CLASS.liquid.NUMBER.EXAMPLE.cf32 of SAMPLES samples for each signal,
// and a line CLASS, "liquid", NUMBER, bandwidth [cycles/sample] and what it is, with tabs between
// them. The bandwidth is what docs/signals.md calls B. Deterministic. With - each line of standard
// input is a signal to make: PATH SEED RATE MAKER NUMBERS…, parted by spaces, where RATE, 1 or more,
// is by how much liquid's resampler raises the sample rate behind the modulator; BPSK, RRC and others
// stand for liquid's numbers. Of MAKER `message` the samples of the message come from a file whose
// path stands before the numbers.
#include <complex.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <liquid/liquid.h>

enum { SAMPLES = 65536, EXAMPLES = 8, START = 4096, TOTAL = START + SAMPLES + 8192 };

typedef float complex sample;
typedef void (*maker)(sample *out, const float *with);

static uint64_t state = 1;

static unsigned draw(unsigned below) {
  state = state * 6364136223846793005u + 1442695040888963407u;
  return (unsigned)((state >> 33) % below);
}

static const char *folder;

static void write_signal(
    const char *class, int number, double bandwidth, const char *what, maker make,
    const float *with) {
  static sample out[TOTAL];
  for (int example = 0; example < EXAMPLES; ++example) {
    make(out, with);
    char path[4096];
    snprintf(path, sizeof path, "%s/%s.liquid.%d.%d.cf32", folder, class, number, example);
    FILE *file = fopen(path, "wb");
    // What a filter begins with is left out, and each example begins elsewhere in a symbol.
    if (!file || fwrite(out + START + draw(1000), sizeof(sample), SAMPLES, file) != SAMPLES
        || fclose(file)) {
      perror(path);
      exit(74);
    }
  }
  printf("%s\tliquid\t%d\t%.6f\t%s\n", class, number, bandwidth, what);
}

// A message of bandwidth `width` such as a voice's: pulses at a wavering pitch, or noise, 6 dB an
// octave less below .1 of the width and above .15, in syllables, limited, and cut by liquid's filter.
static void speak(float *out, float width, int noise) {
  firfilt_rrrf low = firfilt_rrrf_create_kaiser(401, 0.96f * width, 60.0f, 0);
  firfilt_rrrf last = firfilt_rrrf_create_kaiser(401, 0.96f * width, 60.0f, 0);
  firfilt_rrrf_set_scale(last, 2 * 0.96f * width);  // a gain of one
  float pole = expf(-2 * M_PI * 0.15f * width), low_cut = expf(-2 * M_PI * 0.1f * width), one = 0, slow = 0, power = 0;
  float turn = draw(1000) * 1e-3f;
  for (int n = 0; n < TOTAL; ++n) {
    float source = 0;
    if (noise) {
      source = draw(65536) / 32768.0f - 1;
    } else {
      turn += 0.05f * width * (1 + 0.1f * sinf(2 * M_PI * 1e-4f * n));
      if (turn >= 1) { turn -= 1; source = 1; }
      source += 0.02f * (draw(65536) / 32768.0f - 1);
    }
    one += (1 - pole) * (source - one);
    slow += (1 - low_cut) * (one - slow);
    firfilt_rrrf_push(low, one - slow);
    firfilt_rrrf_execute(low, &out[n]);
    out[n] *= 0.55f + 0.45f * sinf(2 * M_PI * 7e-5f * n);
    power += out[n] * out[n] / TOTAL;
  }
  for (int n = 0; n < TOTAL; ++n) {
    firfilt_rrrf_push(last, tanhf(out[n] / (1.2f * sqrtf(power))));
    firfilt_rrrf_execute(last, &out[n]);
  }
  firfilt_rrrf_destroy(low);
  firfilt_rrrf_destroy(last);
}

// with: modulation index, message's bandwidth, whether it is noise
static void am(sample *out, const float *with) {
  static float audio[TOTAL];
  speak(audio, with[1], with[2] != 0);
  ampmodem modulator = ampmodem_create(with[0], LIQUID_AMPMODEM_DSB, 0);
  for (int n = 0; n < TOTAL; ++n) ampmodem_modulate(modulator, audio[n], &out[n]);
  ampmodem_destroy(modulator);
}

static float told[TOTAL];

// with: modulation index; the message is what was told
static void am_told(sample *out, const float *with) {
  ampmodem modulator = ampmodem_create(with[0], LIQUID_AMPMODEM_DSB, 0);
  for (int n = 0; n < TOTAL; ++n) ampmodem_modulate(modulator, told[n], &out[n]);
  ampmodem_destroy(modulator);
}

// with: bandwidth, whether the message is noise
static void ssb(sample *out, const float *with) {
  static float audio[TOTAL];
  speak(audio, with[0], with[1] != 0);
  ampmodem modulator = ampmodem_create(1, LIQUID_AMPMODEM_USB, 1);
  for (int n = 0; n < TOTAL; ++n) {
    ampmodem_modulate(modulator, audio[n], &out[n]);
    out[n] *= cexpf(-I * M_PI * fmodf(with[0] * n, 2));
  }
  ampmodem_destroy(modulator);
}

// with: deviation [cycles/sample], message's bandwidth, whether it is noise
static void fm(sample *out, const float *with) {
  static float audio[TOTAL];
  speak(audio, with[1], with[2] != 0);
  freqmod modulator = freqmod_create(with[0]);
  for (int n = 0; n < TOTAL; ++n) freqmod_modulate(modulator, audio[n], &out[n]);
  freqmod_destroy(modulator);
}

// with: index, samples a symbol, BT or 0
static void cpfsk(sample *out, const float *with) {
  int k = (int)with[1];
  cpfskmod modulator = cpfskmod_create(
      1, with[0], k, 3, with[2] > 0 ? with[2] : 1,
      with[2] > 0 ? LIQUID_CPFSK_GMSK : LIQUID_CPFSK_SQUARE);
  for (int n = 0; n + k <= TOTAL; n += k) cpfskmod_modulate(modulator, draw(2), out + n);
  cpfskmod_destroy(modulator);
}

// with: samples a symbol, BT
static void gmsk(sample *out, const float *with) {
  int k = (int)with[0];
  gmskmod modulator = gmskmod_create(k, 4, with[1]);
  for (int n = 0; n + k <= TOTAL; n += k) gmskmod_modulate(modulator, draw(2), out + n);
  gmskmod_destroy(modulator);
}

// with: index, samples a symbol
static void fsk4(sample *out, const float *with) {
  static float levels[64];
  int k = (int)with[1];
  firinterp_rrrf pulse = firinterp_rrrf_create_prototype(LIQUID_FIRFILT_RRC, k, 8, 0.2f, 0);
  float gain = 0;
  for (int n = 0; n < 40; ++n) firinterp_rrrf_execute(pulse, 1, levels);
  for (int n = 0; n < k; ++n) gain += levels[n] / k;
  firinterp_rrrf_reset(pulse);
  freqmod modulator = freqmod_create(with[0] / k / 2);
  for (int n = 0; n + k <= TOTAL; n += k) {
    firinterp_rrrf_execute(pulse, (2 * (int)draw(4) - 3) / gain, levels);
    for (int j = 0; j < k; ++j) freqmod_modulate(modulator, levels[j], &out[n + j]);
  }
  freqmod_destroy(modulator);
  firinterp_rrrf_destroy(pulse);
}

// with: scheme, bits, samples a symbol, roll-off or 0 for rectangles, filter delay [symbols], filter
static void linear(sample *out, const float *with) {
  int k = (int)with[2];
  modem modulator = modem_create((modulation_scheme)with[0]);
  firinterp_crcf pulse = firinterp_crcf_create_prototype(
      (int)with[5], k, (int)with[4], with[3] > 0 ? with[3] : 0.5f, 0);
  for (int n = 0; n + k <= TOTAL; n += k) {
    sample symbol;
    modem_modulate(modulator, draw(1u << (int)with[1]), &symbol);
    if (with[3] > 0) {
      firinterp_crcf_execute(pulse, symbol, out + n);
    } else {
      for (int j = 0; j < k; ++j) out[n + j] = symbol;
    }
  }
  firinterp_crcf_destroy(pulse);
  modem_destroy(modulator);
}

// with: useful length, prefix, taper, bandwidth, scheme, bits
static void ofdm(sample *out, const float *with) {
  static sample symbols[2048];
  unsigned char kinds[2048] = {0};
  int length = (int)with[0], prefix = (int)with[1];
  int side = (int)lroundf(with[3] * length / 2);
  for (int c = 1; c <= side; ++c) {
    int kind = c % 8 == 4 ? OFDMFRAME_SCTYPE_PILOT : OFDMFRAME_SCTYPE_DATA;
    kinds[c] = kinds[length - c] = (unsigned char)kind;
  }
  ofdmframegen modulator = ofdmframegen_create(length, prefix, (int)with[2], kinds);
  modem points = modem_create((modulation_scheme)with[4]);
  for (int n = 0; n + length + prefix <= TOTAL; n += length + prefix) {
    for (int c = 0; c < length; ++c)
      modem_modulate(points, draw(1u << (int)with[5]), &symbols[c]);
    ofdmframegen_writesymbol(modulator, symbols, out + n);
  }
  modem_destroy(points);
  ofdmframegen_destroy(modulator);
}

// with: nothing
static void noise(sample *out, const float *with) {
  (void)with;
  for (int n = 0; n < TOTAL; ++n) crandnf(&out[n]);
}

// with: useful length, prefix, taper, scheme, octets a frame; frames with preambles and pilots
static void ofdm_frames(sample *out, const float *with) {
  unsigned char octets[4096], header[8];
  int length = (int)with[0];
  ofdmflexframegenprops_s properties;
  ofdmflexframegenprops_init_default(&properties);
  properties.mod_scheme = (unsigned)with[3];
  ofdmflexframegen modulator = ofdmflexframegen_create(
      length, (int)with[1], (int)with[2], NULL, &properties);
  int last = 1;
  for (int n = 0; n < TOTAL; n += length) {
    if (last) {
      for (int o = 0; o < 8; ++o) header[o] = (unsigned char)draw(256);
      for (int o = 0; o < (int)with[4]; ++o) octets[o] = (unsigned char)draw(256);
      ofdmflexframegen_assemble(modulator, header, octets, (unsigned)with[4]);
    }
    // In pieces of `length`; what the last one lacks is filled with zeros, a short pause.
    sample piece[2048];
    last = ofdmflexframegen_write(modulator, piece, (unsigned)length);
    for (int j = 0; j < length && n + j < TOTAL; ++j) out[n + j] = piece[j];
  }
  ofdmflexframegen_destroy(modulator);
}

// A number, or the name that liquid has for one.
static float number_of(const char *text) {
  static const struct {
    const char *name;
    int value;
  } names[] = {{"BPSK", LIQUID_MODEM_BPSK}, {"QPSK", LIQUID_MODEM_QPSK},
               {"PSK8", LIQUID_MODEM_PSK8}, {"QAM16", LIQUID_MODEM_QAM16},
               {"RRC", LIQUID_FIRFILT_RRC}, {"ARKAISER", LIQUID_FIRFILT_ARKAISER},
               {"RKAISER", LIQUID_FIRFILT_RKAISER}};
  for (size_t i = 0; i < sizeof names / sizeof *names; ++i)
    if (!strcmp(text, names[i].name)) return (float)names[i].value;
  return strtof(text, NULL);
}

// Makes the signals that standard input asks for; returns the exit status.
static int make_lines(void) {
  static const struct {
    const char *name;
    maker make;
  } makers[] = {{"am", am}, {"message", am_told}, {"cpfsk", cpfsk}, {"linear", linear},
                {"ofdm", ofdm}, {"frames", ofdm_frames}};
  static sample made[TOTAL], out[TOTAL];
  char line[8192];
  while (fgets(line, sizeof line, stdin)) {
    const char *path = strtok(line, " \n"), *seed = strtok(NULL, " \n");
    const char *rate = strtok(NULL, " \n"), *name = strtok(NULL, " \n"), *number;
    float with[8] = {0};
    maker make = NULL;
    for (size_t i = 0; name && i < sizeof makers / sizeof *makers; ++i)
      if (!strcmp(name, makers[i].name)) make = makers[i].make;
    if (!make) {
      fprintf(stderr, "liquid_signals: there is no maker %s\n", name ? name : "");
      return 65;
    }
    if (make == am_told) {
      const char *message = strtok(NULL, " \n");
      FILE *file = message ? fopen(message, "rb") : NULL;
      if (!file || fread(told, sizeof *told, TOTAL, file) != TOTAL || fclose(file)) {
        perror(message);
        return 74;
      }
    }
    for (int i = 0; i < 8 && (number = strtok(NULL, " \n")); ++i) with[i] = number_of(number);
    state = strtoull(seed, NULL, 10);
    srand((unsigned)state);
    make(made, with);
    sample *result = made;
    if (strtof(rate, NULL) > 1) {
      // The filter is as steep as carriers up to .45 of the lower rate want.
      resamp_crcf resampler = resamp_crcf_create(strtof(rate, NULL), 13, 0.48f, 60, 64);
      result = out;
      for (int n = 0, count = 0; n < TOTAL && count < TOTAL - 64; ++n) {
        unsigned written;
        resamp_crcf_execute(resampler, made[n], out + count, &written);
        count += (int)written;
      }
      resamp_crcf_destroy(resampler);
    }
    FILE *file = fopen(path, "wb");
    if (!file || fwrite(result + START + draw(1000), sizeof(sample), SAMPLES, file) != SAMPLES
        || fclose(file)) {
      perror(path);
      return 74;
    }
  }
  return 0;
}

#define WITH(...) ((const float[]){__VA_ARGS__})
#define RRC LIQUID_FIRFILT_RRC

int main(int argc, char **argv) {
  if (argc != 2) {
    fprintf(stderr, "usage: liquid_signals FOLDER | -\n");
    return 64;
  }
  folder = argv[1];
  if (!strcmp(folder, "-")) return make_lines();
  srand(1);
  write_signal("am", 1, 0.12, "ampmodem, index .5, pulses", am, WITH(0.5f, 0.06f, 0));
  write_signal("am", 2, 0.12, "ampmodem, index .9, pulses", am, WITH(0.9f, 0.06f, 0));
  write_signal("am", 3, 0.12, "ampmodem, index .7, noise", am, WITH(0.7f, 0.06f, 1));
  write_signal("fsk", 1, 0.10, "cpfsk, h 1, square", cpfsk, WITH(1, 20, 0));
  write_signal("fsk", 2, 0.125, "cpfsk, h 2, square", cpfsk, WITH(2, 24, 0));
  write_signal("fsk", 3, 0.115, "cpfsk, h 1.3, square", cpfsk, WITH(1.3f, 20, 0));
  write_signal("fsk", 4, 0.105, "cpfsk, h 1.1, BT .7", cpfsk, WITH(1.1f, 20, 0.7f));
  write_signal(
      "rrc", 1, 0.12, "BPSK, firinterp, .2, 10 symbols", linear,
      WITH(LIQUID_MODEM_BPSK, 1, 10, 0.2f, 10, RRC));
  write_signal(
      "rrc", 2, 0.135, "QPSK, firinterp, .35, 10 symbols", linear,
      WITH(LIQUID_MODEM_QPSK, 2, 10, 0.35f, 10, RRC));
  write_signal(
      "rrc", 3, 0.125, "8PSK, firinterp, .5, 10 symbols", linear,
      WITH(LIQUID_MODEM_PSK8, 3, 12, 0.5f, 10, RRC));
  write_signal(
      "rrc", 4, 0.14375, "16QAM, firinterp, .15, 4 symbols", linear,
      WITH(LIQUID_MODEM_QAM16, 4, 8, 0.15f, 4, RRC));
  write_signal(
      "ofdm", 1, 0.12, "ofdmframegen, 256 + 64", ofdm,
      WITH(256, 64, 0, 0.12f, LIQUID_MODEM_QPSK, 2));
  write_signal(
      "ofdm", 2, 0.12, "ofdmframegen, 1024 + 64", ofdm,
      WITH(1024, 64, 0, 0.12f, LIQUID_MODEM_QAM16, 4));
  write_signal(
      "ofdm", 3, 0.12, "ofdmframegen, 512 + 64, taper 32", ofdm,
      WITH(512, 64, 32, 0.12f, LIQUID_MODEM_QPSK, 2));
  write_signal("ssb", 1, 0.12, "ampmodem, upper, pulses", ssb, WITH(0.12f, 0));
  write_signal("ssb", 2, 0.12, "ampmodem, upper, noise", ssb, WITH(0.12f, 1));
  write_signal("nbfm", 1, 0.12, "freqmod, ratio 1, pulses", fm, WITH(0.03f, 0.03f, 0));
  write_signal("nbfm", 2, 0.12, "freqmod, ratio 1.5, noise", fm, WITH(0.036f, 0.024f, 1));
  write_signal(
      "psk", 1, 0.10, "QPSK, rectangles", linear, WITH(LIQUID_MODEM_QPSK, 2, 20, 0, 1, RRC));
  write_signal(
      "psk", 2, 0.125, "BPSK, rectangles", linear, WITH(LIQUID_MODEM_BPSK, 1, 16, 0, 1, RRC));
  write_signal(
      "pi4dqpsk", 1, 0.135, "PI4DQPSK, firinterp, .35", linear,
      WITH(LIQUID_MODEM_PI4DQPSK, 2, 10, 0.35f, 10, RRC));
  write_signal("gmsk", 1, (0.68 + 0.72 * 0.3) / 8, "gmskmod, BT .3", gmsk, WITH(8, 0.3f));
  write_signal("gmsk", 2, (0.68 + 0.72 * 0.5) / 8, "gmskmod, BT .5", gmsk, WITH(8, 0.5f));
  write_signal("fsk4", 1, 0.181, "RRC .2 into freqmod, h .27", fsk4, WITH(0.27f, 10));
  write_signal(
      "ook", 1, 0.125, "OOK modem, no pauses", linear,
      WITH(LIQUID_MODEM_OOK, 1, 16, 0, 1, RRC));
  write_signal("noise", 1, 0.12, "crandnf", noise, WITH(0));
  return 0;
}
