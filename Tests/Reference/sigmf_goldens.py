"""Makes Tests/SignalPipelineTests/Goldens/SigMF with the tool that owns the format.

    pip install sigmf==1.14.0 numpy
    python3 Tests/Reference/sigmf_goldens.py

Recordings, archives and collections are made, validated and read back by sigmf-python; archives
whose form it does not write (ustar and GNU names, other orders, several recordings) by Python's
tarfile. expected.json holds what these two read from each.
"""

import hashlib
import io
import json
import pathlib
import tarfile
import warnings

import numpy as np
import sigmf
from sigmf import SigMFCollection, SigMFFile

warnings.simplefilter("error", DeprecationWarning)
FOLDER = pathlib.Path(__file__).parent.parent / "SignalPipelineTests/Goldens/SigMF"
EXPECTED = {}


def samples(count, seed):
    generator = np.random.default_rng(seed)
    return generator.standard_normal(count) / 8 + 1j * generator.standard_normal(count) / 8


def stored(datatype, values):
    """The bytes of complex samples."""
    parts = np.stack([values.real, values.imag], axis=1).ravel()
    if datatype == "cf32_le":
        return parts.astype("<f4").tobytes()
    if datatype == "ci16_le":
        return np.round(parts * 32767).astype("<i2").tobytes()
    if datatype == "cu8":
        return np.clip(np.round(parts * 127 + 128), 0, 255).astype("u1").tobytes()
    raise ValueError(datatype)


def expect(name, recording, values, **more):
    """Notes what sigmf-python tells of a recording."""
    EXPECTED[name] = {
        "datatype": recording.get_global_field("core:datatype"),
        "rate": recording.get_global_field("core:sample_rate"),
        "sha512": recording.get_global_field("core:sha512"),
        "count": len(values),
        "first": [float(values[0].real), float(values[0].imag)],
        "last": [float(values[-1].real), float(values[-1].imag)],
        "captures": recording.get_captures(),
        "annotations": recording.get_annotations(),
        **more,
    }


def conforming(name, datatype, count, seed, captures, annotations=(), offset=None, **fields):
    """A recording of two files, written and read back by sigmf-python."""
    data = FOLDER / f"{name}.sigmf-data"
    data.write_bytes(stored(datatype, samples(count, seed)))
    recording = SigMFFile(
        data_file=data,
        global_info={
            "core:datatype": datatype,
            "core:sample_rate": 250000,
            "core:author": "psdpipe's tests",
            **({"core:offset": offset} if offset else {}),
            **fields,
        },
    )
    for start, metadata in captures:
        recording.add_capture(start, metadata=metadata)
    for start, length, metadata in annotations:
        recording.add_annotation(start, length=length, metadata=metadata)
    recording.validate()
    recording.tofile(FOLDER / f"{name}.sigmf-meta", overwrite=True)
    again = sigmf.fromfile(FOLDER / f"{name}.sigmf-meta")
    again.validate()
    expect(name, again, again.read_samples())
    return again


def noncomforming():
    """Two chunks of samples, each behind a header, and a trailer."""
    values = stored("cu8", samples(700, 3))
    chunks = b"HEAD" + values[:1000] + b"head+2" + values[1000:] + b"end"
    (FOLDER / "foreign.dat").write_bytes(chunks)
    metadata = {
        "global": {
            "core:datatype": "cu8",
            "core:version": sigmf.__specification__,
            "core:sample_rate": 48000,
            "core:dataset": "foreign.dat",
            "core:trailing_bytes": 3,
            "core:sha512": hashlib.sha512(chunks).hexdigest(),
        },
        "captures": [
            {"core:sample_start": 0, "core:header_bytes": 4, "core:frequency": 100e6},
            {"core:sample_start": 500, "core:header_bytes": 6, "core:frequency": 101e6},
        ],
        "annotations": [],
    }
    path = FOLDER / "foreign.sigmf-meta"
    path.write_text(json.dumps(metadata, indent=2) + "\n")
    recording = sigmf.fromfile(path)
    recording.validate()
    boundaries = [recording.get_capture_byte_boundaries(index) for index in range(2)]
    expect(
        "foreign",
        recording,
        (np.frombuffer(values, "u1").astype(float) - 128).view(complex) / 128,
        boundaries=boundaries,
    )


def archive(name, members, format):
    """A tar archive of files and names, as tarfile writes and finds them."""
    path = FOLDER / f"{name}.sigmf"
    with tarfile.open(path, "w", format=format) as tar:
        for member, content in members:
            entry = tarfile.TarInfo(member)
            if content is None:
                entry.type = tarfile.DIRTYPE
                tar.addfile(entry)
            else:
                entry.size = len(content)
                tar.addfile(entry, io.BytesIO(content))
    # tarfile pads to 20 blocks; two blocks of zeros are what the format asks for.
    with tarfile.open(path) as tar:
        entries = tar.getmembers()
        end = max(entry.offset_data + -(-entry.size // 512) * 512 for entry in entries) + 1024
    path.write_bytes(path.read_bytes()[:end])
    note(name)


def note(name):
    with tarfile.open(FOLDER / f"{name}.sigmf") as tar:
        EXPECTED[name + ".sigmf"] = {
            entry.name: [entry.offset_data, entry.size] for entry in tar if entry.isfile()
        }


def main():
    FOLDER.mkdir(parents=True, exist_ok=True)
    for old in FOLDER.iterdir():
        old.unlink()
    whole = conforming(
        "tuned",
        "cf32_le",
        300,
        1,
        [
            (0, {"core:frequency": 433920000, "core:datetime": "2024-02-29T23:59:60.25Z"}),
            (100, {"core:frequency": 434.5e6, "core:global_index": 900}),
            (250, {}),
        ],
        [
            (
                10,
                50,
                {
                    "core:freq_lower_edge": 433.9e6,
                    "core:freq_upper_edge": 433.94e6,
                    "core:label": "fsk",
                    "core:comment": "Läuft",
                    "core:generator": "a person",
                    "core:uuid": "4f0b1b9e-6d5b-4f1a-9b1b-0a6a3d3d2c11",
                    "own:power": [1, 2.5, {"unit": "dBm"}],
                },
            ),
            (120, None, {"core:comment": "only a comment"}),
        ],
        **{"core:extensions": [{"name": "own", "version": "0.1.0", "optional": True}]},
    )
    conforming("part", "ci16_le", 200, 2, [(1000, {"core:frequency": 7.1e6}), (1150, {})], offset=1000)
    noncomforming()

    # As sigmf-python archives: a folder, the samples, then their metadata, in pax form.
    whole.archive(FOLDER / "own.sigmf", overwrite=True)
    again = sigmf.fromfile(FOLDER / "own.sigmf")
    assert np.array_equal(again.read_samples(), whole.read_samples())
    note("own")

    def files(name):
        return [
            (FOLDER / f"{name}.sigmf-{kind}").read_bytes() for kind in ["meta", "data"]
        ]

    (meta, data), (meta2, data2) = files("tuned"), files("part")
    archive(
        "ustar", [("./n", None), ("./n/n.sigmf-meta", meta), ("./n/n.sigmf-data", data)], tarfile.USTAR_FORMAT
    )
    long = "long" * 30
    archive(
        "gnu",
        [
            ("readme.txt", b"not SigMF"),
            (f"{long}/{long}.sigmf-data", data2),
            (f"{long}/{long}.sigmf-meta", meta2),
        ],
        tarfile.GNU_FORMAT,
    )
    archive(
        "pax",
        [("größe/größe.sigmf-meta", meta2), ("größe/größe.sigmf-data", data2)],
        tarfile.PAX_FORMAT,
    )
    foreign = (FOLDER / "foreign.sigmf-meta").read_bytes()
    archive(
        "several",
        [
            ("b/b.sigmf-meta", meta2),
            ("a/a.sigmf-data", data),
            ("a/foreign.dat", (FOLDER / "foreign.dat").read_bytes()),
            ("a/foreign.sigmf-meta", foreign),
            ("a/a.sigmf-meta", meta),
            ("b/b.sigmf-data", data2),
        ],
        tarfile.PAX_FORMAT,
    )

    collection = SigMFCollection(
        ["tuned.sigmf-meta", "part.sigmf-meta"],
        metadata={"collection": {"core:description": "two", "core:extensions": []}},
        base_path=FOLDER,
    )
    collection.tofile(FOLDER / "both.sigmf-collection", overwrite=True)
    EXPECTED["both"] = collection.get_collection_field("core:streams")

    (FOLDER / "expected.json").write_text(json.dumps(EXPECTED, indent=1, sort_keys=True) + "\n")
    for path in sorted(FOLDER.iterdir()):
        assert path.stat().st_size < 20_000, path
        print(path.name, path.stat().st_size)


main()
