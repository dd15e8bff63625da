"""A network's inference by ONNX Runtime, every optimisation of the graph on.

    network_onnx.py inference MODEL BATCH THREADS SECONDS
"""

import numpy as np
import onnxruntime

import turns


def main():
    options = turns.arguments()
    settings = onnxruntime.SessionOptions()
    settings.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_ALL
    settings.intra_op_num_threads = options.threads
    settings.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(
        options.file, settings, providers=["CPUExecutionProvider"]
    )
    shape = session.get_inputs()[0].shape
    if shape[0] != options.batch:
        raise SystemExit(f"{options.file} takes batches of {shape[0]}, not {options.batch}")
    x = np.random.default_rng(1).random(shape, dtype=np.float32)
    turns.answer(turns.times(lambda: session.run(None, {"x": x}), options.seconds))


main()
