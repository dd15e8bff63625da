#!/usr/bin/env python3
"""docs/reference-signals/prototype.svg: the mean spectra of the generator and of the prototype.

    prototype_picture.py PSDPIPE FOLDER

Makes 2,000 draws a class in FOLDER with the program PSDPIPE, compares them with the goldens of
synthesis_goldens.py and prints what SpectrumGoldenTests checks. Needs NumPy.
"""
import json
import pathlib
import subprocess
import sys

import numpy as np

import panels
import synthesis_goldens as prototype

ROOT = pathlib.Path(__file__).parent.parent.parent
GOLDENS = ROOT / "Tests/SignalPipelineTests/Goldens/Synthesis"


def decibels(power):
    return 10 * np.log10(np.maximum(power, 1e-30))


def draws(program, folder, name):
    """Bands and shapes of 2,000 examples of the generator; their SNR is 100 dB."""
    subprocess.run(
        [program, "generate", folder / name, "--classes", name, "--count", "2000", "--overwrite",
         "--preset", "clean", "--offset", "0", "--snr", "100"], check=True)
    density = np.load(folder / name / "psd.npy", mmap_mode="r")
    lines = (folder / name / "conditions.jsonl").read_text().splitlines()
    widths = [json.loads(line)["bandwidth"] for line in lines]
    return [
        np.array([prototype.bands(row.astype(float)) for row in density]),
        np.array([prototype.shape(row.astype(float), b) for row, b in zip(density, widths)])]


def main():
    program, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    known = [np.load(GOLDENS / f"{name}.npy").astype(float) for name in ("bands", "shapes")]
    charts = []
    for number, make in enumerate(prototype.CLASSES):
        name = make.__name__
        for kind, power in enumerate(draws(program, folder, name)):
            mean, error = known[kind][number]
            ours = power.mean(0)
            spread = np.hypot(error, power.std(0, ddof=1) / np.sqrt(len(power)))
            counted = mean > prototype.FLOOR * mean.max()
            z = (ours - mean)[counted] / spread[counted]
            strong = mean > 1e-3 * mean.max()
            print(f"{name} {('bands', 'shape')[kind]}: {counted.sum()} compared, "
                  f"{np.mean(np.abs(z) < 2.5758):.1%} within the 99 % interval, "
                  f"farthest {np.abs(z).max():.1f} standard errors, down to -30 dB at most "
                  f"{np.abs(decibels(ours / np.maximum(mean, 1e-30)))[strong].max():.2f} dB")
            x = (np.arange(1024) + 0.5) / 1024 - 0.5 if kind == 0 else (
                np.arange(-64, 64) + 0.5) / 32
            level = decibels(mean.max())
            low, high = (np.maximum(mean + s * 2.5758 * spread, 1e-30) for s in (-1, 1))
            near = np.abs(x) <= (0.25 if kind == 0 else 2)
            curves = [
                ("range", x[near], decibels(low)[near] - level, decibels(high)[near] - level),
                ("theirs", x[near], decibels(ours)[near] - level)]
            charts.append(panels.Panel(
                f"{name}, " + ("by frequency" if kind == 0 else "by frequency / B"),
                (-0.25, 0.25) if kind == 0 else (-2, 2), (-60, 3), curves,
                ([-0.2, -0.1, 0, 0.1, 0.2] if kind == 0 else [-2, -1, 0, 1, 2],
                 [0, -20, -40, -60])))
    panels.write(
        ROOT / "docs/reference-signals/prototype.svg", "Mean spectra of 2,000 draws a class",
        "Decibels below the highest. Blue: the prototype's mean and the 99 % interval of the "
        "difference;\norange: the generator's mean.", charts, columns=2, width=330, height=150)


if __name__ == "__main__":
    main()
