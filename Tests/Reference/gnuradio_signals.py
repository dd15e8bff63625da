#!/usr/bin/python3
"""Signals of GNU Radio's modulators, for compare_generators.py, which runs this.

    gnuradio_signals.py FOLDER        (Debian: gnuradio 3.10, with the system's own Python)

Writes 8 files FOLDER/CLASS.gnuradio.NUMBER.EXAMPLE.cf32 of 65,536 samples for each signal, and a
line CLASS, "gnuradio", NUMBER, bandwidth [cycles/sample] and what it is, with tabs between them.
The bandwidth is what docs/signals.md calls B. Deterministic.
"""
import math
import random
import sys

import numpy as np
from gnuradio import analog, blocks, digital, fft, filter as filters, gr
from gnuradio.filter import pfb

SAMPLES, EXAMPLES, START = 65_536, 8, 16_384
TOTAL = START + SAMPLES + 1000
COMPLEX = gr.sizeof_gr_complex


def octets_source(draw, count):
    return blocks.vector_source_b([draw.randrange(256) for _ in range(count)], True)


def symbols(draw, below, count=20_011):
    return blocks.vector_source_b([draw.randrange(below) for _ in range(count)], True)


def voice(draw, width, gain=1.0):
    """Noise and a sawtooth with the tilt of de-emphasis, in syllables, limited.

    They fill .1 to 1 of `width` [cycles/sample].
    """
    hertz = 1e6  # the rate that blocks with times in seconds are told
    noise = analog.fastnoise_source_f(analog.GR_GAUSSIAN, 0.5, draw.randrange(1 << 30), 65_536)
    saw = analog.sig_source_f(hertz, analog.GR_SAW_WAVE, 0.05 * width * hertz, 1.0, -0.5)
    taps = filters.firdes.low_pass(1, 1, 0.9 * width, 0.15 * width)
    band = filters.firdes.band_pass(1, 1, 0.1 * width, 0.9 * width, 0.1 * width)
    syllables = analog.sig_source_f(
        hertz, analog.GR_SIN_WAVE, 70, 0.45, 0.55, 2 * math.pi * draw.random())
    source = [
        (noise, saw), blocks.add_ff(),
        analog.fm_deemph(hertz, 1 / (2 * math.pi * 0.15 * width * hertz)),
        filters.fir_filter_fff(1, band), analog.agc2_ff(1e-3, 1e-3, 0.7, 1.0)]
    return [
        (source, syllables), blocks.multiply_ff(), analog.rail_ff(-1, 1),
        filters.fir_filter_fff(1, taps), blocks.multiply_const_ff(gain)]


def am(draw, index, width):
    return voice(draw, width, index) + [blocks.add_const_ff(1), blocks.float_to_complex()]


def ssb(draw, width):
    # The Hilbert filter's two outputs are the message and its transform.
    shift = blocks.rotator_cc(-math.pi * width)
    return voice(draw, width) + [filters.hilbert_fc(401), shift]


def nbfm(draw, deviation, width):
    """As a hand-held radio at 96 kHz: the block's own filter and pre-emphasis."""
    transmitter = analog.nbfm_tx(16_000, 96_000, tau=75e-6, max_dev=deviation)
    return voice(draw, width / 16_000) + [transmitter]


def wbfm(draw, stereo):
    """As a broadcast at 1.92 MHz: mono by wfm_tx, stereo by a multiplex of plain blocks."""
    rate = 1_920_000
    if not stereo:
        # At one rate: the design of its filter between two does not converge.
        return voice(draw, 15e3 / rate, 0.25) + [analog.wfm_tx(rate, rate)]
    pilot = analog.sig_source_f(rate, analog.GR_SIN_WAVE, 19_000, 0.09, 0)
    carrier = analog.sig_source_f(rate, analog.GR_SIN_WAVE, 38_000, 1, 0)
    difference = voice(draw, 15e3 / rate, 0.2)
    product, total = blocks.multiply_ff(), blocks.add_ff()
    return [(voice(draw, 15e3 / rate, 0.6), [(difference, carrier), product], pilot), total,
            analog.frequency_modulator_fc(2 * math.pi * 75e3 / rate)]


def cpfsk(draw, index, length):
    nrz = digital.chunks_to_symbols_bf([0, 1])
    return [symbols(draw, 2), nrz, blocks.float_to_char(), analog.cpfsk_bc(index, 1, length)]


def gfsk(draw, index, length, bt):
    return [octets_source(draw, 4001), digital.gfsk_mod(length, math.pi * index / length, bt)]


def gmsk(draw, length, bt):
    return [octets_source(draw, 4001), digital.gmsk_mod(length, bt)]


def fsk4(draw, index, length):
    taps = filters.firdes.root_raised_cosine(length, length, 1, 0.2, 16 * length + 1)
    return [symbols(draw, 4), digital.chunks_to_symbols_bf([-3, -1, 1, 3]),
            filters.interp_fir_filter_fff(length, taps),
            analog.frequency_modulator_fc(math.pi * index / length)]


def psk(draw, points, length, excess):
    return [octets_source(draw, 9001), digital.psk_mod(
        points, samples_per_symbol=length, excess_bw=excess, differential=False)]


def qam(draw, length, excess):
    return [octets_source(draw, 9001), digital.generic_mod(
        digital.constellation_16qam(), False, length, False, excess)]


def rectangles(draw, points, length):
    return [symbols(draw, len(points)), digital.chunks_to_symbols_bc(points),
            blocks.repeat(COMPLEX, length)]


def ofdm(draw, length, prefix, bandwidth, constellation, pilots=()):
    """What ofdm_tx is made of, without its packets' preambles; `pilots` of the carriers."""
    side = round(bandwidth * length / 2)
    carriers = [c for c in range(-side, side + 1) if c and c not in pilots]
    points = constellation.points()
    packet = min(10, 8000 // len(carriers)) * len(carriers)  # what a buffer holds
    allocator = digital.ofdm_carrier_allocator_cvc(
        length, (carriers,), (tuple(pilots),), (tuple(draw.choice((1, -1)) for _ in pilots),), (),
        "length")
    allocator.set_min_output_buffer(64)
    return [symbols(draw, len(points)), digital.chunks_to_symbols_bc(points),
            blocks.stream_to_tagged_stream(COMPLEX, 1, packet, "length"), allocator,
            fft.fft_vcc(length, False, (), True),
            digital.ofdm_cyclic_prefixer(length, length + prefix, 0, "")]


def ofdm_frames(draw, length, prefix, taper, carriers, pilots, bits, octets):
    """ofdm_tx: frames of two preambles, a header and a payload; `pilots` of `carriers`."""
    data = [c for c in range(-carriers, carriers + 1) if c and c not in pilots]
    source = blocks.stream_to_tagged_stream(1, 1, octets, "packet_len")
    transmitter = digital.ofdm_tx(
        fft_len=length, cp_len=prefix, packet_length_tag_key="packet_len",
        occupied_carriers=(data,), pilot_carriers=(pilots,),
        pilot_symbols=(tuple(draw.choice((1, -1)) for _ in pilots),),
        bps_payload=bits, rolloff=taper, scramble_bits=True)
    return [octets_source(draw, 9001), source, transmitter]


def resampled(chain, rate):
    """The chain at a sample rate that is raised by `rate`, 1 or more, by GNU Radio's resampler."""
    taps = filters.firdes.low_pass(32, 32, 0.5, 0.12)
    return chain + [pfb.arb_resampler_ccf(rate, taps)] if rate > 1 else chain


def noise(draw):
    return [analog.noise_source_c(analog.GR_GAUSSIAN, 1, draw.randrange(1 << 30))]


def connect(graph, chain):
    """Connects a chain whose elements are blocks, or tuples of what feeds the next block."""
    last = None
    for element in chain:
        if isinstance(element, tuple):
            last = [connect(graph, e if isinstance(e, list) else [e]) for e in element]
            continue
        for port, source in enumerate(last if isinstance(last, list) else [last]):
            if source is not None:
                graph.connect((source, 0), (element, port))
        last = element
    return last


def run(chain, skip):
    graph = gr.top_block()
    end = connect(graph, chain)
    head, sink = blocks.head(COMPLEX, TOTAL), blocks.vector_sink_c()
    graph.connect(end, head, sink)
    graph.run()
    samples = np.array(sink.data(), np.complex64)
    return samples[START + skip:START + skip + SAMPLES]


SIGNALS = [
    ("am", 0.12, "voice, index .5", lambda d: am(d, 0.5, 0.06)),
    ("am", 0.12, "voice, index .9", lambda d: am(d, 0.9, 0.06)),
    ("fsk", 0.10, "cpfsk_bc, h 1", lambda d: cpfsk(d, 1, 20)),
    ("fsk", 0.125, "cpfsk_bc, h 2", lambda d: cpfsk(d, 2, 24)),
    ("fsk", 0.10625, "gfsk_mod, h .7, BT .5", lambda d: gfsk(d, 0.7, 16, 0.5)),
    ("fsk", 0.125, "gfsk_mod, h 1.5, BT 1", lambda d: gfsk(d, 1.5, 20, 1)),
    ("rrc", 0.12, "psk_mod, BPSK, .2", lambda d: psk(d, 2, 10, 0.2)),
    ("rrc", 0.135, "psk_mod, QPSK, .35", lambda d: psk(d, 4, 10, 0.35)),
    ("rrc", 0.125, "psk_mod, 8PSK, .5", lambda d: psk(d, 8, 12, 0.5)),
    ("rrc", 0.14375, "generic_mod, 16QAM, .15", lambda d: qam(d, 8, 0.15)),
    ("ofdm", 0.12, "OFDM blocks, 256 + 32",
     lambda d: ofdm(d, 256, 32, 0.12, digital.constellation_bpsk())),
    ("ofdm", 0.12, "OFDM blocks, 512 + 128",
     lambda d: ofdm(d, 512, 128, 0.12, digital.constellation_qpsk())),
    ("ofdm", 0.12, "OFDM blocks, 1024 + 64",
     lambda d: ofdm(d, 1024, 64, 0.12, digital.constellation_16qam())),
    ("ssb", 0.12, "hilbert_fc, upper", lambda d: ssb(d, 0.12)),
    ("nbfm", 2 * (2500 + 3000) / 96_000, "nbfm_tx, 2.5 kHz, W 3 kHz",
     lambda d: nbfm(d, 2500, 3000)),
    ("nbfm", 2 * (5000 + 3000) / 96_000, "nbfm_tx, 5 kHz, W 3 kHz",
     lambda d: nbfm(d, 5000, 3000)),
    ("wbfm", 256 / 1920, "wfm_tx, mono", lambda d: wbfm(d, False)),
    ("wbfm", 256 / 1920, "stereo multiplex", lambda d: wbfm(d, True)),
    ("psk", 0.10, "QPSK, repeat", lambda d: rectangles(d, [1, 1j, -1, -1j], 20)),
    ("psk", 0.125, "BPSK, repeat", lambda d: rectangles(d, [1, -1], 16)),
    ("gmsk", (0.68 + 0.72 * 0.3) / 8, "gmsk_mod, BT .3", lambda d: gmsk(d, 8, 0.3)),
    ("gmsk", (0.68 + 0.72 * 0.5) / 8, "gmsk_mod, BT .5", lambda d: gmsk(d, 8, 0.5)),
    ("fsk4", 0.181, "RRC .2, frequency_modulator", lambda d: fsk4(d, 0.27, 10)),
    ("ook", 0.125, "repeat, no pauses", lambda d: rectangles(d, [0, 1], 16)),
    ("noise", 0.12, "noise_source_c", noise),
]


def main():
    numbers = {}
    for name, bandwidth, what, make in SIGNALS:
        number = numbers[name] = numbers.get(name, 0) + 1
        for example in range(EXAMPLES):
            draw = random.Random(f"{name} {number} {example}")
            samples = run(make(draw), draw.randrange(1000))
            assert len(samples) == SAMPLES, (name, what, len(samples))
            samples.tofile(f"{sys.argv[1]}/{name}.gnuradio.{number}.{example}.cf32")
        print(name, "gnuradio", number, f"{bandwidth:.6f}", what, sep="\t", flush=True)


if __name__ == "__main__":
    main()
