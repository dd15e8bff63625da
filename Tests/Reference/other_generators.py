#!/usr/bin/python3
"""Test sets of the four standard classes as GNU Radio and liquid-dsp make them.

    other_generators.py PSDPIPE FOLDER [EXAMPLES [SEED]]

    (Debian: gnuradio 3.10 with the system's own Python, libliquid-dev 1.5, gcc, espeak-ng)

Makes EXAMPLES (120) of each class and generator, 5 to 20 dB SNR at any offset, as datasets that
`psdpipe evaluate` takes, FOLDER/gnuradio and FOLDER/liquid: psd.npy (as PSDPIPE estimates it of the
captures), labels.npy, conditions.jsonl, manifest.json, and the captures themselves in
captures/CLASS/KIND-NUMBER, three of four cf32, the fourth a WAV of 16 bits with I and Q for channels,
which `psdpipe classify` takes. FOLDER/gnuradio-usual and FOLDER/liquid-usual hold half as many of
other bandwidths. A generator that is not installed is skipped by name.

Bandwidth B and SNR are what docs/signals.md calls so. B is 0.06 to 0.2 of the sample rate; of the
usual ones it follows from round numbers, 4 samples a symbol or an FFT of 64 points at the full rate. Deterministic: each example follows from
SEED, generator, class and number. Nothing here is for training.
"""
import json
import math
import pathlib
import random
import subprocess
import sys
import tempfile
import wave

import numpy as np

HERE = pathlib.Path(__file__).parent
CLASSES = ["am", "fsk", "rrc", "ofdm"]
SAMPLES, BINS, MESSAGE = 65_536, 8192, 77_824
USUAL_INDICES = [5 / 6, 1, 1.25, 1.5, 2]
USUAL_ROLL_OFFS = [0.2, 0.22, 0.25, 0.35, 0.5]
TEXT = {
    "en": "Control, this is the evening patrol at the northern bridge. Visibility is eight miles, "
          "wind from the west with eleven knots. We expect the ferry in twenty minutes, over.",
    "de": "Guten Abend. Es folgen die Nachrichten. Am Nachmittag zogen Wolken auf, und auf den "
          "Feldern im Süden fiel der erste Schnee. Die Fähren verkehren nach Plan.",
    "es": "Atención, barco pesquero a ocho millas del puerto. La mar está tranquila y el viento "
          "sopla del este. Esperamos su llegada antes de medianoche. Cambio.",
}


# What the signals carry.

def speech(draw, width, cache={}):
    """Speech of espeak-ng, of which `width` [cycles/sample] are 3 to 5 kHz; limited to 1."""
    language, voice = draw.choice(list(TEXT)), draw.choice(["m1", "m3", "m7", "f2", "f4"])
    if (language, voice) not in cache:
        with tempfile.NamedTemporaryFile(suffix=".wav") as file:
            subprocess.run(["espeak-ng", "-v", f"{language}+{voice}", "-w", file.name,
                            TEXT[language]], check=True)
            with wave.open(file.name) as sound:
                rate = sound.getframerate()
                samples = np.frombuffer(sound.readframes(sound.getnframes()), "<i2") / 32768
        cache[language, voice] = rate, samples
    rate, samples = cache[language, voice]
    hertz = draw.uniform(3000, 5000)
    count = round(MESSAGE * width / hertz * rate)
    start = draw.randrange(len(samples) - count)
    return limited(draw, at_rate(samples[start:start + count], hertz / rate, width))


def music(draw, width):
    """Chords of four notes with overtones that fade, within `width` [cycles/sample]."""
    n = np.arange(MESSAGE)
    out = np.zeros(MESSAGE)
    length = draw.randrange(6000, 24_000)
    for start in range(-draw.randrange(length), MESSAGE, length):
        since = n - start
        for _ in range(4):
            tone = width * 0.04 * 2 ** (draw.randrange(30) / 12)
            strike = np.where(since >= 0, np.exp(-since / (0.4 * length)), 0)
            for overtone in range(1, 12):
                if overtone * tone < width:
                    out += (strike * draw.uniform(0.5, 1) / overtone
                            * np.sin(2 * np.pi * (overtone * tone * since + draw.random())))
    return limited(draw, at_rate(out, width, width))


def at_rate(samples, cut, width):
    """The samples up to `cut` of their rate, so that `cut` becomes `width` of the new rate."""
    spectrum = np.fft.rfft(samples)
    place = np.arange(len(spectrum)) / (cut * len(samples))
    spectrum *= np.clip((1 - place) / 0.08, 0, 1)
    whole = np.zeros(MESSAGE // 2 + 1, complex)
    kept = spectrum[:min(len(spectrum), len(whole))]
    whole[:len(kept)] = kept
    return np.fft.irfft(whole, MESSAGE)


def limited(draw, message):
    """As ahead of a transmitter: more or less compressed, and 1 at the most."""
    out = np.tanh(draw.uniform(0.2, 1) * message / np.sqrt(np.mean(message**2)))
    return out / np.max(np.abs(out))


# What is drawn. Each function returns B and parameters; `usual` bandwidths are those of round
# sample rates, samples a symbol and FFT lengths, 0.02 to 0.8.

def log_uniform(draw, low, high):
    return low * (high / low) ** draw.random()


def draw_am(draw, kind, usual):
    told = {"index": draw.uniform(0.4, 1)}
    if kind == "tone":
        # Of 0.2 to 1 times the message's bandwidth.
        told["share"] = draw.uniform(0.2, 1)
    if usual:
        rate = draw.choice([24e3, 48e3, 96e3, 192e3, 250e3])
        return 2 * draw.uniform(3000, 5000) / rate, told
    return log_uniform(draw, 0.06, 0.2), told


def draw_fsk(draw, kind, usual):
    told = {
        "any h": lambda: (draw.uniform(0.7, 2.5), 0),
        "usual h": lambda: (draw.choice(USUAL_INDICES), 0),
        "gaussian": lambda: (draw.uniform(0.7, 2.5), draw.uniform(0.5, 1)),
        "gaussian, h .5": lambda: (draw.uniform(0.45, 0.55), draw.choice([0.3, 0.4, 0.5])),
        "msk": lambda: (0.5, 0),
        "wide": lambda: (draw.uniform(3, 8), 0),
    }[kind]()
    bandwidth = log_uniform(draw, 0.06, 0.2)
    if usual:
        fitting = [n for n in (4, 6, 8, 10, 16, 20, 32, 40, 50) if (1 + told[0]) / n <= 0.6]
        bandwidth = (1 + told[0]) / draw.choice(fitting)
    length = (1 + told[0]) / bandwidth
    # Half of them with whole samples a symbol, half resampled; liquid takes even numbers.
    whole = draw.random() < 0.5 or usual
    samples = 2 * (round(length / 2) if whole else math.floor(length / 2))
    rate = 1 if whole else length / samples
    return (1 + told[0]) / samples / rate, {
        "modulationIndex": told[0], "bandwidthTime": told[1], "samplesPerSymbol": samples,
        "resampled": rate}


def draw_rrc(draw, kind, usual):
    roll_off = draw.choice(USUAL_ROLL_OFFS) if draw.random() < 0.5 else draw.uniform(0.1, 0.5)
    bandwidth = log_uniform(draw, 0.06, 0.2)
    length = (1 + roll_off) / bandwidth
    if usual:
        length = draw.choice([2, 4, 5, 8, 10, 16, 20, 32])
        bandwidth = (1 + roll_off) / length
    points = kind if kind in ("bpsk", "qpsk", "psk8", "qam16") else draw.choice(
        ["bpsk", "qpsk", "psk8", "qam16"])
    return bandwidth, {
        "constellation": points, "rollOff": roll_off, "length": length,
        "span": draw.randrange(4, 12)}


def draw_ofdm(draw, kind, usual):
    bandwidth = 52 / 64 / draw.choice([1, 2, 4, 8, 16]) if usual else log_uniform(draw, 0.06, 0.2)
    at_rate = kind not in ("resampled", "frames", "frames of 64")
    length = 64 if kind == "frames of 64" else draw.choice(
        [256, 512, 1024, 2048] if at_rate else [64, 128, 256])
    if at_rate:
        carriers, rate = max(4, round(bandwidth * length / 2)), 1
    else:
        carriers = 26 * length // 64
        rate = 2 * carriers / length / bandwidth
    prefix = length // draw.choice([4, 8, 16, 32])
    taper = prefix // draw.choice([1, 2, 4]) if kind == "tapered" or (
        "frames" in kind and draw.random() < 0.5) else 0
    return 2 * carriers / length / rate, {
        "usefulLength": length, "carriers": carriers, "prefix": prefix, "taper": taper,
        "resampled": rate, "constellation": draw.choice(["bpsk", "qpsk", "qam16"]),
        "octets": draw.randrange(40, 160)}


DRAWS = {"am": draw_am, "fsk": draw_fsk, "rrc": draw_rrc, "ofdm": draw_ofdm}
FSK_KINDS = ["any h", "usual h", "gaussian", "gaussian, h .5", "msk", "wide"]
KINDS = {
    "gnuradio": {
        "am": ["voice", "speech", "music", "tone", "noise"], "fsk": FSK_KINDS,
        "rrc": ["bpsk", "qpsk", "psk8", "qam16", "short pulses"],
        "ofdm": ["plain", "pilots", "resampled", "frames of 64", "frames"]},
    "liquid": {
        "am": ["voice", "speech", "music", "tone", "noise"], "fsk": FSK_KINDS,
        "rrc": ["bpsk", "qpsk", "psk8", "qam16", "root Kaiser", "short pulses"],
        "ofdm": ["pilots", "tapered", "resampled", "frames of 64", "frames"]},
}


# Their modulators.

class Liquid:
    """liquid-dsp's, by liquid_signals.c: one run makes all."""

    schemes = {"bpsk": ["BPSK", 1], "qpsk": ["QPSK", 2], "psk8": ["PSK8", 3], "qam16": ["QAM16", 4]}

    def __init__(self, folder):
        self.folder, self.lines = folder, []
        self.binary = folder / "liquid_signals"
        subprocess.run(["gcc", "-O2", HERE / "liquid_signals.c", "-o", self.binary, "-lliquid",
                        "-lm"], check=True)

    def add(self, path, name, kind, bandwidth, told, draw):
        rate, maker, numbers = 1, None, []
        if name == "am":
            width = bandwidth / 2
            if kind in ("voice", "noise"):
                maker, numbers = "am", [told["index"], width, int(kind == "noise")]
            else:
                message = {"speech": speech, "music": music, "tone": lambda d, w: np.sin(
                    2 * np.pi * w * told["share"] * np.arange(MESSAGE))}[kind](draw, width)
                file = path.with_suffix(".message")
                message.astype(np.float32).tofile(file)
                maker, numbers = "message", [file.name, told["index"]]
        elif name == "fsk":
            rate, maker = told["resampled"], "cpfsk"
            numbers = [told["modulationIndex"], told["samplesPerSymbol"], told["bandwidthTime"]]
        elif name == "rrc":
            maker, samples = "linear", math.floor(told["length"])
            rate = told["length"] / samples
            form = draw.choice(["ARKAISER", "RKAISER"]) if kind == "root Kaiser" else "RRC"
            span = draw.randrange(3, 5) if kind == "short pulses" else told["span"]
            numbers = self.schemes[told["constellation"]] + [
                samples, told["rollOff"], span, form]
            told |= {"filter": form, "span": span}
        elif "frames" in kind:
            rate, maker = told["resampled"], "frames"
            # Its own carriers: a tenth free on each side.
            carriers = (told["usefulLength"] // 2 - max(2, told["usefulLength"] // 10) - 1)
            rate *= carriers / told["carriers"]
            told |= {"carriers": carriers, "resampled": rate}
            numbers = [told["usefulLength"], told["prefix"], told["taper"],
                       self.schemes[told["constellation"]][0], told["octets"]]
        else:
            rate, maker = told["resampled"], "ofdm"
            numbers = [told["usefulLength"], told["prefix"], told["taper"],
                       2 * told["carriers"] / told["usefulLength"],
                       *self.schemes[told["constellation"]]]
        self.lines.append(" ".join(map(str, [path.name, draw.randrange(1 << 31), rate, maker, *numbers])))

    def finish(self):
        # There, so that no path has spaces.
        subprocess.run([self.binary, "-"], cwd=self.folder, input="\n".join(self.lines), text=True,
                       check=True)


class GNURadio:
    """GNU Radio's, by gnuradio_signals.py."""

    def __init__(self, folder):
        import gnuradio_signals
        self.radio = gnuradio_signals

    def points(self, name):
        digital = self.radio.digital
        return {"bpsk": digital.constellation_bpsk, "qpsk": digital.constellation_qpsk,
                "psk8": digital.constellation_8psk, "qam16": digital.constellation_16qam}[name]()

    def am(self, draw, kind, bandwidth, told):
        radio, width = self.radio, bandwidth / 2
        if kind == "voice":
            return radio.am(draw, told["index"], width)
        if kind == "tone":
            source = [radio.analog.sig_source_f(
                1, radio.analog.GR_COS_WAVE, width * told["share"], told["index"])]
        elif kind == "noise":
            # Gaussian, limited at 1, which one sample in 600 reaches.
            taps = radio.filters.firdes.low_pass(1, 1, 0.95 * width, 0.1 * width)
            level = told["index"] * 0.32 / math.sqrt(2 * 0.95 * width)
            source = [radio.analog.noise_source_f(
                radio.analog.GR_GAUSSIAN, level, draw.randrange(1 << 30)),
                radio.filters.fir_filter_fff(1, taps), radio.analog.rail_ff(-1, 1)]
        else:
            message = {"speech": speech, "music": music}[kind](draw, width) * told["index"]
            # The beginning serves again for what the filters behind it take.
            source = [radio.blocks.vector_source_f(message.tolist(), True)]
        return source + [radio.blocks.add_const_ff(1), radio.blocks.float_to_complex()]

    def fsk(self, draw, kind, told):
        index, samples = told["modulationIndex"], told["samplesPerSymbol"]
        chain = (self.radio.gfsk(draw, index, samples, told["bandwidthTime"])
                 if told["bandwidthTime"] else self.radio.cpfsk(draw, index, samples))
        return self.radio.resampled(chain, told["resampled"])

    def rrc(self, draw, kind, told):
        radio, points, length = self.radio, told["constellation"], told["length"]
        if kind == "short pulses":
            samples = math.floor(length)
            taps = radio.filters.firdes.root_raised_cosine(
                samples, samples, 1, told["rollOff"], 2 * told["span"] * samples + 1)
            values = self.points(points).points()
            return radio.resampled(
                [radio.symbols(draw, len(values)), radio.digital.chunks_to_symbols_bc(values),
                 radio.filters.interp_fir_filter_ccf(samples, taps)], length / samples)
        return [radio.octets_source(draw, 9001), radio.digital.generic_mod(
            self.points(points), False, length, True, told["rollOff"])]

    def ofdm(self, draw, kind, told):
        radio, length, carriers = self.radio, told["usefulLength"], told["carriers"]
        if "frames" in kind:
            pilots = tuple(c for c in range(-carriers, carriers + 1)
                           if c and abs(c) % 14 == 7)
            bits = {"bpsk": 1, "qpsk": 2, "qam16": 2}[told["constellation"]]
            chain = radio.ofdm_frames(
                draw, length, told["prefix"], told["taper"], carriers, pilots, bits,
                told["octets"])
        else:
            pilots = [c for c in range(-carriers, carriers + 1)
                      if c and c % 8 == 4] if kind == "pilots" else []
            chain = radio.ofdm(
                draw, length, told["prefix"], 2 * carriers / length,
                self.points(told["constellation"]), pilots)
        return radio.resampled(chain, told["resampled"])

    def add(self, path, name, kind, bandwidth, told, draw):
        chain = (self.am(draw, kind, bandwidth, told) if name == "am"
                 else getattr(self, name)(draw, kind, told))
        samples = self.radio.run(chain, draw.randrange(1000))
        assert len(samples) == SAMPLES, (path, len(samples))
        samples.tofile(path)

    def finish(self):
        pass


# What a receiver would have.

def received(samples, bandwidth, offset, snr, draw):
    """Of power 1 at the offset, with noise of that SNR in the bandwidth."""
    samples = samples / np.sqrt(np.mean(np.abs(samples) ** 2))
    density = 10 ** (-snr / 10) / bandwidth
    noise = draw.standard_normal((2, len(samples))) * np.sqrt(density / 2)
    turns = offset * np.arange(len(samples)) + draw.random()
    return samples * np.exp(2j * np.pi * turns) + noise[0] + 1j * noise[1]


def write_wav(path, samples):
    # At -15 dB of full scale, where noise does not reach the limits.
    values = np.stack([samples.real, samples.imag], 1) / np.sqrt(np.mean(np.abs(samples) ** 2))
    with wave.open(str(path), "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(48_000)
        file.writeframes(np.clip(np.rint(values * 5800), -32768, 32767).astype("<i2").tobytes())


def make(generator, usual, program, folder, count, seed):
    """Makes one generator's dataset in `folder`, whose name is of what draws depend on."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as clean:
        make_from(pathlib.Path(clean), generator, usual, program, folder, count, seed)


def make_from(clean, generator, usual, program, folder, count, seed):
    """Does so with a folder for what the modulators write."""
    modulators = {"gnuradio": GNURadio, "liquid": Liquid}[generator](clean)
    examples = []
    for number in range(count):
        for name in CLASSES:
            draw = random.Random(f"{seed} {folder.name} {name} {number}")
            kind = KINDS[generator][name][number % len(KINDS[generator][name])]
            bandwidth, told = DRAWS[name](draw, kind, usual)
            path = clean / f"{name}-{number}.cf32"
            examples.append((name, kind, number, bandwidth, told, path))
            modulators.add(path, name, kind, bandwidth, told, draw)
    modulators.finish()
    densities, conditions = [], []
    for row, (name, kind, number, bandwidth, told, path) in enumerate(examples):
        draw = np.random.default_rng([seed, *f"{folder.name} {name} {number}".encode()])
        snr, offset = draw.uniform(5, 20), draw.uniform(-0.5, 0.5)
        samples = received(
            np.fromfile(path, np.complex64).astype(complex), bandwidth, offset, snr, draw)
        place = folder / "captures" / name
        place.mkdir(parents=True, exist_ok=True)
        stem = f"{kind.replace(', ', '-').replace(' ', '-').replace('.', '0.')}-{number}"
        file = place / f"{stem}.{'wav' if row // 4 % 4 == 3 else 'cf32'}"
        if file.suffix == ".wav":
            write_wav(file, samples)
        else:
            samples.astype(np.complex64).tofile(file)
        out = clean / "psd.npy"
        subprocess.run([program, "psd", file, "--bins", str(BINS), "--linear", "--rate", "1",
                        "--out", out], check=True)
        densities.append(np.load(out))
        conditions.append({
            "class": name, "label": CLASSES.index(name), "offset": offset, "snr": snr,
            "bandwidth": bandwidth, "details": {
                "generator": generator, "kind": kind, "parameters": told,
                "capture": str(file.relative_to(folder))}})
    np.save(folder / "psd.npy", np.array(densities, np.float32))
    np.save(folder / "labels.npy", np.array([c["label"] for c in conditions], np.int64))
    (folder / "conditions.jsonl").write_text(
        "".join(json.dumps(line, sort_keys=True) + "\n" for line in conditions))
    (folder / "manifest.json").write_text(json.dumps({
        "format": "psdpipe-dataset", "version": 1, "count": len(examples), "classes": CLASSES,
        "window": SAMPLES, "spectrum": {"bins": BINS, "overlap": BINS // 2, "window": "hann"},
        "provenance": f"other_generators.py, {generator}, seed {seed}"}, indent=2) + "\n")


def main():
    if len(sys.argv) not in (3, 4, 5):
        sys.exit(__doc__)
    program, folder = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
    count, seed = (int(value) for value in [*sys.argv[3:], *"120 1".split()[len(sys.argv) - 3:]])
    for generator in KINDS:
        for usual in (False, True):
            place = folder / (generator + ("-usual" if usual else ""))
            try:
                make(generator, usual, program, place, count // (1 + usual), seed)
            except (ImportError, OSError, subprocess.CalledProcessError) as error:
                print(f"skipped {place.name}: {error}", file=sys.stderr)


if __name__ == "__main__":
    main()
