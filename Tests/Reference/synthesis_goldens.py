#!/usr/bin/env python3
"""Mean spectra of 2,000 draws of each of the four standard classes, by the project's prototype.

    synthesis_goldens.py [--check signals.py]

The formulas and the order of the random draws are the prototype's, the NumPy generator that came
before the Swift one; --check, given the prototype's own file, compares samples of both. Each
draw has its own bandwidth B, its logarithm uniform in .06 to .20, unit power, 65,536 samples, no
offset and no noise; its density is Welch's: 8192 bins, Hann, half overlap. Of it are kept

    bands   the density in 1024 bands of 8 bins, DC-centred
    shape   the share of the power in 128 cells of B/32 each, from -2 B to 2 B: what B itself does
            to the bands is not in there, and a mean has a tenth of the error

Writes to Goldens/Synthesis

    bands.npy     (4, 2, 1024) float32: the mean over all draws, and its standard error
    shapes.npy    (4, 2, 128) float32: the same
    spectra.json  how far two sets of 2,000 draws of one law lie apart by chance

In spectra.json stand, for each class, 99.9th percentiles over 2,000 pairs of bootstrap samples of
the draws: `far`, the greatest distance of two means anywhere, in standard errors of their
difference, and `outside`, the share of bands or cells beyond 2.576 of them, the 99 % interval.
Draws move many bands at once, so that `outside` is far above .01, and rare draws with much power
far out make the law skewed. What has less than 1e-10 of the highest mean is left out: there lies
the window's leakage and, in single precision, rounding.

Deterministic; needs NumPy only; takes some minutes.
"""
import concurrent.futures
import importlib.util
import json
import pathlib
import sys

import numpy as np

SAMPLES, BINS, DRAWS, PAIRS, RATE = 65_536, 8192, 2_000, 2_000, 48_000.0
BAND, CELLS, PER_BANDWIDTH = 8, 128, 32
BANDWIDTH = (0.06, 0.20)
FLOOR, NINETY_NINE = 1e-10, 2.5758
TIME = np.arange(SAMPLES, dtype=float)
HALF = np.fft.rfftfreq(SAMPLES)
FULL = np.fft.fftfreq(SAMPLES)
WINDOW = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(BINS) / BINS)


def sine(draw, depth, low, high):
    return depth * np.sin(2 * np.pi * (draw.uniform(low, high) / RATE * TIME + draw.random()))


def message(draw, width):
    pitch = width * draw.uniform(0.03, 0.08)
    rate = pitch * (1 + sine(draw, 0.08, 3, 6) + sine(draw, 0.05, 0.7, 2))
    turns = np.floor(np.cumsum(rate) + draw.random())
    pulses = np.diff(turns, prepend=turns[:1]) / np.sqrt(pitch)
    source = pulses + draw.uniform(0.2, 1) * draw.standard_normal(SAMPLES)
    place = HALF / width
    high = (place / 0.08) ** 2
    gain = high / (1 + high) * (1 + (place / 0.15) ** 2) ** -draw.uniform(0.3, 0.7)
    for low, top, spread in ((0.08, 0.22, 0.05), (0.25, 0.6, 0.06), (0.6, 0.9, 0.08)):
        peak = draw.uniform(0.5, 3)
        gain *= 1 + peak / (1 + ((place - draw.uniform(low, top)) / spread) ** 2)
    fall = np.clip((1 - place) / 0.08, 0, 1)
    low_pass = 0.5 - 0.5 * np.cos(np.pi * fall)
    voice = np.fft.irfft(np.fft.rfft(source) * gain * low_pass, SAMPLES)
    voice *= np.maximum(0.5 + sine(draw, 0.3, 2, 5) + sine(draw, 0.25, 0.8, 2), 0.05)
    limited = np.tanh(voice / (1.2 * voice.std()))
    return np.fft.irfft(np.fft.rfft(limited) * low_pass, SAMPLES)


def am(draw, bandwidth):
    return 1 + draw.uniform(0.4, 1) * message(draw, bandwidth / 2) + 0j


def fsk(draw, bandwidth):
    index = draw.uniform(0.7, 2.5)
    rate = bandwidth / (1 + index)
    symbol = np.floor(TIME * rate + draw.random()).astype(int)
    signs = 2 * draw.integers(0, 2, symbol[-1] + 2) - 1
    frequency = (index * rate / 2 * signs)[symbol - symbol[0]]
    if draw.random() < 0.5:
        cut = draw.uniform(0.5, 1) * rate
        low_pass = np.exp(-np.log(2) / 2 * (HALF / cut) ** 2)
        frequency = np.fft.irfft(np.fft.rfft(frequency) * low_pass, SAMPLES)
    return np.exp(2j * np.pi * np.cumsum(frequency))


def constellation(draw, count):
    kind = draw.integers(4)
    if kind == 0:
        return draw.choice([-1.0, 1.0], count).astype(complex)
    if kind == 1:
        return np.exp(1j * (np.pi / 4 + np.pi / 2 * draw.integers(0, 4, count)))
    if kind == 2:
        return np.exp(1j * np.pi / 4 * draw.integers(0, 8, count))
    real, imaginary = (2 * draw.integers(0, 4, count) - 3 for _ in range(2))
    return (real + 1j * imaginary) / np.sqrt(10)


def rrc(draw, bandwidth):
    roll_off = draw.uniform(0.1, 0.5)
    count = round(SAMPLES * bandwidth / (1 + roll_off))
    rate = count / SAMPLES
    symbols = np.fft.fft(constellation(draw, count))
    excess = np.clip((np.abs(FULL) / rate - (1 - roll_off) / 2) / roll_off, 0, 1)
    pulse = np.where(excess < 1, np.cos(np.pi / 2 * excess), 0)
    delay = np.exp(2j * np.pi * FULL * draw.random() / rate)
    bins = np.rint(FULL * SAMPLES).astype(int)
    return np.fft.ifft(symbols[bins % count] * pulse * delay)


def ofdm(draw, bandwidth):
    useful = int(draw.choice([256, 512, 1024]))
    side = max(2, round(bandwidth * useful / 2))
    prefix = useful // int(draw.choice([4, 8, 16, 32]))
    blocks = SAMPLES // (useful + prefix) + 2
    levels = 4 if draw.random() < 0.5 else 2

    def points():
        real, imaginary = (
            2 * draw.integers(0, levels, (blocks, side)) - (levels - 1) for _ in range(2))
        return real + 1j * imaginary

    carriers = np.zeros((blocks, useful), complex)
    carriers[:, 1:side + 1] = points()
    carriers[:, useful - side:] = points()
    symbols = np.fft.ifft(carriers, axis=1)
    stream = np.concatenate([symbols[:, useful - prefix:], symbols], axis=1).ravel()
    start = draw.integers(0, useful + prefix)
    return stream[start:start + SAMPLES]


CLASSES = (am, fsk, rrc, ofdm)


def begin(number, index):
    """The random draws of an example, and its bandwidth."""
    draw = np.random.default_rng([7, number, index])
    return draw, np.exp(draw.uniform(*np.log(BANDWIDTH)))


def signal(number, index):
    samples = CLASSES[number](*begin(number, index))
    return samples / np.sqrt(np.mean(np.abs(samples) ** 2))


def density(samples):
    """Welch's density, DC-centred: its mean is the mean power."""
    segments = np.lib.stride_tricks.sliding_window_view(samples, BINS)[:: BINS // 2]
    power = np.abs(np.fft.fft(segments * WINDOW, axis=1)) ** 2
    return np.fft.fftshift(power.mean(0)) / np.sum(WINDOW**2)


def bands(density):
    return density.reshape(-1, BAND).mean(1)


def shape(density, bandwidth):
    """The power in cells of B/32; a bin's power is spread evenly over its width."""
    edges = np.arange(-CELLS // 2, CELLS // 2 + 1) * bandwidth / PER_BANDWIDTH
    places = (edges + 0.5) * BINS + 0.5
    inside = np.clip(places, 0, BINS)
    total = np.concatenate([[0], np.cumsum(density / BINS)])
    return np.diff(np.interp(inside, np.arange(BINS + 1), total))


def spectra(number):
    """Bands and shapes of all draws."""
    kinds = ([], [])
    for index in range(DRAWS):
        power = density(signal(number, index))
        kinds[0].append(bands(power))
        kinds[1].append(shape(power, begin(number, index)[1]))
    return [np.array(kind) for kind in kinds]


def chance(seed, power):
    """How far two bootstrap samples lie apart; see above."""
    mean = power.mean(0)
    power = power[:, mean > FLOOR * mean.max()]
    draw = np.random.default_rng([8, *seed])

    def moments():
        weights = draw.multinomial(DRAWS, np.full(DRAWS, 1 / DRAWS), PAIRS) / DRAWS
        mean = weights @ power
        return mean, (weights @ power**2 - mean**2) / (DRAWS - 1)

    (one, first), (other, second) = moments(), moments()
    distance = np.abs(one - other) / np.sqrt(first + second)
    far = np.quantile(distance.max(1), 0.999)
    outside = np.quantile((distance > NINETY_NINE).mean(1), 0.999)
    return {"far": round(float(far), 2), "outside": round(float(outside), 3)}


def check(path):
    """Compares samples with those of the prototype's own file."""
    specification = importlib.util.spec_from_file_location("prototype", path)
    prototype = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(prototype)
    for number, make in enumerate(CLASSES):
        worst = 0.0
        for index in range(50):
            draw, bandwidth = begin(number, index)
            known = prototype.signal(make.__name__, bandwidth, draw)
            worst = max(worst, np.abs(signal(number, index) - known).max())
        print(f"{make.__name__}: 50 draws, samples differ by {worst:.1e} at most")
        assert worst < 1e-9


def main():
    if sys.argv[1:2] == ["--check"]:
        return check(sys.argv[2])
    target = pathlib.Path(__file__).parent.parent / "SignalPipelineTests/Goldens/Synthesis"
    target.mkdir(parents=True, exist_ok=True)
    with concurrent.futures.ProcessPoolExecutor() as pool:
        drawn = list(pool.map(spectra, range(len(CLASSES))))
    golden = {
        "draws": DRAWS, "samples": SAMPLES, "bins": BINS, "bandwidth": BANDWIDTH, "floor": FLOOR}
    for kind, name in enumerate(("bands", "shapes")):
        powers = [spectrum[kind] for spectrum in drawn]
        moments = [[p.mean(0), p.std(0, ddof=1) / np.sqrt(DRAWS)] for p in powers]
        np.save(target / f"{name}.npy", np.array(moments, "<f4"))
        golden[name] = {
            make.__name__: chance((kind, number), powers[number])
            for number, make in enumerate(CLASSES)}
    (target / "spectra.json").write_text(json.dumps(golden, indent=1) + "\n")


if __name__ == "__main__":
    main()
