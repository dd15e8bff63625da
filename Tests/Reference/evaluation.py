"""Makes the golden of the evaluation tests with NumPy and SciPy.

Run from the repository root: python3 Tests/Reference/evaluation.py
"""

import json
from pathlib import Path

import numpy as np
from scipy.optimize import minimize_scalar
from scipy.special import log_softmax
from scipy.stats import binomtest, mannwhitneyu

CLASSES, EXAMPLES, BINS = 4, 150, 15
rng = np.random.default_rng(11)
labels = rng.integers(0, CLASSES - 1, EXAMPLES)  # the last class never occurs
logits = rng.normal(0, 2.5, (EXAMPLES, CLASSES))
logits[np.arange(EXAMPLES), labels] += 3.5
logits = np.round(logits, 3).astype(np.float32).astype(np.float64)


def mean_loss(temperature, targets):
    return -(targets * log_softmax(logits / temperature, axis=1)).sum(1).mean()


def calibration_error(temperature):
    p = np.exp(log_softmax(logits / temperature, axis=1))
    confidence, hit = p.max(1), p.argmax(1) == labels
    edges = np.linspace(0, 1, BINS + 1)
    error = 0.0
    for low, high in zip(edges[:-1], edges[1:]):
        inside = (confidence > low) & (confidence <= high)
        if inside.any():
            error += inside.mean() * abs(hit[inside].mean() - confidence[inside].mean())
    return error


plain = np.eye(CLASSES)[labels]
smoothing = 1 / (EXAMPLES + 2)
smooth = plain * (1 - smoothing) + (1 - plain) * smoothing / (CLASSES - 1)
best = minimize_scalar(
    lambda t: mean_loss(np.exp(t), smooth), bounds=np.log([0.05, 20]), method="bounded",
    options={"xatol": 1e-12})
temperature = float(np.exp(best.x))

predictions = logits.argmax(1)
confusion = np.zeros((CLASSES, CLASSES), int)
np.add.at(confusion, (labels, predictions), 1)
hits, support, claims = confusion.diagonal(), confusion.sum(1), confusion.sum(0)
safe = lambda a, b: np.divide(a, b, out=np.zeros(len(a)), where=b > 0)
intervals = []
for successes, count in [(0, 10), (3, 10), (10, 10), (997, 1000), (1, 1), (61, 64)]:
    ci = binomtest(successes, count).proportion_ci(0.95, method="wilson")
    intervals.append([successes, count, ci.low, ci.high])

golden = {
    "logits": logits.ravel().round(3).tolist(),
    "labels": labels.tolist(),
    "confusion": confusion.ravel().tolist(),
    "precision": safe(hits, claims).tolist(),
    "recall": safe(hits, support).tolist(),
    "f1": safe(2.0 * hits, claims + support).tolist(),
    "loss": mean_loss(1.0, plain),
    "calibrationError": calibration_error(1.0),
    "temperature": temperature,
    "calibratedLoss": mean_loss(temperature, plain),
    "calibratedError": calibration_error(temperature),
    "intervals": intervals,
}
out = Path("Tests/SignalPipelineTests/Goldens/Evaluation/evaluation.json")
out.write_text(json.dumps(golden) + "\n")

# Scores of known and of unknown examples with many ties: U / (n m) is the area under the curve.
areas = []
for known, unknown, shift in [(40, 25, 0.2), (7, 60, 0.0), (1, 1, 0.3), (30, 30, -0.4)]:
    high = np.round(rng.uniform(0, 1, known) + shift, 1)
    low = np.round(rng.uniform(0, 1, unknown), 1)
    u = mannwhitneyu(high, low).statistic
    areas.append({"known": high.tolist(), "unknown": low.tolist(), "area": u / (known * unknown)})
out = Path("Tests/SignalPipelineTests/Goldens/Evaluation/areas.json")
out.write_text(json.dumps(areas) + "\n")
