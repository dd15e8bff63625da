#!/usr/bin/env python3
"""The tables and the picture of docs/other-generators.md, for scripts/study-generators.sh.

    generators_table.py PSDPIPE WORK

WORK holds the test sets in other/, own/, narrow/ and wide/, and models RECIPE-SEED.safetensors. Tells
what each model says: the class of the highest probability, and beside it what `classify` answers,
which may be `unknown`. Writes docs/other-generators.svg, the spectra of what the plain recipe gets
wrong most, and what the one of more bandwidths says.
"""
import collections
import csv
import io
import json
import pathlib
import subprocess
import sys

import numpy as np

import panels

PICTURE = pathlib.Path(__file__).parent.parent.parent / "docs/other-generators.svg"
RECIPES = {"plain": "as the classes are", "families": "wider families",
           "bandwidths": "and more bandwidths", "msk": "and MSK as often"}
OTHERS = ["gnuradio", "liquid", "gnuradio-usual", "liquid-usual"]
OWN = ["own", "narrow", "wide"]
CLASSES = ["am", "fsk", "rrc", "ofdm"]


def output(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def answers(program, model, folder):
    """(conditions, most probable class, answer) of each example of other generators."""
    said = {}
    text = output(program, "classify", "--model", model, folder / "captures", "--as", "csv")
    for row in csv.DictReader(io.StringIO(text)):
        if row["type"] != "window":
            continue
        told = {key[2:]: float(value) for key, value in row.items()
                if key.startswith("p_") and value}
        said[row["source"]] = max(told, key=told.get) if told else row["class"], row["class"]
    with open(folder / "conditions.jsonl") as lines:
        for line in map(json.loads, lines):
            yield line, *said[str(folder / line["details"]["capture"])]


def accuracy(program, model, folder):
    for line in output(program, "evaluate", model, folder).splitlines():
        if line.startswith("accuracy"):
            return float(line.split()[1])


def spread(values):
    """Mean and standard deviation, or the value alone."""
    mean = f"{np.mean(values):.3f}"
    return mean + (f" ± {np.std(values, ddof=1):.3f}" if len(values) > 1 else "")


def table(title, rows):
    print("|", " | ".join(title), "|")
    print("|" + "---|" * len(title))
    for row in rows:
        print("|", " | ".join(row), "|")
    print()


def picture(work, found):
    """Spectra of the kinds that the plain recipe misses most."""
    shown = []
    for folder in OTHERS[:2]:
        missed = collections.Counter(
            (line["class"], line["details"]["kind"]) for line, best, _ in found["plain"][folder][0]
            if best != line["class"])
        density = np.load(work / "other" / folder / "psd.npy", mmap_mode="r")
        for name, kind in [key for key, _ in missed.most_common(3)]:
            rows = [(line, best, row) for row, (line, best, _) in enumerate(
                found["plain"][folder][0]) if (line["class"], line["details"]["kind"])
                == (name, kind) and best != name]
            line, best, row = max(rows, key=lambda entry: entry[0]["snr"])
            later = found["bandwidths"][folder][0][row][1]
            powers = np.array(density[row], float).reshape(-1, 8).mean(1)
            bins = len(powers)
            powers = np.roll(powers, round(-line["offset"] * bins))
            level = 10 * np.log10(powers)
            frequency = np.arange(bins) / bins - 0.5
            near = np.abs(frequency) <= 0.25
            shown.append(panels.Panel(
                f"{folder}: {name}, {kind}: {best}, then {later}", (-0.25, 0.25), (-5, 35),
                [("theirs", frequency[near], (level - np.percentile(level, 20))[near])],
                ([-0.2, -0.1, 0, 0.1, 0.2], [0, 10, 20, 30])))
    panels.write(
        PICTURE, "signals of others that the first recipe does not know",
        "Decibels above the 20th percentile over frequency from the signal's centre\n"
        "[cycles/sample]; what the first and the third recipe say to it.", shown, columns=3)


def main():
    program, work = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    found, own = {}, {}
    for recipe in RECIPES:
        models = sorted(work.glob(f"{recipe}-?.safetensors"))
        found[recipe] = {folder: [list(answers(program, model, work / "other" / folder))
                                  for model in models] for folder in OTHERS}
        own[recipe] = {folder: [accuracy(program, model, work / folder) for model in models]
                       for folder in OWN}
    right = {recipe: {folder: [[best == line["class"] for line, best, _ in told] for told in runs]
                      for folder, runs in sets.items()} for recipe, sets in found.items()}
    table(["trained on", *OTHERS, *OWN], [
        [about, *(spread([np.mean(run) for run in right[recipe][folder]]) for folder in OTHERS),
         *(spread(own[recipe][folder]) for folder in OWN)] for recipe, about in RECIPES.items()])
    table(["trained on", "generator", *CLASSES, "answers right", "unknown", "wrong"], [
        [about, folder, *(spread([
            np.mean([best == name for line, best, _ in run if line["class"] == name])
            for run in found[recipe][folder]]) for name in CLASSES),
         *(spread([np.mean([kind(line, answer) for line, _, answer in run])
                   for run in found[recipe][folder]]) for kind in (
             lambda line, answer: answer == line["class"],
             lambda line, answer: answer in ("unknown", "noise"),
             lambda line, answer: answer not in (line["class"], "unknown", "noise")))]
        for recipe, about in RECIPES.items() for folder in OTHERS])
    def share(recipe, folder, name, kind):
        return np.mean([best == name for run in found[recipe][folder] for line, best, _ in run
                        if (line["class"], line["details"]["kind"]) == (name, kind)])

    kinds = list(dict.fromkeys((folder, line["class"], line["details"]["kind"])
                               for folder in OTHERS[:2] for line, *_ in found["plain"][folder][0]))
    table(["class", "generator", "kind", *RECIPES.values()], [
        [name, folder, kind, *(f"{share(recipe, folder, name, kind):.2f}" for recipe in RECIPES)]
        for folder, name, kind in sorted(kinds, key=lambda k: CLASSES.index(k[1]))])
    picture(work, found)


if __name__ == "__main__":
    main()
