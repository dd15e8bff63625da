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
            reach, ticks = (0.25, [-0.2, -0.1, 0, 0.1, 0.2]) if kind == 0 else (2, [-2, -1, 0, 1, 2])
            near = np.abs(x) <= reach
            if kind == 0:
                levels = [decibels(power / mean.max())[near] for power in (mean, ours)]
                charts.append(panels.Panel(
                    f"{name}: mean density [dB]", (-reach, reach), (-60, 3),
                    [("ours", x[near], levels[0]), ("theirs", x[near], levels[1])],
                    (ticks, [0, -20, -40, -60])))
            across = np.array([-reach, reach])
            charts.append(panels.Panel(
                f"{name}: difference [σ] " + ("by frequency", "by frequency/B")[kind],
                (-reach, reach), (-5, 5),
                [("range", across, [-2.5758] * 2, [2.5758] * 2),
                 ("theirs", x[near & counted], z[near[counted]])], (ticks, [-4, -2, 0, 2, 4])))
    panels.write(
        ROOT / "docs/reference-signals/prototype.svg", "Mean spectra of 2,000 draws a class",
        "Left, blue: the prototype; orange, over it: the generator.\n"
        "Middle and right: their difference in standard errors, with the 99 % interval.",
        charts, columns=3, width=230, height=130)


if __name__ == "__main__":
    main()
