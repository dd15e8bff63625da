"""Writes what PyTorch makes of small layers and networks, for the tests of Network/.

    python3 Tests/Reference/network_goldens.py

Inputs, parameters and upstream gradients are not stored: a hash of their index, which the tests
compute too, gives them. They are exact in float32; PyTorch computes in float64. Tensors are in
PyTorch's order, (N, C, L).
"""

import json
import math
import pathlib
import random

import torch
from torch import nn
from torch.nn import functional as F

FOLDER = pathlib.Path(__file__).parent.parent / "SignalPipelineTests" / "Goldens" / "network"
torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)


def hashed(count, seed):
    """Numbers in [-1, 1), multiples of 2^-23."""
    mask = 0xFFFFFFFF
    values = []
    for index in range(count):
        h = (index + seed * 0x9E3779B9) & mask
        h ^= h >> 16
        h = h * 0x7FEB352D & mask
        h ^= h >> 15
        h = h * 0x846CA68B & mask
        h ^= h >> 16
        values.append((h >> 8) / 2**23 - 1)
    return torch.tensor(values)


class Convolution(nn.Module):
    def __init__(self, channels, layer):
        super().__init__()
        k, s, d = layer["kernelSize"], layer.get("stride", 1), layer.get("dilation", 1)
        self.padding = layer.get("padding", 0)
        self.extra = d * (k - 1) + 1 - s
        zeros = 0 if self.padding == "circular" else self.padding
        self.conv = nn.Conv1d(channels, layer["outputChannels"], k, s, zeros, d)

    def forward(self, x):
        if self.padding == "circular":
            left = self.extra // 2
            x = F.pad(x, (left, self.extra - left), mode="circular")
        return self.conv(x)


class Pool(nn.Module):
    def __init__(self, reduction):
        super().__init__()
        self.reduction = reduction

    def forward(self, x):
        mean, maximum = x.mean(2), x.max(2).values
        if self.reduction == "average":
            return mean
        return maximum if self.reduction == "maximum" else torch.cat([mean, maximum], 1)


class Blur(nn.Module):
    """A depthwise convolution by a row of Pascal's triangle, as in Zhang's antialiased-cnns."""

    def __init__(self, channels, layer):
        super().__init__()
        taps = layer["kernelSize"]
        self.stride, self.mode = layer["stride"], layer.get("padding", "circular")
        self.margins = ((taps - 1) // 2, taps // 2)
        row = torch.tensor([math.comb(taps - 1, j) / 2 ** (taps - 1) for j in range(taps)])
        self.filter = row.repeat(channels, 1, 1)

    def forward(self, x):
        x = F.pad(x, self.margins, mode=self.mode)
        return F.conv1d(x, self.filter, stride=self.stride, groups=x.shape[1])


class Polyphase(nn.Module):
    def __init__(self, stride):
        super().__init__()
        self.stride = stride

    def forward(self, x):
        parts = torch.stack([x[:, :, i :: self.stride] for i in range(self.stride)], 1)
        best = parts.detach().flatten(2).norm(dim=2).argmax(1)
        return parts[torch.arange(len(x)), best]


class Residual(nn.Module):
    def __init__(self, body):
        super().__init__()
        self.body = body

    def forward(self, x):
        return x + self.body(x)


def chain(layers, shape):
    modules = []
    for layer in layers:
        name = layer["layer"]
        channels, length = shape
        if name == "conv1d":
            module = Convolution(channels, layer)
        elif name == "maxPool1d":
            module = nn.MaxPool1d(
                layer["kernelSize"], layer["stride"], layer.get("padding", 0))
        elif name == "averagePool1d":
            module = nn.AvgPool1d(
                layer["kernelSize"], layer["stride"], layer.get("padding", 0),
                count_include_pad=layer.get("countsPadding", True))
        elif name == "blurPool1d":
            module = Blur(channels, layer)
        elif name == "adaptivePolyphaseSampling1d":
            module = Polyphase(layer["stride"])
        elif name == "globalPool1d":
            module = Pool(layer["reduction"])
        elif name == "flatten":
            module = nn.Flatten()
        elif name == "linear":
            module = nn.Linear(channels, layer["outputs"])
        elif name == "relu":
            module = nn.ReLU()
        elif name == "leakyRelu":
            module = nn.LeakyReLU(layer.get("slope", 0.01))
        elif name == "batchNorm1d":
            module = nn.BatchNorm1d(channels)
        else:
            module = Residual(chain(layer["body"], shape))
        modules.append(module)
        with torch.no_grad():
            probe = torch.zeros(2, channels, length)
            out = module.eval()(probe.flatten(1) if name == "linear" else probe)
        shape = (out.shape[1], out.shape[2] if out.dim() == 3 else 1)
    return nn.Sequential(*modules)


def tensors(model):
    """Parameters and running statistics in the order of the flat array."""
    for module in model.modules():
        if isinstance(module, (nn.Conv1d, nn.Linear)):
            yield from ((module, "weight"), (module, "bias"))
        if isinstance(module, nn.BatchNorm1d):
            for name in ("weight", "bias", "running_mean", "running_var"):
                yield module, name


def fill(model, seed):
    total = sum(getattr(module, name).numel() for module, name in tensors(model))
    values, at = hashed(total, seed) * 0.5, 0
    with torch.no_grad():
        for module, name in tensors(model):
            tensor = getattr(module, name)
            part = values[at : at + tensor.numel()].reshape(tensor.shape)
            tensor.copy_(part.abs() + 0.5 if name == "running_var" else part)
            at += tensor.numel()


def gradient(model):
    """The parameters' gradients; for running statistics, the batch's."""
    parts = []
    for module, name in tensors(model):
        tensor = getattr(module, name)
        # With momentum 1 the running statistics become the batch's.
        parts.append((tensor.grad if name in ("weight", "bias") else tensor).flatten())
    return torch.cat(parts) if parts else torch.zeros(0)


def numbers(tensor):
    return [float(f"{value:.8g}") for value in tensor.detach().flatten().tolist()]


def case(layers, channels, length, count, seed, loss=False):
    model = chain(layers, (channels, length))
    fill(model, seed)
    x = hashed(count * channels * length, seed + 1).reshape(count, channels, length)
    if layers[0]["layer"] == "linear":
        x = x.flatten(1)
    x.requires_grad_()
    inference = model.eval()(x)
    for module in model.modules():
        if isinstance(module, nn.BatchNorm1d):
            module.momentum = 1
    y = model.train()(x)
    result = {
        "network": {"inputShape": {"channels": channels, "length": length}, "layers": layers},
        "count": count,
        "seed": seed,
        "output": numbers(y),
    }
    if any(isinstance(module, nn.BatchNorm1d) for module in model.modules()):
        result["inference"] = numbers(inference)
    if loss:
        y.retain_grad()
        value = F.cross_entropy(y, torch.arange(count) % y.shape[1])
        value.backward()
        result["logitsGradient"] = numbers(y.grad)
    else:
        y.backward(hashed(y.numel(), seed + 2).reshape(y.shape))
    if not loss:
        result["inputGradient"] = numbers(x.grad)
    result["parameterGradient"] = numbers(gradient(model))
    return result


def conv(outputs, kernel, **more):
    return {"layer": "conv1d", "outputChannels": outputs, "kernelSize": kernel, **more}


NORM, RELU, FLAT = {"layer": "batchNorm1d"}, {"layer": "relu"}, {"layer": "flatten"}


def pool(kernel, stride, **more):
    return {"layer": "maxPool1d", "kernelSize": kernel, "stride": stride, **more}


def average(kernel, stride, **more):
    return {"layer": "averagePool1d", "kernelSize": kernel, "stride": stride, **more}


def blur(kernel, stride, **more):
    return {"layer": "blurPool1d", "kernelSize": kernel, "stride": stride, **more}


def polyphase(stride):
    return {"layer": "adaptivePolyphaseSampling1d", "stride": stride}


def leaky(**more):
    return {"layer": "leakyRelu", **more}


def whole(reduction):
    return {"layer": "globalPool1d", "reduction": reduction}


def linear(outputs):
    return {"layer": "linear", "outputs": outputs}


def residual(*body):
    return {"layer": "residual", "body": list(body)}


def random_layers():
    """Layers of every kind but dropout, on random shapes."""
    draw = random.Random(20)
    pick = draw.randint
    seeds = iter(range(1001, 9999, 10))
    cases = []

    def add(layer, channels, length, count=2):
        cases.append(case([layer], channels, length, count, next(seeds)))

    # Every kind of padding with a stride, a dilation, both or neither.
    for trial in range(32):
        circular, strided, dilated = trial % 2 == 0, trial // 2 % 2, trial // 4 % 2
        s, d = (pick(2, 4) if strided else 1), (pick(2, 3) if dilated else 1)
        k = pick(s if circular and not dilated else 2, 6)
        span = d * (k - 1) + 1
        if circular:
            padding = "circular"
            length = s * -(-max(span, pick(7, 15)) // s)
        else:
            padding, length = pick(0, 3), span + pick(1, 9)
        outputs = pick(1, 6) if trial < 28 else pick(17, 33)
        add(
            conv(outputs, k, stride=s, dilation=d, padding=padding),
            pick(1, 4 if trial < 28 else 2), length, 2 if trial < 28 else 1)
    for make in (pool, average):
        for trial in range(9):
            k = pick(1, 9)
            more = {"padding": pick(0, k // 2)}
            if make is average and trial % 2:
                more["countsPadding"] = False
            add(make(k, pick(1, 5), **more), pick(1, 6), k + pick(0, 8))
    for trial in range(8):
        k, s = pick(1, 7), pick(1, 4)
        mode = "circular" if trial % 2 == 0 else "reflect"
        length = k + pick(1, 8)
        length = s * -(-length // s) if mode == "circular" else length
        add(blur(k, s, padding=mode), pick(1, 5), length)
    for trial in range(6):
        s = pick(1, 5)
        add(polyphase(s), pick(1, 5), s * pick(2, 5), 3)
    for trial in range(5):
        add(NORM, pick(1, 9), pick(3, 11), pick(2, 4))
    for trial in range(4):
        add(linear(pick(1, 7)), pick(1, 15), 1, pick(1, 5))
    for trial in range(3):
        add(leaky(slope=draw.choice([0.01, 0.1, 0.5])), pick(1, 5), pick(1, 13))
    for layer in (RELU, FLAT, whole("average"), whole("maximum"), whole("both")):
        add(layer, pick(1, 6), pick(2, 13), 3)
    return cases


def random_networks():
    """Networks whose gradients go every way: residual, as pairs, one example after another."""
    draw = random.Random(21)
    pick = draw.randint
    seeds = iter(range(5001, 9999, 10))
    cases = []

    def add(layers, channels, length, count):
        cases.append(case(layers, channels, length, count, next(seeds), loss=True))

    for trial in range(6):
        c = pick(2, 5)
        body = [conv(c, 3, padding=1) if trial % 2 else conv(c, pick(2, 4), padding="circular")]
        body += [[leaky(slope=0.2)], [NORM, RELU], [residual(conv(c, 1), RELU)]][trial % 3]
        add(
            [conv(c, pick(2, 5), dilation=pick(1, 2)), residual(*body),
             whole(draw.choice(["average", "maximum", "both"])), linear(3)],
            pick(1, 3), pick(11, 23), pick(2, 4))
    # Wide or far apart windows of a max-pool without padding behind a convolution.
    for s, d, k, step in ((1, 1, 12, 3), (2, 1, 10, 2), (1, 3, 11, 4), (2, 2, 7, 6)):
        c = pick(2, 5)
        add(
            [conv(pick(2, 3), 3), RELU, conv(c, pick(2, 5), stride=s, dilation=d),
             pool(k, step), FLAT, linear(3)],
            pick(1, 2), s * pick(34, 45), 3)
    # Activations of more than 2^16 values.
    add(
        [conv(8, 5, padding="circular"), leaky(), residual(conv(8, 3, dilation=2, padding=2), RELU),
         pool(9, 4, padding=3), whole("both"), linear(3)],
        1, 8397, 2)
    add(
        [conv(6, 4), RELU, conv(8, 6, stride=2, dilation=3, padding=1), pool(10, 3), whole("both"),
         linear(3)],
        2, 16999, 2)
    add(
        [conv(8, 9, padding="circular"), blur(4, 2), average(5, 2, padding=2, countsPadding=False),
         NORM, leaky(), conv(5, 3, stride=3, padding="circular"), polyphase(2), whole("average"),
         linear(4)],
        1, 12 * 734, 3)
    return cases


def main():
    FOLDER.mkdir(parents=True, exist_ok=True)
    files = {
        "conv1d": [
            case([conv(5, 4)], 1, 19, 2, 1),
            case([conv(3, 5, stride=2, padding=2)], 4, 17, 2, 11),
            case([conv(6, 3, dilation=4, padding="circular")], 3, 16, 2, 21),
            case([conv(4, 16, stride=4, padding="circular")], 1, 32, 3, 31),
            case([conv(4, 3, stride=3, dilation=2, padding=1)], 2, 20, 2, 41),
            case([conv(2, 1, stride=2)], 3, 9, 2, 51),
            case([conv(16, 8, padding=1)], 2, 12, 1, 61),
        ],
        "pools": [
            case([pool(4, 2)], 3, 13, 2, 71),
            case([pool(3, 3)], 17, 8, 2, 81),
            case([whole("average")], 5, 9, 3, 91),
            case([whole("maximum")], 5, 9, 3, 101),
            case([whole("both")], 4, 7, 2, 111),
        ],
        "others": [
            case([FLAT], 3, 7, 2, 121),
            case([RELU], 3, 7, 2, 131),
            case([linear(4)], 9, 1, 5, 141),
            case([NORM], 5, 11, 3, 151),
            case([NORM], 20, 5, 2, 161),
        ],
        "windows": [
            case([pool(4, 2, padding=2)], 3, 13, 2, 201),
            case([pool(5, 3, padding=1)], 17, 9, 2, 211),
            case([pool(9, 1, padding=4)], 1, 6, 2, 221),
            case([average(4, 2)], 3, 13, 2, 231),
            case([average(5, 2, padding=2)], 4, 12, 2, 241),
            case([average(5, 2, padding=2, countsPadding=False)], 4, 12, 2, 251),
            case([average(12, 1, padding=6, countsPadding=False)], 2, 7, 2, 261),
            case([average(2, 5, padding=1)], 70, 11, 2, 271),
            case([blur(3, 2)], 5, 12, 2, 281),
            case([blur(4, 3)], 2, 9, 2, 291),
            case([blur(4, 2, padding="reflect")], 3, 11, 2, 301),
            case([blur(7, 1, padding="reflect")], 1, 7, 2, 311),
            case([blur(1, 4, padding="reflect")], 2, 10, 2, 321),
            case([polyphase(2)], 5, 12, 4, 331),
            case([polyphase(5)], 1, 30, 4, 341),
            case([polyphase(1)], 3, 4, 1, 351),
        ],
        "activations": [
            case([leaky()], 3, 7, 2, 361),
            case([leaky(slope=0.25)], 2, 9, 2, 371),
        ],
        "windowed-networks": [
            case(
                [
                    conv(6, 5, padding="circular"), leaky(), blur(4, 2),
                    residual(conv(6, 3, padding=1), leaky(slope=0.3)),
                    polyphase(3), average(3, 1, padding=1, countsPadding=False),
                    pool(3, 2, padding=1), FLAT, leaky(), linear(3),
                ],
                2, 48, 4, 391, loss=True,
            ),
        ],
        "networks": [
            case(
                [conv(6, 8, stride=4, padding="circular"), NORM, RELU]
                + [conv(10, 5, stride=2, padding="circular"), NORM, RELU]
                + [
                    residual(conv(10, 3, dilation=d, padding="circular"), NORM, RELU)
                    for d in (1, 2, 4)
                ]
                + [whole("both"), linear(4)],
                1, 128, 4, 171, loss=True,
            ),
            case(
                [conv(8, 16, padding=1), pool(8, 2), FLAT, linear(4)],
                1, 96, 3, 181, loss=True,
            ),
            case(
                [
                    conv(3, 3, padding="circular"),
                    residual(residual(conv(3, 3, padding=1), RELU), residual(NORM)),
                    whole("maximum"),
                    linear(2),
                ],
                2, 12, 3, 191, loss=True,
            ),
        ],
    }
    files["random-layers"] = random_layers()
    files["random-networks"] = random_networks()
    for name, cases in files.items():
        path = FOLDER / f"{name}.json"
        path.write_text(json.dumps({"cases": cases}, separators=(",", ":")) + "\n")
        print(path.name, path.stat().st_size, "bytes")


main()
