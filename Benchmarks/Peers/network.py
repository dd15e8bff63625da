"""Times networks of psdpipe beside PyTorch, TensorFlow and ONNX Runtime, in turns.

    network.py FOLDER OURS [--rounds N] [--seconds S] [--only NETWORK ...] [--json FILE]

FOLDER holds `fma` and takes the networks; OURS is the benchmarks' program, which tells the peers
what to build. A turn is a process that warms up, works for some seconds and answers with its median
time of a repeat and its peak memory; in a round every contender has one. Peers that are not there
are skipped by name. All must count the same parameters. Prints Markdown.
"""

import argparse
import dataclasses
import json
import os
import subprocess
import sys

import network_report

HERE = os.path.dirname(os.path.abspath(__file__))
STRIDED = os.path.join(os.path.dirname(HERE), "Networks", "strided.json")
TRAINED = ["founding", "founding-gmp", "founding-gap", STRIDED, "keras-1024", "default"]
INFERRED = ["founding", "founding-gmp", STRIDED, "default"]
TRAINING_BATCH = 32
INFERENCE_BATCHES = [1, 64]

# The C library's allocator then keeps what is freed, and a step touches no fresh memory.
KEPT_MEMORY = {
    "MALLOC_TOP_PAD_": str(1 << 30),
    "MALLOC_TRIM_THRESHOLD_": str(1 << 32),
    "MALLOC_MMAP_THRESHOLD_": str(1 << 32),
}


@dataclasses.dataclass(frozen=True)
class Contender:
    """A program that takes turns; psdpipe's own has no script."""

    name: str
    package: str = ""
    script: str = ""
    flags: tuple = ()
    environment: dict = dataclasses.field(default_factory=dict, hash=False)


OURS = Contender("psdpipe")
TORCH = Contender("PyTorch", "torch", "network_torch.py")
TRAINERS = [
    OURS,
    TORCH,
    Contender("PyTorch, tuned", "torch", "network_torch.py", ("--fused",), KEPT_MEMORY),
    Contender("TensorFlow", "tensorflow", "network_tensorflow.py"),
    Contender("TensorFlow, XLA", "tensorflow", "network_tensorflow.py", ("--xla",)),
]
INFERRERS = [OURS, Contender("ONNX Runtime", "onnxruntime", "network_onnx.py"), TORCH]


@dataclasses.dataclass(frozen=True)
class Case:
    """What all contenders do in their turns."""

    job: str
    network: str
    batch: int
    threads: int


def parse():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("ours")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=2.5, help="timed in each turn")
    parser.add_argument("--only", nargs="+", metavar="NETWORK", help="such as founding or strided")
    parser.add_argument("--json", metavar="FILE", help="write every turn's answer, too")
    options = parser.parse_args()
    known = [label(network) for network in TRAINED]
    for name in options.only or []:
        if name not in known:
            parser.error(f"--only {name}: there are {', '.join(known)}")
    if options.rounds < 1 or not options.seconds > 0:
        parser.error("--rounds and --seconds must be above 0")
    return options


def label(network):
    """A preset's name, or a file's without its folder and ending."""
    return os.path.splitext(os.path.basename(network))[0]


def progress(text):
    """Replaces the last line on a terminal."""
    if sys.stderr.isatty():
        print(f"\r\x1b[K{text}", end="", file=sys.stderr, flush=True)


def warn(text):
    progress("")
    print(f"bench-peers: {text}", file=sys.stderr)


def versions():
    """The versions of the peers' packages that can be imported."""
    found = {}
    for package in ("torch", "tensorflow", "onnxruntime"):
        program = f"import {package}; print({package}.__version__)"
        done = subprocess.run(
            [sys.executable, "-c", program], check=False, capture_output=True, text=True
        )
        if done.returncode == 0:
            found[package] = done.stdout.strip()
        else:
            warn(f"{package} cannot be imported: its contenders are skipped")
    return found


class Runner:
    """Runs turns and keeps what they answer."""

    def __init__(self, options):
        self.options = options
        self.accounts = {}
        self.turns = []
        self.failed = set()

    def describe(self, network):
        """Asks psdpipe what the network is and writes it for the peers."""
        text = subprocess.check_output([self.options.ours, "describe", network], text=True)
        with open(self.path(network, "json"), "w", encoding="utf-8") as file:
            file.write(text)
        self.accounts[label(network)] = json.loads(text)

    def export(self, network, batch):
        """Writes the ONNX model for batches of one size; PyTorch does it."""
        command = [sys.executable, os.path.join(HERE, TORCH.script), "export"]
        command += [self.path(network, "json"), str(batch), "1", "1"]
        done = subprocess.run(command, check=False, capture_output=True)
        if done.returncode != 0:
            return warn(f"no ONNX model of {label(network)}: {last_line(done.stderr.decode())}")
        with open(self.path(network, "onnx", batch), "wb") as file:
            file.write(done.stdout)

    def path(self, network, ending, batch=""):
        return os.path.join(self.options.folder, f"{label(network)}{batch}.{ending}")

    def command(self, contender, case):
        """The words of one turn."""
        numbers = [str(case.batch), str(case.threads), str(self.options.seconds)]
        if contender is OURS:
            return [self.options.ours, case.job, case.network, *numbers]
        file = self.path(case.network, "json")
        if contender.package == "onnxruntime":
            file = self.path(case.network, "onnx", case.batch)
        script = os.path.join(HERE, contender.script)
        return [sys.executable, script, case.job, file, *numbers, *contender.flags]

    def turn(self, round_, contender, case):
        """One turn; a contender that fails in a case is told of once and has no more turns."""
        if (contender, case) in self.failed:
            return
        what = f"{case.job} {label(case.network)}, batch {case.batch}, threads {case.threads}"
        progress(f"round {round_ + 1} of {self.options.rounds}: {what}: {contender.name}")
        answer = run(self.command(contender, case), case.threads, contender.environment)
        if isinstance(answer, str):
            self.failed.add((contender, case))
            return warn(f"{contender.name} failed, {what}: {answer}")
        wanted = self.accounts[label(case.network)]["parameters"]
        if answer.setdefault("parameters", wanted) != wanted:
            sys.exit(f"{contender.name} has {answer['parameters']} parameters, psdpipe {wanted}")
        told = dataclasses.asdict(case) | {"network": label(case.network), "round": round_}
        self.turns.append(told | {"contender": contender.name} | answer)

    def limits(self, round_, threads):
        """The rates of fused multiply-adds and of OpenBLAS's dense products."""
        fma = [os.path.join(self.options.folder, "fma")]
        for name, words in (("fma", fma), ("products", [self.options.ours, "products"])):
            progress(f"round {round_ + 1} of {self.options.rounds}: {name}, threads {threads}")
            answer = run([*words, str(threads), "1"], threads, {})
            if isinstance(answer, str):
                warn(f"{name} failed: {answer}")
                continue
            told = {"job": name, "threads": threads, "round": round_}
            self.turns.append(told | answer)


def run(command, threads, environment):
    """Runs one turn; returns its answer, or as text why there is none."""
    if threads == 1:
        command = ["taskset", "-c", "0", *command]
    count = str(threads)
    settings = {"OMP_NUM_THREADS": count, "MKL_NUM_THREADS": count, "TF_CPP_MIN_LOG_LEVEL": "3"}
    try:
        done = subprocess.run(
            command,
            check=False,
            capture_output=True,
            text=True,
            env=os.environ | settings | environment,
        )
    except FileNotFoundError as error:
        return str(error)
    if done.returncode != 0:
        return last_line(done.stderr) or last_line(done.stdout) or f"exit {done.returncode}"
    return json.loads(last_line(done.stdout))


def last_line(text):
    return (text.strip().splitlines() or [""])[-1]


def cases(options, threads):
    """Every case, with the contenders that take turns in it."""

    def wanted(networks):
        return [n for n in networks if not options.only or label(n) in options.only]

    for network in wanted(TRAINED):
        for count in threads:
            yield Case("training", network, TRAINING_BATCH, count), TRAINERS
    for network in wanted(INFERRED):
        for batch in INFERENCE_BATCHES:
            for count in threads:
                yield Case("inference", network, batch, count), INFERRERS


def main():
    options = parse()
    runner = Runner(options)
    found = versions()
    threads = [1, 2] if len(os.sched_getaffinity(0)) > 1 else [1]
    plan = list(cases(options, threads))
    for network in dict.fromkeys(case.network for case, _ in plan):
        runner.describe(network)
    if {"torch", "onnxruntime"} <= found.keys():
        for network, batch in dict.fromkeys(
            (case.network, case.batch) for case, _ in plan if case.job == "inference"
        ):
            runner.export(network, batch)
    present = [(case, [c for c in them if c is OURS or c.package in found]) for case, them in plan]
    try:
        for round_ in range(options.rounds):
            for count in threads:
                runner.limits(round_, count)
            for case, contenders in present:
                for contender in contenders:
                    runner.turn(round_, contender, case)
    except KeyboardInterrupt:
        warn("interrupted; the tables hold the turns until then")
    progress("")
    result = {"versions": found, "networks": runner.accounts, "turns": runner.turns}
    if options.json:
        with open(options.json, "w", encoding="utf-8") as file:
            json.dump(result, file, indent=1)
    print(network_report.text(result))


if __name__ == "__main__":
    main()
