#!/usr/bin/env python3
"""Mean spectra of the four synthetic classes, made by plain NumPy out of their formulas.

Writes Goldens/Synthesis/spectra.json: for each class the mean power of 128 DC-centred bands over
a number of draws at one bandwidth and SNR, unit signal power, no offset, no impairments, and the
standard error of that mean. Deterministic; needs NumPy only.
"""
import json
import pathlib

import numpy as np

SAMPLES, BANDS, DRAWS, BANDWIDTH, SNR, RATE = 65_536, 128, 160, 0.12, 25.0, 48_000.0
TIME = np.arange(SAMPLES)
HALF = np.fft.rfftfreq(SAMPLES)
FULL = np.fft.fftfreq(SAMPLES)


def sine(draw, depth, low, high):
    return depth * np.sin(2 * np.pi * (draw.uniform(low, high) / RATE * TIME + draw.uniform()))


def message(draw, width):
    pitch = width * draw.uniform(0.03, 0.08)
    rate = pitch * (1 + sine(draw, 0.08, 3, 6) + sine(draw, 0.05, 0.7, 2))
    turns = np.floor(np.cumsum(rate) + draw.uniform())
    pulses = np.diff(turns, prepend=turns[:1]) / np.sqrt(pitch)
    source = pulses + draw.uniform(0.2, 1) * draw.standard_normal(SAMPLES)
    place = HALF / width
    high = (place / 0.08) ** 2
    gain = high / (1 + high) * (1 + (place / 0.15) ** 2) ** -draw.uniform(0.3, 0.7)
    for low, top, spread in ((0.08, 0.22, 0.05), (0.25, 0.6, 0.06), (0.6, 0.9, 0.08)):
        peak = draw.uniform(0.5, 3)
        gain *= 1 + peak / (1 + ((place - draw.uniform(low, top)) / spread) ** 2)
    fall = np.clip((1 - place) / 0.08, 0, 1)
    low_pass = 0.5 - 0.5 * np.cos(np.pi * fall)
    voice = np.fft.irfft(np.fft.rfft(source) * gain * low_pass)
    voice *= np.maximum(0.5 + sine(draw, 0.3, 2, 5) + sine(draw, 0.25, 0.8, 2), 0.05)
    limited = np.tanh(voice / (1.2 * voice.std()))
    return np.fft.irfft(np.fft.rfft(limited) * low_pass)


def am(draw):
    return 1 + draw.uniform(0.4, 1) * message(draw, BANDWIDTH / 2)


def fsk(draw):
    index = draw.uniform(0.7, 2.5)
    rate = BANDWIDTH / (1 + index)
    symbol = np.floor(TIME * rate + draw.uniform()).astype(int)
    frequency = (index * rate / 2 * draw.choice([-1.0, 1.0], symbol[-1] + 1))[symbol]
    if draw.uniform() < 0.5:
        cut = draw.uniform(0.5, 1) * rate
        frequency = np.fft.irfft(np.fft.rfft(frequency) * np.exp(-np.log(2) / 2 * (HALF / cut) ** 2))
    return np.exp(2j * np.pi * np.cumsum(frequency))


def rrc(draw):
    count = round(SAMPLES * BANDWIDTH / (1 + draw.uniform(0.1, 0.5)))
    rate, alpha = count / SAMPLES, BANDWIDTH * SAMPLES / count - 1
    # Every constellation is white: phases of QPSK serve for all of them.
    symbols = np.fft.fft(np.exp(0.5j * np.pi * draw.integers(0, 4, count)))
    excess = np.clip((np.abs(FULL) / rate - (1 - alpha) / 2) / alpha, 0, 1)
    bins = np.rint(FULL * SAMPLES).astype(int)
    return np.fft.ifft(symbols[bins % count] * np.cos(np.pi / 2 * excess))


def ofdm(draw):
    useful = int(draw.choice([256, 512, 1024]))
    side = max(2, round(BANDWIDTH * useful / 2))
    prefix = useful // int(draw.choice([4, 8, 16, 32]))
    blocks = SAMPLES // (useful + prefix) + 2
    values = [-3, -1, 1, 3] if draw.uniform() < 0.5 else [-1, 1]
    carriers = np.zeros((blocks, useful), complex)
    for bins in (slice(1, side + 1), slice(useful - side, useful)):
        parts = draw.choice(values, (2, blocks, side))
        carriers[:, bins] = parts[0] + 1j * parts[1]
    symbols = np.fft.ifft(carriers, axis=1)
    stream = np.concatenate([symbols[:, useful - prefix:], symbols], axis=1).ravel()
    start = int(draw.integers(0, useful + prefix))
    return stream[start:start + SAMPLES]


def bands(draw, signal):
    signal = signal / np.sqrt(np.mean(np.abs(signal) ** 2))
    deviation = np.sqrt(10 ** (-SNR / 10) / BANDWIDTH / 2)
    noise = draw.standard_normal(SAMPLES) + 1j * draw.standard_normal(SAMPLES)
    power = np.abs(np.fft.fft(signal + deviation * noise)) ** 2 / SAMPLES**2
    return np.fft.fftshift(power).reshape(BANDS, -1).sum(1)


def main():
    classes = {}
    for number, make in enumerate((am, fsk, rrc, ofdm)):
        draw = np.random.default_rng([7, number])
        spectra = np.array([bands(draw, make(draw)) for _ in range(DRAWS)])
        classes[make.__name__] = {
            "mean": [float(f"{x:.4g}") for x in spectra.mean(0)],
            "error": [float(f"{x:.2g}") for x in spectra.std(0, ddof=1) / np.sqrt(DRAWS)],
        }
    target = pathlib.Path(__file__).parent.parent / "SignalPipelineTests/Goldens/Synthesis"
    target.mkdir(parents=True, exist_ok=True)
    golden = {"bandwidth": BANDWIDTH, "snr": SNR, "samples": SAMPLES, "classes": classes}
    (target / "spectra.json").write_text(json.dumps(golden, indent=None) + "\n")


if __name__ == "__main__":
    main()
