#!/usr/bin/env python3
"""Signals of liquid-dsp and GNU Radio beside the generator's classes of the same names.

    compare_generators.py PSDPIPE FOLDER

Makes their signals in FOLDER (liquid_signals.c and gnuradio_signals.py tell what to install; what
is missing is skipped by name), takes their spectra with `PSDPIPE psd`, and holds each against 500
draws of its class at the same bandwidth. Writes docs/reference-signals/CLASS.svg and prints the
tables of docs/reference-signals.md. Needs NumPy.

Densities are relative to power/B, the mean in the band, and what is 40 dB below that counts as
nothing: filters of finite length differ there, and noise covers it.
"""
import collections
import json
import pathlib
import subprocess
import sys

import numpy as np

import panels

HERE = pathlib.Path(__file__).parent
PICTURES = HERE.parent.parent / "docs/reference-signals"
BINS, DRAWS, EXAMPLES, FLOOR = 1024, 500, 8, -40.0
KNOWN = ["am", "fsk", "rrc", "ofdm"]
FREQUENCY = np.arange(BINS) / BINS - 0.5


def make(folder):
    """Makes the signals; yields (class, generator, number, bandwidth, text)."""
    binary = folder / "liquid_signals"
    runs = [
        [["gcc", "-O2", HERE / "liquid_signals.c", "-o", binary, "-lliquid", "-lm"],
         [binary, folder]],
        [["/usr/bin/python3", HERE / "gnuradio_signals.py", folder]]]
    for commands in runs:
        try:
            text = [subprocess.run(c, check=True, capture_output=True, text=True).stdout
                    for c in commands][-1]
        except (OSError, subprocess.CalledProcessError) as error:
            print(f"skipped: {error}", file=sys.stderr)
            continue
        for line in text.splitlines():
            if line.count("\t") != 4:
                continue  # what a library says
            name, generator, number, bandwidth, what = line.split("\t")
            yield name, generator, int(number), float(bandwidth), what


def level(density, bandwidth):
    """Decibels against power/B."""
    return 10 * np.log10(np.maximum(density / density.mean(-1, keepdims=True) * bandwidth, 1e-12))


def occupied(density):
    """The width that leaves out half a percent of the power on each side."""
    total = np.cumsum(density) / density.sum()
    return (np.interp(0.995, total, np.arange(BINS)) - np.interp(0.005, total, np.arange(BINS))
            ) / BINS


def width(levels):
    """From the first to the last bin above -20 dB."""
    above = np.flatnonzero(levels > -20)
    return (above[-1] - above[0] + 1) / BINS if len(above) else 0


def spectra(program, folder, name, generator, number):
    found = []
    for example in range(EXAMPLES):
        path = folder / f"{name}.{generator}.{number}.{example}.cf32"
        out = path.with_suffix(".npy")
        subprocess.run(
            [program, "psd", path, "--bins", str(BINS), "--linear", "--out", out], check=True)
        found.append(np.load(out))
    found = np.array(found, float)
    # The table of a spectrum has the frequencies beside the densities.
    return found[..., -1] if found.ndim == 3 else found


def family(program, folder, name, bandwidth, cache={}):
    if (name, bandwidth) not in cache:
        subprocess.run(
            [program, "generate", folder / "family", "--classes", name, "--overwrite",
             "--count", str(DRAWS), "--preset", "clean", "--offset", "0", "--snr", "100",
             "--bandwidth", str(bandwidth), "--bins", str(BINS)], check=True)
        cache[name, bandwidth] = np.load(folder / "family/psd.npy").astype(float)
    return cache[name, bandwidth]


def told(program, folder, name, generator, number, bandwidth):
    """What the built-in model says of the examples at 5 to 20 dB SNR and any offset."""
    draw = np.random.default_rng([number, *map(ord, name + generator)])
    counts = collections.Counter()
    paths = []
    for example in range(EXAMPLES):
        path = folder / f"{name}.{generator}.{number}.{example}.cf32"
        samples = np.fromfile(path, np.complex64).astype(complex)
        samples /= np.sqrt(np.mean(np.abs(samples) ** 2))
        density = 10 ** (-draw.uniform(5, 20) / 10) / bandwidth
        noise = draw.standard_normal((2, len(samples))) * np.sqrt(density / 2)
        turn = np.exp(2j * np.pi * draw.uniform(-0.5, 0.5) * np.arange(len(samples)))
        paths.append(path.with_suffix(".noisy.cf32"))
        (samples * turn + noise[0] + 1j * noise[1]).astype(np.complex64).tofile(paths[-1])
    text = subprocess.run(
        [program, "classify", *paths, "--as", "json"], check=True, capture_output=True, text=True)
    for line in text.stdout.splitlines():
        record = json.loads(line)
        if record["type"] == "window":
            counts[record["class"]] += 1
    return counts


def main():
    program, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    PICTURES.mkdir(parents=True, exist_ok=True)
    charts, rows, answers = collections.defaultdict(list), [], []
    # By class, and within one as they come.
    signals = list(make(folder))
    names = list(dict.fromkeys(name for name, *_ in signals))
    for name, generator, number, bandwidth, what in sorted(
            signals, key=lambda signal: names.index(signal[0])):
        ours = level(family(program, folder, name, bandwidth), bandwidth)
        density = spectra(program, folder, name, generator, number)
        theirs = level(density, bandwidth)
        low, high = np.quantile(ours, (0.01, 0.99), axis=0)
        clipped = [np.maximum(a, FLOOR) for a in (low, theirs, high)]
        inside = (clipped[0] <= clipped[1]) & (clipped[1] <= clipped[2])
        counted = np.maximum(theirs, high) > FLOOR
        band = counted & (np.abs(FREQUENCY) <= bandwidth / 2)
        ranges = []
        for measure, own, other in (
                (occupied, family(program, folder, name, bandwidth), density),
                (width, ours, theirs)):
            edges = np.quantile([measure(d) / bandwidth for d in own], (0.01, 0.99))
            value = np.mean([measure(d) / bandwidth for d in other])
            ranges.append(f"{value:.2f} ({edges[0]:.2f} to {edges[1]:.2f})")
        rows.append(f"| {name} | {generator}: {what} | {bandwidth:.3f} | {inside[band].mean():.0%} "
                    f"| {inside[counted].mean():.0%} | {ranges[0]} | {ranges[1]} |")
        near = np.abs(FREQUENCY) <= 1.5 * bandwidth
        x = FREQUENCY[near] / bandwidth
        charts[name].append(panels.Panel(
            f"{generator}: {what}", (-1.5, 1.5), (-60, 25 if name in ("am", "ook") else 10),
            [("range", x, low[near], high[near]), ("theirs", x, theirs[0][near])],
            ([-1, -0.5, 0, 0.5, 1], [0, -20, -40, -60])))
        if name in KNOWN:
            answers.append((name, generator, what, told(
                program, folder, name, generator, number, bandwidth)))
    for name, group in charts.items():
        panels.write(
            PICTURES / f"{name}.svg", f"{name}: signals of other generators",
            "Decibels against power/B over frequency/B.\nBlue: 98 % of 500 draws of the class at "
            "this B; orange: one signal of the other generator.", group,
            columns=min(3, max(2, len(group))))
    print("| class | signal | B | in the band | to −40 dB | 99 % of the power / B | −20 dB / B |")
    print("|---|---|---|---|---|---|---|", *rows, sep="\n")
    print("\n| class | signal | the built-in model's answers |\n|---|---|---|")
    for name, generator, what, counts in answers:
        told_as = ", ".join(f"{count} {answer}" for answer, count in counts.most_common())
        print(f"| {name} | {generator}: {what} | {told_as} |")


if __name__ == "__main__":
    main()
