"""A network's training or inference by PyTorch, or its export as ONNX.

    network_torch.py training|inference DESCRIPTION BATCH THREADS SECONDS [--fused]
    network_torch.py export DESCRIPTION BATCH 1 1 > MODEL

DESCRIPTION is what `PipelineBenchmarks describe` printed. A training step is forward,
cross-entropy, backward and Adam; with --fused Adam's one loop over all of a tensor.
"""

import io
import sys

import torch
from torch import nn
from torch.nn import functional

import turns


class Circle(nn.Module):
    """Continues its input with what comes next on the circle."""

    def __init__(self, layer):
        super().__init__()
        self.margins = turns.circular_margins(layer)

    def forward(self, x):
        return functional.pad(x, self.margins, mode="circular")


class GlobalPool(nn.Module):
    def __init__(self, reduction):
        super().__init__()
        self.reduction = reduction

    def forward(self, x):
        if self.reduction == "average":
            return x.mean(2)
        maximum = x.max(2).values
        return maximum if self.reduction == "maximum" else torch.cat([x.mean(2), maximum], 1)


class Residual(nn.Module):
    def __init__(self, body):
        super().__init__()
        self.body = body

    def forward(self, x):
        return x + self.body(x)


def convolution(layer):
    padding = layer.get("padding", 0)
    is_circular = padding == "circular"
    # PyTorch finds the number of input channels when it sees the first input.
    found = nn.LazyConv1d(
        layer["outputChannels"],
        layer["kernelSize"],
        layer.get("stride", 1),
        0 if is_circular else padding,
        layer.get("dilation", 1),
    )
    return nn.Sequential(Circle(layer), found) if is_circular else found


def module(layer):
    """The module of one layer of a description."""
    name = layer["layer"]
    if name == "conv1d":
        return convolution(layer)
    if name == "batchNorm1d":
        return nn.LazyBatchNorm1d()
    if name == "relu":
        return nn.ReLU()
    if name == "maxPool1d":
        return nn.MaxPool1d(
            layer["kernelSize"], layer.get("stride", layer["kernelSize"]), layer.get("padding", 0)
        )
    if name == "globalPool1d":
        return GlobalPool(layer["reduction"])
    if name == "flatten":
        return nn.Flatten()
    if name == "linear":
        return nn.LazyLinear(layer["outputs"])
    if name == "residual":
        return Residual(chain(layer["body"]))
    sys.exit(f"network_torch.py builds no {name}")


def chain(layers):
    return nn.Sequential(*map(module, layers))


def parameters(model):
    """How many there are, running statistics included, PyTorch's counters not."""
    tensors = [*model.parameters(), *(b for b in model.buffers() if b.is_floating_point())]
    return sum(tensor.numel() for tensor in tensors)


def training(model, x, fused):
    """A training step."""
    labels = torch.arange(len(x)) % 4
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3, fused=fused)
    loss = nn.CrossEntropyLoss()

    def step():
        optimizer.zero_grad(set_to_none=True)
        loss(model(x), labels).backward()
        optimizer.step()

    return step


def export(model, x):
    """Writes the model for batches as large as `x` to standard output."""
    file = io.BytesIO()
    torch.onnx.export(model, (x,), file, input_names=["x"], output_names=["y"], dynamo=False)
    sys.stdout.buffer.write(file.getvalue())


def main():
    options = turns.arguments("--fused")
    torch.set_num_threads(options.threads)
    torch.manual_seed(1)
    description = turns.network(options.file)
    shape = description["inputShape"]
    x = torch.rand(options.batch, shape["channels"], shape["length"])
    model = chain(description["layers"])
    model(x[:2] if options.batch > 1 else torch.cat([x, x]))
    if options.job == "training":
        found = turns.times(training(model, x, options.fused), options.seconds)
    else:
        model.eval()
        if options.job == "export":
            return export(model, x)
        with torch.inference_mode():
            found = turns.times(lambda: model(x), options.seconds)
    turns.answer(found, parameters(model))


main()
