"""Welch's method by SciPy, or by pyFFTW on batches of windowed segments.

    welch_numpy.py scipy|pyfftw FORMAT FILE BINS

FORMAT: memory (FILE is cf32), cu8 or cf32. One run for each line on standard input, answered by
its wall time [s] and the mean of the spectrum. Hann, 50 % overlap, one thread.
"""

import os
import sys
import time

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"
import numpy as np
import scipy.signal

peer, sample_format, path, bins = *sys.argv[1:4], int(sys.argv[4])


def read():
    if sample_format == "cu8":
        values = np.fromfile(path, np.uint8).astype(np.float32)
        values -= 127.5
        values *= 1 / 127.5
        return values.view(np.complex64)
    return np.fromfile(path, np.complex64)


def by_scipy(x):
    return scipy.signal.welch(
        x, window="hann", nperseg=bins, noverlap=bins // 2, detrend=False, return_onesided=False
    )[1]


class ByPyFFTW:
    """Batches of 65,536 points stay in the second-level cache; plans are measured."""

    def __init__(self):
        import pyfftw

        self.count = max(1, (1 << 16) // bins)
        self.input = pyfftw.empty_aligned((self.count, bins), "complex64")
        self.output = pyfftw.empty_aligned((self.count, bins), "complex64")
        self.plan = pyfftw.FFTW(self.input, self.output, axes=(1,), flags=("FFTW_PATIENT",))
        window = scipy.signal.get_window("hann", bins)
        self.energy = float((window**2).sum())
        self.window = np.repeat(window.astype(np.float32), 2)

    def __call__(self, x):
        # Products of real numbers over I and Q are faster than complex ones.
        segments = np.lib.stride_tricks.sliding_window_view(x.view(np.float32), 2 * bins)[::bins]
        numbers = self.output.view(np.float32)
        total = np.zeros(2 * bins)
        for first in range(0, len(segments), self.count):
            batch = segments[first : first + self.count]
            np.multiply(batch, self.window, out=self.input.view(np.float32)[: len(batch)])
            self.plan.execute()
            powers = numbers[: len(batch)]
            np.multiply(powers, powers, out=powers)
            total += powers.sum(0)
        return (total[0::2] + total[1::2]) / (len(segments) * self.energy)


estimate = by_scipy if peer == "scipy" else ByPyFFTW()
memory = read() if sample_format == "memory" else None
for _ in sys.stdin:
    start = time.perf_counter()
    mean = float(np.mean(estimate(read() if memory is None else memory)))
    print(f"{time.perf_counter() - start:.9f} {mean:.9g}", flush=True)
