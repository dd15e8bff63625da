"""Makes the files that the tests of Dataset/ and Model/ are held against.

    pip install numpy safetensors
    python3 Tests/Reference/dataset_goldens.py

The same bytes come out of every run (NumPy 2, safetensors 0.5 or later).
"""

import json
import struct
from pathlib import Path

import numpy as np
from numpy.lib import format as npy
from safetensors.numpy import load, save

goldens = Path(__file__).parent.parent / "SignalPipelineTests" / "Goldens"
dataset = goldens / "Dataset"
model = goldens / "Model"


def write_npy(name: str, array: np.ndarray, version: tuple[int, int] | None = None) -> None:
    with open(dataset / name, "wb") as file:
        npy.write_array(file, array, version=version)


def npy_files() -> None:
    counted = np.arange(6, dtype="<f4").reshape(2, 3)
    write_npy("f4-2x3.npy", counted / 4 - 0.5)
    write_npy("f4-2x3-version2.npy", counted / 4 - 0.5, (2, 0))
    write_npy("f4-2x3-version3.npy", counted / 4 - 0.5, (3, 0))
    write_npy("f4-2x3-fortran.npy", np.asfortranarray(counted))
    write_npy("f8-scalar.npy", np.array(np.pi))
    write_npy("i8-4.npy", np.array([3, -1, 2**62, -(2**63)], dtype="<i8"))
    write_npy("i4-2x1x2.npy", np.array([[[1, -2]], [[2**31 - 1, -(2**31)]]], dtype="<i4"))
    write_npy("u1-3.npy", np.array([0, 127, 255], dtype="u1"))
    write_npy("c8-2.npy", np.array([1 - 2j, 0.5j], dtype="<c8"))
    write_npy("f4-empty.npy", np.zeros((0, 5), dtype="<f4"))
    write_npy("f4-big-endian.npy", counted.astype(">f4"))
    write_npy("structured.npy", np.zeros(2, dtype=[("a", "<f4"), ("b", "<i4")]))


def safetensors_files() -> None:
    tensors = {
        "0.weight": np.arange(12, dtype="<f4").reshape(2, 2, 3) / 8,
        "0.bias": np.array([np.float32(0.1), np.inf], dtype="<f4"),
        "mean": np.array([[1e300], [-0.0]], dtype="<f8"),
        "steps": np.array(-(2**40), dtype="<i8"),
        "none": np.zeros((0, 3), dtype="<f4"),
    }
    metadata = {"format": "pt", "Größe": 'quote " slash / newline \n'}
    # The package writes its metadata in a random order: one of the two is kept.
    content = save(tensors, metadata)
    while content.index(b'"format"') > content.index("Größe".encode()):
        content = save(tensors, metadata)
    (model / "package.safetensors").write_bytes(content)

    # What this library writes for the same content: keys sorted, values in the order of the names
    # below. The package must read it.
    offset, header, body = 0, {"__metadata__": metadata}, b""
    types = {"<f4": "F32", "<f8": "F64", "<i8": "I64"}
    for name, array in tensors.items():
        data = array.tobytes()
        header[name] = {
            "dtype": types[array.dtype.str],
            "shape": list(array.shape),
            "data_offsets": [offset, offset + len(data)],
        }
        offset += len(data)
        body += data
    text = json.dumps(header, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    text += b" " * (-len(text) % 8)
    content = struct.pack("<Q", len(text)) + text + body
    read = load(content)
    assert read.keys() == tensors.keys()
    for name, array in tensors.items():
        assert read[name].dtype == array.dtype and read[name].shape == array.shape
        assert read[name].tobytes() == array.tobytes()
    (model / "swift.safetensors").write_bytes(content)


if __name__ == "__main__":
    dataset.mkdir(parents=True, exist_ok=True)
    model.mkdir(parents=True, exist_ok=True)
    npy_files()
    safetensors_files()
