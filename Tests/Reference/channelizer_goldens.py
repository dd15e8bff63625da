"""Writes the reference results of the channelizer, with SciPy in float64.

Run from the repository's root: python3 Tests/Reference/channelizer_goldens.py
"""

import pathlib

import numpy as np
import scipy.signal

FOLDER = pathlib.Path("Tests/SignalPipelineTests/Goldens/channelizer")


def noise(seed, count):
    """White noise of Knuth's MMIX generator, uniform over int16, full scale 1, I and Q in turn."""
    state, values = seed, []
    for _ in range(2 * count):
        state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
        high = state >> 48
        values.append((high - 65536 if high >= 32768 else high) / 32768)
    return np.array(values[0::2]) + 1j * np.array(values[1::2])


def channel(x, frequency, up, down, attenuation, passband=0.42, stopband=0.58):
    """SciPy's own design (kaiserord's length made odd) and its polyphase filter, without delay."""
    slower = max(up, down)
    width = (stopband - passband) / slower
    side = int(np.ceil((attenuation - 7.95) / (2.285 * 2 * np.pi * width) / 2))
    taps = up * scipy.signal.firwin(
        2 * side + 1, (passband + stopband) / slower,
        window=("kaiser", scipy.signal.kaiser_beta(attenuation)))
    mixed = x * np.exp(-2j * np.pi * frequency * np.arange(len(x)))
    before = -side % down
    raised = np.concatenate([np.zeros(before), taps, np.zeros(2 * slower)])
    first = (side + before) // down
    count = -(-len(x) * up // down)
    padded = np.concatenate([mixed, np.zeros(side // up + 2)])
    return scipy.signal.upfirdn(raised, padded, up, down)[first:first + count]


FOLDER.mkdir(parents=True, exist_ok=True)
with open(FOLDER / "channels.txt", "w") as file:
    print("# frequency, up, down, attenuation; then I and Q, a line a sample", file=file)
    for frequency, up, down, attenuation in [
            (0, 1, 2, 80), (0.3, 1, 4, 80), (-0.123, 3, 7, 80), (0.25, 5, 3, 80),
            (0.45, 64, 75, 60), (-0.5, 2, 31, 100)]:
        y = channel(noise(11, 400), frequency, up, down, attenuation)
        print(f"channel {frequency} {up} {down} {attenuation} {len(y)}", file=file)
        for value in y:
            print(f"{value.real:.7f} {value.imag:.7f}", file=file)
