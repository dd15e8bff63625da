"""Makes the WAV and NumPy files that the tests of Capture/ are held against.

    apt install sox; pip install numpy scipy soundfile
    python3 Tests/Reference/wav_goldens.py

Each file is written by a tool that owns the format (SciPy, SoX, libsndfile, NumPy), or, where none
writes what is found in the wild, chunk by chunk here; SciPy or libsndfile then reads it back where
it can. `captures.json` tells what each holds: format, rate, where its samples lie, their bytes.
"""

import io
import json
import struct
import subprocess
from pathlib import Path

import numpy as np
import soundfile
from scipy.io import wavfile

folder = Path(__file__).parent.parent / "SignalPipelineTests" / "Goldens" / "Capture"
RATE = 48000
INTEGERS = {"u8": np.uint8, "i16": np.int16, "i32": np.int32}
expected = []


def samples(kind: str, channels: int) -> np.ndarray:
    """Seven samples whose numbers all differ, the extremes among them."""
    if kind in INTEGERS:
        limits = np.iinfo(INTEGERS[kind])
        values = np.linspace(limits.min, limits.max, 7 * channels).astype(INTEGERS[kind])
    else:
        values = np.linspace(-1, 1.5, 7 * channels).astype(kind)
    return values.reshape(7, channels) if channels > 1 else values


def note(name: str, content: bytes, format: str, data: bytes, **facts) -> None:
    (folder / name).write_bytes(content)
    offset = content.rindex(data)
    expected.append(
        {"file": name, "format": format, "offset": offset, "bytes": len(data), "rate": RATE} | facts
        | {"data": data.hex()}
    )


def scipy_files() -> None:
    for kind, name in [("u8", "u8"), ("i16", "i16_le"), ("i32", "i32_le"), ("f4", "f32_le"), ("f8", "f64_le")]:
        for channels, letter in [(1, "r"), (2, "c")]:
            values = samples(kind, channels)
            file = io.BytesIO()
            wavfile.write(file, RATE, values)
            note(f"scipy-{letter}{name}.wav", file.getvalue(), letter + name, values.tobytes())


def sox(*arguments: str, data: bytes, channels: int) -> bytes:
    raw = ["-t", "raw", "-r", str(RATE), "-e", "signed", "-b", "32", "-c", str(channels), "-"]
    command = ["sox", "-D", "-V1", *raw, *arguments]
    return subprocess.run(command, input=data, capture_output=True, check=True).stdout


def sox_files() -> None:
    for channels, letter in [(1, "r"), (2, "c")]:
        values = samples("i32", channels) & ~0xFF
        data = b"".join(int(v).to_bytes(4, "little", signed=True)[1:] for v in values.ravel())
        path = folder / f"sox-{letter}i24_le.wav"
        sox("-b", "24", str(path), data=values.tobytes(), channels=channels)
        note(path.name, path.read_bytes(), letter + "i24_le", data)
    values = samples("i32", 2) & ~0xFFFF
    data = (values >> 16).astype("<i2").tobytes()
    # A pipe cannot be gone back in: SoX leaves a size of 0x7FFFF000.
    note("sox-pipe.wav", sox("-b", "16", "-t", "wav", "-", data=values.tobytes(), channels=2), "ci16_le", data)


def sndfile_files() -> None:
    values = samples("i16", 2)
    for name, kind, form, subtype in [
        ("sndfile-rf64.wav", "ci16_le", "RF64", "PCM_16"),
        ("sndfile-extensible-float.wav", "cf32_le", "WAVEX", "FLOAT"),
        ("sndfile-extensible-u8.wav", "cu8", "WAVEX", "PCM_U8"),
    ]:
        file = io.BytesIO()
        given = samples("f4", 2) if subtype == "FLOAT" else values
        soundfile.write(file, given, RATE, format=form, subtype=subtype)
        content = file.getvalue()
        size = given.size * {"PCM_16": 2, "FLOAT": 4, "PCM_U8": 1}[subtype]
        start = content.index(b"data") + 8
        note(name, content, kind, content[start : start + size])


def chunk(name: bytes, content: bytes, size: int | None = None, pad: bool = True) -> bytes:
    told = len(content) if size is None else size
    return name + struct.pack("<I", told) + content + (b"\0" if pad and len(content) % 2 else b"")


def wav(*chunks: bytes, form: bytes = b"RIFF", size: int | None = None) -> bytes:
    body = b"WAVE" + b"".join(chunks)
    return form + struct.pack("<I", len(body) if size is None else size) + body


def fmt(channels: int = 2, tag: int = 1, bits: int = 16) -> bytes:
    frame = channels * bits // 8
    return chunk(b"fmt ", struct.pack("<HHIIHH", tag, channels, RATE, RATE * frame, frame, bits))


def auxi(center: int, time: tuple[int, ...] = (2020, 12, 4, 31, 12, 0, 30, 570)) -> bytes:
    content = struct.pack("<8H8HIIIII", *time, *time, center, 0, 0, 0, 0)
    return chunk(b"auxi", content.ljust(164, b"\0"))


def ds64(size: int) -> bytes:
    return chunk(b"ds64", struct.pack("<QQQI", size + 72, size, size // 4, 0))


def made_files() -> None:
    values = samples("i16", 2)
    data = values.tobytes()
    info = chunk(b"LIST", b"INFO" + chunk(b"ISFT", b"HDSDR 2.80\0"))
    tag = chunk(b"id3 ", b"ID3\3\0\0\0\0\0\1x", pad=True)
    time = {"start_time": "2020-12-31T12:00:30.570Z"}

    def made(name: str, content: bytes, check: bool = True, **facts) -> None:
        note(name, content, "ci16_le", data, **facts)
        if check:
            read = soundfile.read(io.BytesIO(content), dtype="int16")
            assert np.array_equal(read[0], values) and read[1] == RATE, name

    whole = chunk(b"data", data)
    made("auxi.wav", wav(fmt(), auxi(433_920_000), whole), center=433_920_000, **time)
    made("auxi-without-center.wav", wav(fmt(), auxi(0), whole), **time)
    made("auxi-without-date.wav", wav(fmt(), auxi(7_100_000, (0,) * 8), whole))
    xml = (
        '<?xml version="1.0"?><SDR-XML-Root Created="04-Jan-2023"><Definition Folder="C:" '
        'SampleRate="48000" RadioCenterFreq="500512500" UTCSeconds="1672837387"></Definition>'
        "</SDR-XML-Root>\r\n"
    )
    told = {"center": 500_512_500, "start_time": "2023-01-04T13:03:07Z"}
    for name, coding in [("auxi-xml-16.wav", "utf-16-le"), ("auxi-xml-8.wav", "ascii")]:
        made(name, wav(fmt(), chunk(b"auxi", xml.encode(coding)), whole), **told)
    odd = chunk(b"JUNK", b"odd", pad=False)
    behind = [whole, info, tag, auxi(433_920_000)]
    made("auxi-behind.wav", wav(fmt(), *behind), center=433_920_000, **time)
    behind = [whole, odd, auxi(433_920_000)]
    made("auxi-behind-unpadded.wav", wav(fmt(), *behind), check=False, center=433_920_000, **time)
    made("noise-behind.wav", wav(fmt(), whole, bytes(5)), check=False)
    made("chunks-around.wav", wav(info, fmt(), tag, chunk(b"fact", b"\7\0\0\0"), whole, info, tag))
    made("odd-unpadded.wav", wav(odd, fmt(), whole), check=False)
    made("size-zero.wav", wav(fmt(), chunk(b"data", data, 0), size=0), check=False)
    made("size-ones.wav", wav(fmt(), chunk(b"data", data, 0xFFFFFFFF), size=0xFFFFFFFF), check=False)
    made("size-beyond.wav", wav(fmt(), chunk(b"data", data, 4096), size=4132), check=False)
    cut = wav(fmt(), chunk(b"data", data + b"\1\2\3", 0, pad=False), size=0)
    made("size-zero-cut.wav", cut, check=False)
    sized = chunk(b"data", data, 0xFFFFFFFF)
    made("rf64.wav", wav(ds64(len(data)), fmt(), sized, info, form=b"RF64", size=0xFFFFFFFF))
    made("bw64.wav", wav(ds64(len(data)), fmt(), sized, info, form=b"BW64", size=0xFFFFFFFF), check=False)
    made("rf64-interrupted.wav", wav(ds64(0), fmt(), sized, form=b"RF64", size=0xFFFFFFFF), check=False)


def refused_files() -> None:
    data = chunk(b"data", bytes(16))
    for name, content in {
        "refused-4-channels.wav": wav(fmt(channels=4), data),
        "refused-a-law.wav": wav(fmt(tag=6, bits=8), data),
        "refused-no-data.wav": wav(fmt(), chunk(b"LIST", b"INFO")),
        "refused-no-fmt.wav": wav(data),
        "refused-short-fmt.wav": wav(chunk(b"fmt ", bytes(14)), data),
        "refused-long-chunk.wav": wav(fmt(), chunk(b"LIST", b"INFO", 0xFFFFFFF0), size=60),
        "refused-12-bytes.wav": wav(fmt(bits=48), data),
        "refused-avi.wav": wav(fmt(), data).replace(b"WAVE", b"AVI "),
    }.items():
        (folder / name).write_bytes(content)


def npy_files() -> None:
    values = (np.linspace(-1, 1, 7) + 1j * np.linspace(2, 3, 7)).astype(np.complex64)
    for name, array, format in [
        ("c8.npy", values, "cf32_le"),
        ("c8-row.npy", values.reshape(1, 7), "cf32_le"),
        ("c8-big-endian.npy", values.astype(">c8"), "cf32_be"),
        ("c16.npy", values.astype("<c16"), "cf64_le"),
    ]:
        file = io.BytesIO()
        np.save(file, array)
        note(name, file.getvalue(), format, array.tobytes(), rate=None)
    np.save(folder / "refused-f4.npy", np.zeros(4, "<f4"))
    np.save(folder / "refused-2x2.npy", np.zeros((2, 2), "<c8"))
    (folder / "refused-short.npy").write_bytes((folder / "c8.npy").read_bytes()[:-1])


folder.mkdir(parents=True, exist_ok=True)
scipy_files()
sox_files()
sndfile_files()
made_files()
refused_files()
npy_files()
lines = ",\n".join(" " + json.dumps(entry) for entry in expected)
(folder / "captures.json").write_text(f"[\n{lines}\n]\n")
