"""Times Welch's method of psdpipe beside its peers, in turns, and prints speeds and ratios.

    welch.py FOLDER OURS [--rounds N] [--samples N] [--python PYTHON]

FOLDER holds the peers written in C and takes the captures; OURS is the benchmarks' program.
Peers that are not there are skipped by name. The ratio is ours over theirs, of medians; 2 cores
are compared with ours on one. Every contender must find the same mean density within 1e-3.
"""

import argparse
import os
import statistics
import subprocess
import sys

import numpy as np

parser = argparse.ArgumentParser()
parser.add_argument("folder")
parser.add_argument("ours")
parser.add_argument("--rounds", type=int, default=7)
parser.add_argument("--samples", type=int, default=1 << 24)
parser.add_argument("--python", default=sys.executable)
parser.add_argument("--bins", type=int, nargs="*", default=[1024, 4096, 8192])
options = parser.parse_args()
here = os.path.dirname(os.path.abspath(__file__))


def captures():
    """Writes the same noise as cu8 and as cf32 and returns their paths by format."""
    bytes_ = np.random.default_rng(1).integers(0, 256, 2 * options.samples, dtype=np.uint8)
    paths = {name: os.path.join(options.folder, f"welch.{name}") for name in ("cu8", "cf32")}
    bytes_.tofile(paths["cu8"])
    ((bytes_.astype(np.float32) - 127.5) / 127.5).tofile(paths["cf32"])
    return paths | {"memory": paths["cf32"]}


def tune():
    """Returns a file with the plans that all contenders of this run share."""
    path = os.path.join(options.folder, "wisdom")
    lengths = [str(bins) for bins in options.bins]
    for line in subprocess.check_output(
        [options.ours, "tune", path, *lengths], text=True
    ).splitlines():
        bins, gain = line.split()
        print(f"tuned plan of {bins} points: {float(gain):.2f} × the estimated one's speed")
    return path


def contenders(sample_format, path, bins):
    """Names and command lines; the first is the one that others are compared with."""
    c = os.path.join(options.folder, "welch")
    liquid = os.path.join(options.folder, "welch_liquid")
    numpy = [options.python, os.path.join(here, "welch_numpy.py")]
    bins = str(bins)

    def ours(threads, effort):
        return [options.ours, "welch", sample_format, path, bins, str(threads), effort]

    def by_c(threads, effort, what=sample_format):
        return [c, what, path, bins, str(threads), effort]

    listed = {
        "psdpipe, tuned": ours(1, wisdom),
        "psdpipe, estimate": ours(1, "estimate"),
        "psdpipe, tuned, 2 threads": ours(2, wisdom),
        "C over FFTW, tuned": by_c(1, wisdom),
        "C over FFTW, estimate": by_c(1, "estimate"),
        "C over FFTW, tuned, 2 threads": by_c(2, wisdom),
        "SciPy welch": [*numpy, "scipy", sample_format, path, bins],
        "pyFFTW, vectorised": [*numpy, "pyfftw", sample_format, path, bins],
        "liquid-dsp spgram": [liquid, sample_format, path, bins],
    }
    if sample_format == "memory":
        listed["FFTW alone, tuned"] = by_c(1, wisdom, "fft")
        listed["FFTW alone, estimate"] = by_c(1, "estimate", "fft")
    return listed


class Contender:
    def __init__(self, command):
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def turn(self):
        """Runs once: wall time [s] and mean density, or None if the program is not able to."""
        try:
            self.process.stdin.write("\n")
            self.process.stdin.flush()
            seconds, mean = self.process.stdout.readline().split()
        except (BrokenPipeError, ValueError):
            return None
        return float(seconds), float(mean)

    def close(self):
        self.process.stdin.close()
        self.process.wait()


paths = captures()
wisdom = tune()
print(f"medians (least–greatest) of {options.rounds} turns, Msamples/s; ratio: psdpipe over it")
for sample_format, path in paths.items():
    for bins in options.bins:
        print(f"\n{sample_format}, {bins} bins, Hann, 50 %")
        running, means = {}, {}
        for name, command in contenders(sample_format, path, bins).items():
            try:
                contender = Contender(command)
                first = contender.turn()
            except FileNotFoundError:
                first = None
            if first is None:
                print(f"  {name:34} skipped: it is not there or failed")
                continue
            running[name], means[name] = contender, first[1]
        for name, mean in means.items():
            reference = next(iter(means.values()))
            if not name.startswith("FFTW alone") and abs(mean / reference - 1) > 1e-3:
                sys.exit(f"{name} found a mean density of {mean}, psdpipe {reference}")
        times = {name: [] for name in running}
        for _ in range(options.rounds):
            for name, contender in running.items():
                times[name].append(contender.turn()[0])
        speeds = {
            name: sorted(options.samples / 1e6 / t for t in list_) for name, list_ in times.items()
        }
        medians = {name: statistics.median(list_) for name, list_ in speeds.items()}
        for name, list_ in speeds.items():
            mine = "psdpipe, tuned" if "estimate" not in name else "psdpipe, estimate"
            if "2 threads" in name and not name.startswith("psdpipe"):
                mine = "psdpipe, tuned, 2 threads"
            ratio = medians[mine] / medians[name] if mine in medians else float("nan")
            print(
                f"  {name:34} {medians[name]:7.0f} ({list_[0]:.0f}–{list_[-1]:.0f})"
                f"  × {ratio:.2f}"
            )
        for contender in running.values():
            contender.close()
        sys.stdout.flush()
for path in {paths["cu8"], paths["cf32"], wisdom}:
    os.remove(path)
