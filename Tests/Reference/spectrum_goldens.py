"""Writes the reference results of the Spectrum tests, with SciPy and NumPy in float64.

Run from the repository's root: python3 Tests/Reference/spectrum_goldens.py

The inputs are integers of a linear congruential generator, which the tests make again, so that
the files hold results alone: blocks of a `# name` line and one value a line.
"""

import pathlib

import numpy as np
import scipy.signal

FOLDER = pathlib.Path("Tests/SignalPipelineTests/Goldens/spectrum")


def integers(seed, count):
    """The states of Knuth's MMIX generator, 64 bits each."""
    state, states = seed, []
    for _ in range(count):
        state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
        states.append(state)
    return states


def noise(seed, count):
    """White IQ noise, uniform over int16 in I and Q, full scale 1."""
    high = np.array([s >> 48 for s in integers(seed, 2 * count)], dtype=np.int64)
    signed = np.where(high >= 32768, high - 65536, high) / 32768
    return signed[0::2] + 1j * signed[1::2]


def tone(count):
    """A tone of 1/8 cycle/sample and amplitude 1/2, rounded to int16."""
    turn = np.array([16384, 11585, 0, -11585, -16384, -11585, 0, 11585]) / 32768
    n = np.arange(count)
    return turn[n % 8] + 1j * turn[(n + 6) % 8]


def density(x, bins, overlap, window):
    _, result = scipy.signal.welch(
        x, window=scipy.signal.get_window(window, bins), nperseg=bins, noverlap=overlap,
        detrend=False, return_onesided=False, scaling="density")
    return np.fft.fftshift(result)


def powers(seed, count, zero_every):
    """Exact floats of a large range; every `zero_every`-th is 0 (0: none)."""
    values = np.array([((s >> 40) + 1) * 2.0 ** -(24 + (s >> 8) % 32)
                       for s in integers(seed, count)])
    if zero_every:
        values[::zero_every] = 0
    return values


def normalised(p, kind):
    """PSDNormalization in float64; powers of 0 count as the smallest other one."""
    db = 10 * np.log10(np.where(p > 0, p, p[p > 0].min()))
    if kind == "decibelsAboveFloor":
        return np.clip((db - np.percentile(db, 20) + 3) / 40, 0, 1)
    if kind == "squareRootMinMax":
        a = np.sqrt(p)
        return (a - a.min()) / (a.max() - a.min())
    if kind == "decibelMinMax":
        return (db - db.min()) / (db.max() - db.min())
    if kind == "decibelPercentiles":
        low, high = np.percentile(db, [5, 99.8])
        return np.clip((db - low) / (high - low), 0, 1)
    if kind == "linearMinMax":
        return (p - p.min()) / (p.max() - p.min())
    return np.clip((np.where(p > 0, db, -1e9) + 60) / 150, 0, 1)


def write(name, blocks):
    with open(FOLDER / name, "w") as file:
        for title, values in blocks:
            print("#", title, file=file)
            for value in values:
                print(f"{value:.9g}", file=file)


WELCH = [(64, 32, "hann"), (100, 30, "hann"), (81, 54, "hann"), (512, 256, "hann"),
         (50, 0, "boxcar"), (2, 1, "boxcar"), (37, 12, "boxcar")]
KINDS = ["decibelsAboveFloor", "squareRootMinMax", "decibelMinMax", "decibelPercentiles",
         "linearMinMax", "fixedDecibels"]

FOLDER.mkdir(parents=True, exist_ok=True)
write("welch.txt",
      [(f"noise {b} {o} {w}", density(noise(b, 40 * b), b, o, w)) for b, o, w in WELCH]
      + [(f"tone {b} {o} {w}", density(noise(b, 40 * b) / 64 + tone(40 * b), b, o, w))
         for b, o, w in WELCH])
write("normalization.txt",
      [(f"{kind} {count} {zero}", normalised(powers(count, count, zero), kind))
       for kind in KINDS for count, zero in [(128, 0), (101, 10)]])
