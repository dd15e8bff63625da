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


def capture(seed, count):
    """Noise of int16/4, and as the seed has it a tone, an offset and a slope; full scale 1."""
    high = np.array([s >> 48 for s in integers(seed, 2 * count)], dtype=np.int64)
    signed = np.where(high >= 32768, high - 65536, high) >> 2
    n = np.arange(count)
    drift = seed % 3 * 4000 + seed % 2 * 7 * n
    x = signed[0::2] + drift + 1j * (signed[1::2] - drift)
    return x / 32768 + (tone(count) if seed % 5 else 0)


def window(text, seed, count):
    """The window of a name as the options take it."""
    name, _, parameter = text.partition(":")
    if name == "coefficients":
        return np.array([((s >> 48) + 1) / 65536 for s in integers(seed + 1000, count)])
    scipy_name = {"rectangular": "boxcar", "blackmanHarris": "blackmanharris",
                  "flatTop": "flattop"}.get(name, name)
    if name == "kaiser":
        return scipy.signal.get_window(("kaiser", float(parameter)), count)
    if name == "gaussian":
        return scipy.signal.get_window(("gaussian", float(parameter) * count), count)
    return scipy.signal.get_window(scipy_name, count)


def frames(x, w, case):
    """The power of every bin (rows, DC-centred) in every segment (columns)."""
    detrend = False if case["detrend"] == "none" else case["detrend"]
    _, _, result = scipy.signal.spectrogram(
        x, window=w, noverlap=case["overlap"], nfft=case["bins"], detrend=detrend,
        return_onesided=False, scaling=case["scaling"], mode="psd")
    return np.fft.fftshift(result, axes=0)


def estimate(case):
    """What SciPy's `welch`, or NumPy over its segments, makes of a case."""
    x = capture(case["seed"], case["samples"])
    w = window(case["window"], case["seed"], case["segment"])
    name, _, parameter = case["average"].partition(":")
    if name in ("mean", "median"):
        detrend = False if case["detrend"] == "none" else case["detrend"]
        _, result = scipy.signal.welch(
            x, window=w, noverlap=case["overlap"], nfft=case["bins"], detrend=detrend,
            return_onesided=False, scaling=case["scaling"], average=name)
        return np.fft.fftshift(result)
    powers = frames(x, w, case)
    if name == "exponential":
        weights = np.exp(-np.arange(powers.shape[1])[::-1] / float(parameter))
        return powers @ weights / weights.sum()
    return powers.max(axis=1) if name == "max" else powers.min(axis=1)


def averages(w, hop, segments):
    """The number of independent segments that overlapping ones are worth."""
    rho = [np.dot(w[: len(w) - j * hop], w[j * hop:]) / np.dot(w, w)
           for j in range(1, segments) if j * hop < len(w)]
    return segments / (1 + 2 * sum((1 - j / segments) * r**2 for j, r in enumerate(rho, 1)))


def kurtosis(case):
    """Nita and Gary's estimator for as many segments as they are worth."""
    w = window(case["window"], case["seed"], case["segment"])
    p = frames(capture(case["seed"], case["samples"]), w, case)
    m = p.shape[1]
    k = averages(w, case["segment"] - case["overlap"], m)
    return (k + 1) / (k - 1) * (m * (p**2).sum(axis=1) / p.sum(axis=1) ** 2 - 1)


def rows(case, segments):
    """The spectrogram's rows, each the mean of so many segments, the last of what is left."""
    p = frames(capture(case["seed"], case["samples"]),
               window(case["window"], case["seed"], case["segment"]), case)
    return np.concatenate([p[:, first:first + segments].mean(axis=1)
                           for first in range(0, p.shape[1], segments)])


def draw(random, seed, averages):
    """A random case; two kinds of window have a random parameter."""
    bins = int(random.choice([random.integers(4, 20), random.integers(20, 150)]))
    segment = bins if random.random() < 0.5 else int(random.integers(4, bins + 1))
    return {
        "seed": seed, "samples": segment + int(random.integers(0, 12 * segment)), "bins": bins,
        "segment": segment, "overlap": int(random.integers(0, segment)),
        "window": str(random.choice(PLAIN_WINDOWS + [
            "coefficients", f"kaiser:{random.uniform(0, 20):.3f}",
            f"gaussian:{random.uniform(0.05, 1):.3f}"])),
        "detrend": str(random.choice(["none", "constant", "linear"])),
        "average": str(random.choice(averages)),
        "scaling": str(random.choice(["density", "spectrum"])),
    }


def title(case):
    return " ".join(str(value) for value in case.values())


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


def write(name, blocks, digits=9):
    with open(FOLDER / name, "w") as file:
        for title, values in blocks:
            print("#", title, file=file)
            for value in values:
                print(f"{value:.{digits}g}", file=file)


WELCH = [(64, 32, "hann"), (100, 30, "hann"), (81, 54, "hann"), (512, 256, "hann"),
         (50, 0, "boxcar"), (2, 1, "boxcar"), (37, 12, "boxcar")]
PLAIN_WINDOWS = ["rectangular", "hann", "hamming", "blackman", "blackmanHarris", "flatTop"]
WINDOWS = PLAIN_WINDOWS + ["kaiser:0.0", "kaiser:8.6", "kaiser:500.0", "gaussian:0.05",
                           "gaussian:0.125"]
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
write("windows.txt",
      [(f"{name} {count}", window(name, 0, count)) for name in WINDOWS for count in [2, 9, 64]],
      digits=17)
write("median.txt",
      [(f"{n}", [scipy.signal._spectral_py._median_bias(n)]) for n in [1, 2, 3, 4, 5, 10, 1023]],
      digits=17)
RANDOM = np.random.default_rng(1)
write("estimates.txt",
      [(title(case), estimate(case)) for case in
       [draw(RANDOM, seed, ["mean", "median"]) for seed in range(1, 221)]
       + [draw(RANDOM, seed, ["max", "min", f"exponential:{RANDOM.uniform(0.5, 9):.3f}"])
          for seed in range(221, 281)]])
SHAPES = [(64, 64, 32, "hann"), (50, 40, 30, "kaiser:8.6"), (81, 81, 0, "rectangular"),
          (32, 16, 4, "blackman")]
CASES = [{"seed": seed, "samples": 41 * segment, "bins": bins, "segment": segment,
          "overlap": overlap, "window": name, "detrend": "none", "average": "mean",
          "scaling": "density"}
         for seed, (bins, segment, overlap, name) in enumerate(SHAPES, 301)]
write("kurtosis.txt", [(title(case), kurtosis(case)) for case in CASES])
write("spectrogram.txt",
      [(f"{count} {title(case)}", rows(case, count))
       for case, count in zip(CASES, [1, 7, 5, 60])])
