"""What every contender written in Python shares: arguments, the clock, and the answer.

A turn is a process that warms up, works for some seconds and prints one line of JSON, as
`PipelineBenchmarks training` does.
"""

import argparse
import json
import re
import statistics
import time


def arguments(*flags):
    """What one turn is to do: JOB FILE BATCH THREADS SECONDS, and flags that may be set."""
    parser = argparse.ArgumentParser()
    parser.add_argument("job")
    parser.add_argument("file", help="the network: what `describe` printed, or its ONNX model")
    parser.add_argument("batch", type=int, help="examples of one repeat")
    parser.add_argument("threads", type=int)
    parser.add_argument("seconds", type=float)
    for flag in flags:
        parser.add_argument(flag, action="store_true")
    return parser.parse_args()


def network(path):
    """The description that `PipelineBenchmarks describe` printed: input shape and layers."""
    with open(path, encoding="utf-8") as file:
        return json.load(file)["network"]


def times(repeat, seconds):
    """Times of one repeat [s]; half a second and three repeats warm up and do not count."""
    begin, warm_ups = time.perf_counter(), 0
    while warm_ups < 3 or time.perf_counter() - begin < 0.5:
        repeat()
        warm_ups += 1
    found = []
    while sum(found) < seconds or len(found) < 5:
        start = time.perf_counter()
        repeat()
        found.append(time.perf_counter() - start)
    return found


def answer(found, parameters=None):
    """Prints the median time [s], the number of repeats and the process's peak memory [MB]."""
    with open("/proc/self/status", encoding="ascii") as file:
        peak = int(re.search(r"VmHWM:\s+(\d+) kB", file.read())[1])
    told = {
        "seconds": statistics.median(found),
        "repeats": len(found),
        "peakMB": peak * 1024 / 1e6,
    }
    if parameters is not None:
        told["parameters"] = parameters
    print(json.dumps(told))


def circular_margins(layer):
    """How many positions of the circle a convolution sees before and behind its input."""
    span = layer.get("dilation", 1) * (layer["kernelSize"] - 1) + 1
    extra = span - layer.get("stride", 1)
    return extra // 2, extra - extra // 2
