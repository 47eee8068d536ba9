"""Training speed of PyTorch on this CPU at its fastest settings; see `serve.py` for the talk."""

import itertools
import logging
import math
import os
from functools import cache
from typing import Callable

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from serve import CASES, DEVIATION, MEAN, Case, images_of, labels_of, serve, speed_of

torch.set_num_threads(os.cpu_count() or 1)
logging.getLogger("torch").setLevel(logging.ERROR)

OPTIMIZERS = {
    "momentum": lambda weights: torch.optim.SGD(weights, 0.001, momentum=0.9, fused=True),
    "adam": lambda weights: torch.optim.Adam(weights, 0.001, fused=True),
    "sgd": lambda weights: torch.optim.SGD(weights, 0.001, fused=True),
    # There is no fused Adadelta.
    "adadelta": lambda weights: torch.optim.Adadelta(weights, 0.001, foreach=True),
}


class Block(nn.Module):
    """A residual block of He et al. 2016 for CIFAR: shortcuts subsample and pad with zeros."""

    def __init__(self, before: int, width: int, stride: int):
        super().__init__()
        self.conv1 = nn.Conv2d(before, width, 3, stride, 1, bias=False)
        self.norm1 = nn.BatchNorm2d(width)
        self.conv2 = nn.Conv2d(width, width, 3, 1, 1, bias=False)
        self.norm2 = nn.BatchNorm2d(width)
        self.stride, self.grown = stride, width - before

    def forward(self, x: Tensor) -> Tensor:
        y = self.norm2(self.conv2(F.relu(self.norm1(self.conv1(x)))))
        if self.grown:
            extra = self.grown // 2
            x = F.pad(x[:, :, :: self.stride, :: self.stride], (0, 0, 0, 0, extra, extra))
        return F.relu(x + y)


def resnet20() -> nn.Module:
    """Three stages of three blocks."""
    plan = [(16, 16, 1), (16, 16, 1), (16, 16, 1), (16, 32, 2), (32, 32, 1), (32, 32, 1)]
    plan += [(32, 64, 2), (64, 64, 1), (64, 64, 1)]
    first = [nn.Conv2d(3, 16, 3, 1, 1, bias=False), nn.BatchNorm2d(16), nn.ReLU()]
    last = [nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(64, 10)]
    return nn.Sequential(*first, *(Block(*sizes) for sizes in plan), *last)


class Theory(nn.Module):
    """One hidden layer; the second is fixed, half +1/sqrt(k) and half -1/sqrt(k)."""

    def __init__(self, k: int = 1000, d: int = 20):
        super().__init__()
        self.kernel = nn.Parameter(torch.randn(d, k))
        signs = torch.cat([torch.ones(k // 2), -torch.ones(k // 2)])
        self.register_buffer("fixed", signs / math.sqrt(k))

    def forward(self, x: Tensor) -> Tensor:
        return F.softplus(x @ self.kernel) @ self.fixed


NETWORKS: dict[str, Callable[[], nn.Module]] = {
    "paper-cnn": lambda: nn.Sequential(
        nn.Conv2d(1, 64, 3), nn.ReLU(), nn.Conv2d(64, 128, 3), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(18432, 256), nn.ReLU(), nn.Linear(256, 10),
    ),
    "lenet": lambda: nn.Sequential(
        nn.Conv2d(1, 6, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(6, 16, 5), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(),
        nn.Linear(400, 120), nn.ReLU(), nn.Linear(120, 84), nn.ReLU(), nn.Linear(84, 10),
    ),
    "mlp": lambda: nn.Sequential(
        nn.Flatten(), nn.Linear(784, 512), nn.ReLU(), nn.Linear(512, 256), nn.ReLU(),
        nn.Linear(256, 10),
    ),
    "resnet20": resnet20,
    "theory": Theory,
}  # fmt: skip


def loss_of(case: Case, model: nn.Module) -> Callable[[Tensor, Tensor], Tensor]:
    """The loss of a batch of bytes (samples x height x width x channels) with its labels."""

    def loss(pixels: Tensor, labels: Tensor) -> Tensor:
        x = (pixels.float() - MEAN) / DEVIATION
        if case.net == "theory":
            return F.mse_loss(model(x), labels.float())
        # Bytes lie channels-last already; a contiguous copy is made for networks that want one.
        x = x.permute(0, 3, 1, 2)
        return F.cross_entropy(model(x), labels)

    return loss


def in_bfloat16(loss: Callable[[Tensor, Tensor], Tensor]) -> Callable[[Tensor, Tensor], Tensor]:
    """The same under PyTorch's own mixed precision."""

    def mixed(pixels: Tensor, labels: Tensor) -> Tensor:
        with torch.autocast("cpu", torch.bfloat16):
            return loss(pixels, labels)

    return mixed


def stepper(
    case: Case, compiled: bool, channels_last: bool, autocast: bool
) -> Callable[[int], None]:
    """A training step at the given settings."""
    model = NETWORKS[case.net]()
    if channels_last:
        model = model.to(memory_format=torch.channels_last)
    optimizer = OPTIMIZERS[case.optimizer](list(model.parameters()))
    images, labels = torch.from_numpy(images_of(case)), torch.from_numpy(labels_of(case))
    if not channels_last and len(case.shape) == 3:
        images = images.permute(0, 3, 1, 2).contiguous().permute(0, 2, 3, 1)
    order = torch.randperm(case.samples)
    loss_function = loss_of(case, model)
    if autocast:
        loss_function = in_bfloat16(loss_function)
    update = optimizer.step
    if compiled:
        loss_function = torch.compile(loss_function)
        update = torch.compile(update) if case.optimizer == "adadelta" else update

    def step(at: int) -> None:
        batch = order[at : at + case.batch]
        loss = loss_function(images[batch], labels[batch])
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        update()
        loss.item()

    return step


@cache
def fastest(name: str) -> tuple[Callable[[int], None], str]:
    """Tries every setting on a case, and keeps the fastest with its name; see `measure`."""
    name, _, precision = name.partition(":")
    case, tried = CASES[name], {}
    layouts = (False, True) if len(case.shape) == 3 and case.net != "mlp" else (False,)
    casts = (False, True) if precision == "bfloat16" else (False,)
    for compiled, channels_last, autocast in itertools.product((False, True), layouts, casts):
        step = stepper(case, compiled, channels_last, autocast)
        speed_of(step, case, 0.5)
        words = ["compiled" if compiled else "eager"] + ["channels-last"] * channels_last
        words += ["autocast"] * autocast
        tried[", ".join(words)] = (speed_of(step, case, 1.0), step)
    best = max(tried, key=lambda settings: tried[settings][0])
    return tried[best][1], best


def measure(name: str, seconds: float) -> dict:
    """Samples a second on a case, and the settings that were fastest; `NAME:bfloat16` lets it autocast."""
    step, settings = fastest(name)
    case = CASES[name.partition(":")[0]]
    return {"samplesPerSecond": speed_of(step, case, seconds), "settings": settings}


if __name__ == "__main__":
    serve(measure)
