"""The tables of what `network.py` measured, as Markdown.

    network_report.py FILE      (what `network.py --json FILE` wrote)
"""

import json
import os
import platform
import statistics
import sys

# By how much psdpipe is to be faster, by job, network and peer; by the threads where it differs.
TARGETS = {
    "training": {
        "founding": {"PyTorch, tuned": 5, "TensorFlow": 1.5},
        "strided": {"PyTorch, tuned": 1.7, "TensorFlow": {1: 1.3, 2: 2}},
        "keras-1024": {"TensorFlow": 1.2},
        "default": {"PyTorch, tuned": 2.5},
    },
    "inference": {
        name: {"ONNX Runtime": 1.3} for name in ("founding", "founding-gmp", "strided", "default")
    },
}
TWO_THREADS = 1.9
MEMORY = {"founding": 0.5}

EXPLANATION = """\
Medians (least–greatest) of the turns, a process each. One thread is bound to the first core; two
are the libraries' own setting. Ratios are of medians, psdpipe's speed over the peer's, with what
is wanted in brackets. Shares count dense operations: the time that fused multiply-adds in
registers (FMA), or OpenBLAS's products of 512 × 512 matrices, would need for them, over the time
needed. A max-pool's gradient is sparse, so that a share can exceed 100 %.

Training is forward, cross-entropy, backward and Adam in float32. In psdpipe's steps the features
of fresh spectra, the order of the examples and the sum of the micro-batches' gradients are
inside; the peers have one batch that stays. psdpipe's process holds the spectra, the best and the
last epoch's parameters, too. PyTorch, tuned: the allocator keeps freed memory, Adam is fused.
TensorFlow: the step is one graph; of that and the step compiled by XLA the faster.

Inference is a call with ready input. psdpipe gives parts of 1 to 16 examples to the threads, so
that one example stays on one thread. ONNX Runtime has every optimisation of the graph on, and a
model for the very size of the batch."""


def processor():
    with open("/proc/cpuinfo", encoding="utf-8") as file:
        names = [line.split(":", 1)[1].strip() for line in file if line.startswith("model name")]
    return names[0] if names else platform.machine()


class Measured:
    """The turns of one run, by what was done."""

    def __init__(self, result):
        self.networks = result["networks"]
        self.turns = {}
        for turn in result["turns"]:
            key = (turn["job"], turn.get("network"), turn.get("batch"), turn["threads"])
            self.turns.setdefault(key, {}).setdefault(turn.get("contender"), []).append(turn)

    def cases(self, job):
        """Network, batch and threads of each case of a job, in the order of the turns."""
        return [key[1:] for key in self.turns if key[0] == job]

    def values(self, job, case, contender, key="seconds"):
        """What a contender's turns answered, ascending; empty if it had none."""
        turns = self.turns.get((job, *case), {}).get(contender, [])
        return sorted(turn[key] for turn in turns)

    def limit(self, name, threads):
        """A limit's median rate [operations/s], or None."""
        rates = self.values(name, (None, None, threads), None, "gflops")
        return 1e9 * statistics.median(rates) if rates else None

    def fastest(self, job, case, *contenders):
        """The one with the least median time; the first if none had a turn."""
        found = [name for name in contenders if self.values(job, case, name)]
        if not found:
            return contenders[0]
        return min(found, key=lambda name: statistics.median(self.values(job, case, name)))

    def share(self, job, case, name):
        """The share of a limit that psdpipe reaches."""
        network, batch, threads = case
        times, rate = self.values(job, case, "psdpipe"), self.limit(name, threads)
        if not times or rate is None:
            return "—"
        flops = batch * self.networks[network][f"{job}Flops"]
        return f"{100 * flops / rate / statistics.median(times):.0f} %"

    def ratio(self, job, case, peer, name):
        """psdpipe's speed over a peer's, with what is wanted of `name`."""
        ours, theirs = (self.values(job, case, who) for who in ("psdpipe", peer))
        if not ours or not theirs:
            return "—"
        wanted = TARGETS[job].get(case[0], {}).get(name)
        if isinstance(wanted, dict):
            wanted = wanted[case[2]]
        told = f"{statistics.median(theirs) / statistics.median(ours):.2f}"
        return told if wanted is None else f"{told} (≥ {wanted})"

    def scaling(self, job, case):
        """psdpipe's speed on two threads over that on one."""
        network, batch, threads = case
        one, two = (self.values(job, (network, batch, n), "psdpipe") for n in (1, 2))
        if threads != 2 or not one or not two:
            return ""
        told = f"{statistics.median(one) / statistics.median(two):.2f}"
        return f"{told} (≥ {TWO_THREADS})" if job == "training" else told


def number(value):
    """Three digits or whole."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def spread(values, scale=lambda value: value):
    """Median and range of what `scale` makes of values."""
    if not values:
        return "—"
    scaled = sorted(map(scale, values))
    return f"{number(statistics.median(scaled))} ({number(scaled[0])}–{number(scaled[-1])})"


def table(titles, rows):
    lines = [titles, ["---"] * len(titles), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def training(measured):
    """Examples a second of every contender."""
    rows = []
    for case in measured.cases("training"):
        tensorflow = measured.fastest("training", case, "TensorFlow", "TensorFlow, XLA")
        mark = " XLA" if tensorflow.endswith("XLA") else ""
        peers = {"PyTorch": "PyTorch", "PyTorch, tuned": "PyTorch, tuned", "TensorFlow": tensorflow}

        def rate(contender, case=case):
            times = measured.values("training", case, contender)
            return spread(times, lambda time: case[1] / time)

        row = [case[0], str(case[2]), rate("psdpipe"), measured.scaling("training", case)]
        row += [measured.share("training", case, name) for name in ("fma", "products")]
        for name, peer in peers.items():
            row.append(rate(peer) + (mark if name == "TensorFlow" else ""))
            row.append(measured.ratio("training", case, peer, name))
        rows.append(row)
    titles = ["network", "threads", "psdpipe", "two over one", "of FMA", "of products"]
    titles += ["PyTorch", "ratio", "PyTorch, tuned", "ratio", "TensorFlow", "ratio"]
    return table(titles, rows)


def memory(measured):
    """The peak memory of every contender's process [MB], greatest of its turns."""
    contenders = ["psdpipe", "PyTorch", "PyTorch, tuned", "TensorFlow", "TensorFlow, XLA"]
    rows = []
    for case in measured.cases("training"):
        peaks = [measured.values("training", case, name, "peakMB") for name in contenders]
        row = [case[0], str(case[2])] + [number(p[-1]) if p else "—" for p in peaks]
        share = "—"
        if peaks[0] and peaks[1]:
            share = f"{peaks[0][-1] / peaks[1][-1]:.2f}"
            share += f" (≤ {MEMORY[case[0]]})" if case[0] in MEMORY else ""
        rows.append([*row, share])
    return table(["network", "threads", *contenders, "psdpipe over PyTorch"], rows)


def inference(measured):
    """Microseconds a call of every contender."""
    rows = []
    for case in measured.cases("inference"):

        def time(contender, case=case):
            return spread(measured.values("inference", case, contender), lambda s: 1e6 * s)

        row = [case[0], str(case[1]), str(case[2]), time("psdpipe")]
        row += [measured.scaling("inference", case)]
        row += [measured.share("inference", case, name) for name in ("fma", "products")]
        for peer in ("ONNX Runtime", "PyTorch"):
            row += [time(peer), measured.ratio("inference", case, peer, peer)]
        rows.append(row)
    titles = ["network", "batch", "threads", "psdpipe", "two over one", "of FMA", "of products"]
    return table([*titles, "ONNX Runtime", "ratio", "PyTorch", "ratio"], rows)


def limits(measured):
    """The limits' rates [GFLOP/s]."""
    rows = []
    for case in measured.cases("fma"):
        rates = [measured.values(name, case, None, "gflops") for name in ("fma", "products")]
        rows.append([str(case[2]), *map(spread, rates)])
    return table(["threads", "FMA in registers", "OpenBLAS's products"], rows)


def text(result):
    """The whole report."""
    measured = Measured(result)
    versions = ", ".join(f"{name} {version}" for name, version in result["versions"].items())
    parts = [f"{processor()}, {os.cpu_count()} cores; {versions or 'no peer'}", EXPLANATION]
    parts += ["Limits, GFLOP/s", limits(measured)]
    if measured.cases("training"):
        batch = measured.cases("training")[0][1]
        parts += [f"Training, batch {batch}, examples/s", training(measured)]
        parts += ["Training, peak memory of the process, MB", memory(measured)]
    if measured.cases("inference"):
        parts += ["Inference, µs a call", inference(measured)]
    return "\n\n".join(parts)


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8") as source:
        print(text(json.load(source)))
