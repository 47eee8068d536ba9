"""What both peers share: the cases, their data, and the talk with the benchmark over stdin."""

import json
import sys
import time
from dataclasses import dataclass
from typing import Callable

import numpy as np

SAMPLES = 2048
MEAN, DEVIATION = 127.0, 74.0


@dataclass(frozen=True)
class Case:
    """One line of the benchmark: a network on samples of a shape, with a batch and an optimizer."""

    net: str
    shape: tuple[int, ...]
    batch: int
    optimizer: str
    samples: int = SAMPLES


CASES = {
    "paper-cnn-128": Case("paper-cnn", (28, 28, 1), 128, "adadelta"),
    "lenet-128": Case("lenet", (28, 28, 1), 128, "momentum"),
    "lenet-32": Case("lenet", (28, 28, 1), 32, "momentum"),
    "mlp-64": Case("mlp", (28, 28, 1), 64, "adam"),
    "resnet20-128": Case("resnet20", (32, 32, 3), 128, "momentum"),
    "theory-400": Case("theory", (20,), 400, "sgd", 400),
}


def images_of(case: Case) -> np.ndarray:
    """Random bytes: samples x height x width x channels."""
    return np.random.default_rng(0).integers(0, 256, (case.samples, *case.shape), np.uint8)


def labels_of(case: Case) -> np.ndarray:
    """A random class of ten for each sample."""
    return np.random.default_rng(1).integers(0, 10, case.samples)


def starts_of(case: Case) -> list[int]:
    """Where each batch of one pass begins; whole batches only, as in our own benchmark."""
    return list(range(0, case.samples, case.batch))


def speed_of(step: Callable[[int], None], case: Case, seconds: float) -> float:
    """Samples a second of `step(at)`, which trains on the batch that begins at `at`."""
    starts, trained, begun = starts_of(case), 0, time.perf_counter()
    while (spent := time.perf_counter() - begun) < seconds:
        step(starts[trained % len(starts)])
        trained += 1
    return trained * case.batch / spent


def serve(measure: Callable[[str, float], dict]) -> None:
    """Answers each line `case seconds` on stdin with one JSON object on stdout, until stdin ends."""
    print(json.dumps({"ready": True}), flush=True)
    for line in sys.stdin:
        name, seconds = line.split()
        print(json.dumps(measure(name, float(seconds))), flush=True)
