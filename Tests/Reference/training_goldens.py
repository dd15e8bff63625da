"""Makes Tests/SignalPipelineTests/Goldens/training/*.json with PyTorch.

Run from the repository's root: python3 Tests/Reference/training_goldens.py
"""
import json
import pathlib

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

OUT = pathlib.Path("Tests/SignalPipelineTests/Goldens/training")


def numbers(values, digits=9):
    return [float(f"{v:.{digits}g}") for v in np.asarray(values, dtype=float).reshape(-1)]


def write(name, content):
    OUT.mkdir(parents=True, exist_ok=True)
    (OUT / name).write_text(json.dumps(content, separators=(",", ":")) + "\n")


def loss():
    generator = np.random.default_rng(1)
    logits = (generator.normal(size=(6, 4)) * [[1], [1], [10], [100], [1000], [0]]).astype(np.float32)
    labels = generator.integers(0, 4, 6)
    z = torch.tensor(logits.astype(np.float64), requires_grad=True)
    value = F.cross_entropy(z, torch.tensor(labels))
    value.backward()
    write("loss.json", {
        "logits": numbers(logits), "labels": labels.tolist(), "loss": value.item(),
        "gradient": numbers(z.grad, 17)})


def adam():
    generator = np.random.default_rng(2)
    start = generator.normal(size=19).astype(np.float32)
    gradients = (generator.normal(size=(12, 19)) * np.logspace(-6, 2, 19)).astype(np.float32)
    runs = []
    for decay in (0.0, 0.05):
        theta = torch.tensor(start.astype(np.float64), requires_grad=True)
        optimizer = torch.optim.AdamW([theta], lr=0.02, betas=(0.8, 0.99), eps=1e-7, weight_decay=decay)
        if decay == 0:
            optimizer = torch.optim.Adam([theta], lr=0.02, betas=(0.8, 0.99), eps=1e-7)
        for gradient in gradients:
            theta.grad = torch.tensor(gradient.astype(np.float64))
            optimizer.step()
        runs.append({"weightDecay": decay, "parameters": numbers(theta.detach())})
    write("adam.json", {"start": numbers(start), "gradients": [numbers(g) for g in gradients], "runs": runs})


def one_cycle():
    runs = []
    for share, steps in ((0.15, 40), (0.3, 17), (0.15, 7), (0.15, 5)):
        optimizer = torch.optim.AdamW([nn.Parameter(torch.zeros(1))], lr=4e-3)
        schedule = torch.optim.lr_scheduler.OneCycleLR(
            optimizer, 4e-3, total_steps=steps, pct_start=share, cycle_momentum=False)
        rates = []
        for step in range(steps):
            rates.append(optimizer.param_groups[0]["lr"])
            optimizer.step()
            if step < steps - 1:
                schedule.step()
        runs.append({"warmUpShare": share, "rates": numbers(rates, 17)})
    write("one-cycle.json", {"peak": 4e-3, "runs": runs})


def spectra(count, bins, generator):
    """Noise with a bump whose width tells the class, rounded so that the file is short."""
    labels = np.arange(count) % 3
    k = np.arange(bins)
    density = generator.exponential(size=(count, bins)) * 0.3
    for n, label in enumerate(labels):
        centre = generator.uniform(bins * 0.3, bins * 0.7)
        density[n] += 2 * np.exp(-(((k - centre) / (2 + 4 * label)) ** 2))
    return np.round(density, 3).astype(np.float32), labels


def ten_steps():
    generator = np.random.default_rng(3)
    torch.manual_seed(3)
    density, labels = spectra(18, 48, generator)
    low, high = density.min(1, keepdims=True), density.max(1, keepdims=True)
    x = torch.tensor((density - low) / (high - low))[:, None].double()
    y = torch.tensor(labels)
    networks = {
        # The founding network in small; 48 + 2 - 8 + 1 = 43 positions, pooled 18.
        "founding": nn.Sequential(
            nn.Conv1d(1, 4, 8, padding=1), nn.MaxPool1d(8, 2), nn.Flatten(), nn.Linear(72, 3)),
        "batchNorm": nn.Sequential(
            nn.Conv1d(1, 5, 4, stride=4), nn.BatchNorm1d(5), nn.ReLU(), nn.Flatten(),
            nn.Linear(60, 3)),
    }
    runs = {}
    for name, network in networks.items():
        network = network.float().double()
        state = lambda: {
            key: numbers(value) for key, value in network.state_dict().items()
            if not key.endswith("num_batches_tracked")}
        initial = state()
        # A bias before batch norm has a gradient of nothing but rounding errors; this epsilon
        # keeps Adam from making whole steps of them.
        epsilon = 1e-3 if name == "batchNorm" else 1e-8
        optimizer = torch.optim.AdamW(
            network.parameters(), lr=0.01, weight_decay=0.01, eps=epsilon)
        losses, validation = [], []
        for _ in range(10):
            network.train()
            optimizer.zero_grad()
            value = F.cross_entropy(network(x[:12]), y[:12])
            losses.append(value.item())
            value.backward()
            optimizer.step()
            network.eval()
            with torch.no_grad():
                validation.append(F.cross_entropy(network(x[12:]), y[12:]).item())
        final = {key: value for key, value in state().items() if key.startswith("1.running")}
        runs[name] = {
            "initial": initial, "losses": numbers(losses), "validation": numbers(validation),
            "running": final, "epsilon": epsilon}
    write("ten-steps.json", {
        "bins": 48, "density": numbers(density, 4), "labels": labels.tolist(), "runs": runs})


def recipe_loss():
    """Label smoothing and class weights, on the logits of loss()."""
    generator = np.random.default_rng(1)
    logits = (generator.normal(size=(6, 4)) * [[1], [1], [10], [100], [1000], [0]]).astype(np.float32)
    labels = generator.integers(0, 4, 6)
    runs = []
    for smoothing, weights in (
            (0.1, None), (0.0, [1.0, 2.0, 0.5, 3.0]), (0.25, [0.25, 2.0, 0.5, 3.0])):
        z = torch.tensor(logits.astype(np.float64), requires_grad=True)
        value = F.cross_entropy(
            z, torch.tensor(labels), label_smoothing=smoothing,
            weight=None if weights is None else torch.tensor(weights).double())
        value.backward()
        runs.append({
            "labelSmoothing": smoothing, "classWeights": weights, "loss": value.item(),
            "gradient": numbers(z.grad, 17)})
    write("loss-recipes.json", {"logits": numbers(logits), "labels": labels.tolist(), "runs": runs})


def optimizers():
    """Twelve steps of the optimisers that adam() lacks, on its gradients."""
    generator = np.random.default_rng(2)
    start = generator.normal(size=19).astype(np.float32)
    gradients = (generator.normal(size=(12, 19)) * np.logspace(-6, 2, 19)).astype(np.float32)
    makers = {
        "adam": lambda p: torch.optim.Adam(p, lr=0.02, betas=(0.8, 0.99), eps=1e-7, weight_decay=0.05),
        "plain": lambda p: torch.optim.SGD(p, lr=0.002),
        "momentum": lambda p: torch.optim.SGD(p, lr=0.002, momentum=0.9),
        "decay": lambda p: torch.optim.SGD(p, lr=0.002, momentum=0.8, weight_decay=0.05),
        "nesterov": lambda p: torch.optim.SGD(
            p, lr=0.002, momentum=0.9, weight_decay=0.05, nesterov=True),
    }
    runs = {}
    for name, make in makers.items():
        theta = torch.tensor(start.astype(np.float64), requires_grad=True)
        optimizer = make([theta])
        for gradient in gradients:
            theta.grad = torch.tensor(gradient.astype(np.float64))
            optimizer.step()
        runs[name] = numbers(theta.detach())
    write("optimizers.json", runs)


def warmed(optimizer, rise, make):
    """A schedule with a linear rise over `rise` steps in front of it."""
    schedulers = torch.optim.lr_scheduler
    if rise == 0:
        return make(optimizer)
    linear = schedulers.LinearLR(optimizer, start_factor=1 / (rise + 1), total_iters=rise)
    return schedulers.SequentialLR(optimizer, [linear, make(optimizer)], [rise])


def schedules():
    schedulers = torch.optim.lr_scheduler
    steps, per_epoch, peak = 40, 4, 4e-3
    cases = []
    for share in (0, 0.15, 0.5):
        rise = round(share * steps)
        cases += [
            ("constant", share, rise, lambda o: schedulers.LambdaLR(o, lambda _: 1.0)),
            ("step", share, rise, lambda o: schedulers.StepLR(o, 3 * per_epoch, gamma=0.4)),
            ("cosine", share, rise, lambda o, t=steps - rise: schedulers.CosineAnnealingLR(o, t)),
            ("cosineToTenth", share, rise, lambda o, t=steps - rise:
                schedulers.CosineAnnealingLR(o, t, eta_min=peak / 10)),
        ]
    runs = []
    for name, share, rise, make in cases:
        optimizer = torch.optim.SGD([nn.Parameter(torch.zeros(1))], lr=peak)
        schedule = warmed(optimizer, rise, make)
        rates = []
        for _ in range(steps):
            rates.append(optimizer.param_groups[0]["lr"])
            optimizer.step()
            schedule.step()
        runs.append({"schedule": name, "warmUp": share, "rates": numbers(rates, 17)})
    write("schedules.json", {"peak": peak, "stepsPerEpoch": per_epoch, "runs": runs})


def recipes():
    """Ten steps of the founding network of ten_steps() with other recipes."""
    generator = np.random.default_rng(3)
    density, labels = spectra(18, 48, generator)
    low, high = density.min(1, keepdims=True), density.max(1, keepdims=True)
    x = torch.tensor((density - low) / (high - low))[:, None].double()
    y = torch.tensor(labels)
    schedulers = torch.optim.lr_scheduler
    constant = lambda o: schedulers.LambdaLR(o, lambda _: 1.0)
    # Optimiser, schedule, its warm-up's steps, greatest norm, smoothing, weights.
    cases = {
        "sgd": (
            lambda p: torch.optim.SGD(p, lr=0.05, momentum=0.9, weight_decay=0.01),
            constant, 0, None, 0.0, None),
        "nesterov": (
            lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.8, nesterov=True),
            lambda o: schedulers.CosineAnnealingLR(o, 10), 0, 0.3, 0.0, [1.0, 2.0, 0.5]),
        "adam": (
            lambda p: torch.optim.Adam(p, lr=0.01, weight_decay=0.01),
            lambda o: schedulers.StepLR(o, 3, gamma=0.5), 0, None, 0.1, None),
        "adamW": (
            lambda p: torch.optim.AdamW(p, lr=0.01, weight_decay=0.01),
            lambda o: schedulers.CosineAnnealingLR(o, 7), 3, 0.5, 0.2, [1.0, 2.0, 0.5]),
    }
    runs = {}
    for name, (optimizer, schedule, rise, limit, smoothing, weights) in cases.items():
        torch.manual_seed(3)
        network = nn.Sequential(
            nn.Conv1d(1, 4, 8, padding=1), nn.MaxPool1d(8, 2), nn.Flatten(), nn.Linear(72, 3))
        network = network.double()
        optimizer = optimizer(network.parameters())
        schedule = warmed(optimizer, rise, schedule)
        losses, validation, norms = [], [], []
        for _ in range(10):
            optimizer.zero_grad()
            value = F.cross_entropy(
                network(x[:12]), y[:12], label_smoothing=smoothing,
                weight=None if weights is None else torch.tensor(weights).double())
            losses.append(value.item())
            value.backward()
            norms.append(nn.utils.clip_grad_norm_(
                network.parameters(), float("inf") if limit is None else limit).item())
            optimizer.step()
            schedule.step()
            with torch.no_grad():
                validation.append(F.cross_entropy(network(x[12:]), y[12:]).item())
        if limit is not None:
            assert min(norms) < limit < max(norms), norms  # clipped and not
        runs[name] = {"losses": numbers(losses), "validation": numbers(validation)}
    write("recipes.json", runs)


def hashed(count, seed):
    """Numbers in [-1, 1), multiples of 2^-23, as network_goldens.py and the tests make them."""
    h = np.arange(count, dtype=np.uint32) + np.uint32(seed * 0x9E3779B9 & 0xFFFFFFFF)
    h ^= h >> 16
    h *= np.uint32(0x7FEB352D)
    h ^= h >> 15
    h *= np.uint32(0x846CA68B)
    h ^= h >> 16
    return (h >> 8).astype(np.float32) / np.float32(2**23) - np.float32(1)


def founding_steps():
    """Ten steps of Adam of the founding network, 8192 bins, 32 examples; four to validate.

    Nothing but the losses is stored: a hash gives the spectra, a band four times as strong as the
    noise for each class, and the weights in PyTorch's order, uniform in 1 / sqrt(fan in).
    """
    bins, count = 8192, 36
    labels = np.arange(count) % 4
    density = (hashed(count * bins, 1).reshape(count, bins) + np.float32(1)) / np.float32(2)
    for n, label in enumerate(labels):
        density[n, 2048 * label : 2048 * label + 1024] *= 4
    low, high = density.min(1, keepdims=True), density.max(1, keepdims=True)
    x = torch.tensor((density.astype(np.float64) - low) / (high.astype(np.float64) - low))[:, None]
    y = torch.tensor(labels)
    network = nn.Sequential(
        nn.Conv1d(1, 64, 128, padding=1), nn.MaxPool1d(16, 2), nn.Flatten(),
        nn.Linear(257664, 4)).double()
    for index, tensor in enumerate(network.parameters()):
        fan_in = 128 if index < 2 else 257664
        values = hashed(tensor.numel(), 10 + index) * np.float32(1 / fan_in**0.5)
        tensor.data = torch.tensor(values.astype(np.float64)).reshape(tensor.shape)
    optimizer = torch.optim.Adam(network.parameters(), lr=1e-5)
    losses, validation = [], []
    for _ in range(10):
        optimizer.zero_grad()
        value = F.cross_entropy(network(x[:32]), y[:32])
        losses.append(value.item())
        value.backward()
        optimizer.step()
        with torch.no_grad():
            validation.append(F.cross_entropy(network(x[32:]), y[32:]).item())
    write("founding-steps.json", {"losses": numbers(losses), "validation": numbers(validation)})


loss()
adam()
one_cycle()
ten_steps()
recipe_loss()
optimizers()
schedules()
recipes()
founding_steps()
