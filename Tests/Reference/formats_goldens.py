"""Writes the reference results of the sample formats, with NumPy, and of the conversion of real
samples, with SciPy, both in float64.

Run from the repository's root: python3 Tests/Reference/formats_goldens.py
"""

import pathlib

import numpy as np
import scipy.signal

FOLDER = pathlib.Path("Tests/SignalPipelineTests/Goldens/formats")


def numbers(kind, random):
    """Stored numbers of a type without byte order: extremes, small ones, random ones."""
    bits = int(kind[1:])
    if kind[0] == "f":
        largest = float(np.finfo(np.float32).max)
        values = [0.0, -0.0, 1.0, -1.0, 0.1, largest, -largest, 4215.0, 1e-40]
        return np.array(values + list(random.standard_normal(7)), f"f{bits // 8}")
    low, high = (0, 2**bits - 1) if kind[0] == "u" else (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1)
    middle = (low + high) // 2
    edges = [low, low + 1, middle - 1, middle, middle + 1, high - 1, high]
    return np.array(edges + [int(v) for v in random.integers(low, high, 9)], np.int64)


def stored(values, kind, order):
    """The bytes that NumPy's dtype of that name has for the numbers."""
    if kind == "i24":  # NumPy has no 24 bits: the lower three of four.
        return values.astype("<i4").view(np.uint8).reshape(-1, 4)[:, :3].tobytes()
    return values.astype(f"{order}{kind[0]}{int(kind[1:]) // 8}").tobytes()


def scaled(values, kind):
    """The numbers at a full scale of 1, rounded to float32 at the end alone."""
    if kind[0] == "f":
        return values.astype(np.float32)
    bits = int(kind[1:])
    half = 2.0 ** (bits - 1)
    exact = values.astype(np.float64)
    exact = (exact - (half - 0.5)) / (half - 0.5) if kind[0] == "u" else exact / half
    return exact.astype(np.float32)


def datatypes():
    random = np.random.default_rng(3)
    with open(FOLDER / "datatypes.txt", "w") as file:
        print("# SigMF datatype, the bytes, the numbers", file=file)
        for kind in ["u8", "i8", "u16", "i16", "i24", "u32", "i32", "f32", "f64"]:
            orders = [("", "<")] if kind in ("u8", "i8") else [("_le", "<"), ("_be", ">")]
            for suffix, order in orders[:1] if kind == "i24" else orders:
                for prefix in "cr":
                    values = numbers(kind, random)
                    text = " ".join(f"{v:.9g}" for v in scaled(values, kind))
                    print(f"{prefix}{kind}{suffix}", stored(values, kind, order).hex(), text,
                          file=file)


def real_noise(seed, count):
    """White noise of Knuth's MMIX generator, uniform over int16, full scale 1."""
    state, values = seed, []
    for _ in range(count):
        state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
        high = state >> 48
        values.append((high - 65536 if high >= 32768 else high) / 32768)
    return np.array(values)


def real_to_baseband():
    """Mixer, SciPy's half-band filter (without its delay) and decimation by 2."""
    x = real_noise(7, 301)
    mixed = x * np.array([1, -1j, -1, 1j])[np.arange(len(x)) % 4]
    taps = scipy.signal.firwin(257, 0.5, window=("kaiser", 8.5))
    y = scipy.signal.upfirdn(taps, np.concatenate([mixed, np.zeros(256)]), up=1, down=2)
    y = y[64:64 + (len(x) + 1) // 2]
    with open(FOLDER / "real_to_baseband.txt", "w") as file:
        print("# I and Q", file=file)
        for value in y:
            print(f"{value.real:.8f} {value.imag:.8f}", file=file)


FOLDER.mkdir(parents=True, exist_ok=True)
datatypes()
real_to_baseband()
