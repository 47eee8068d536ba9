"""LeNet with a run's first weights, in PyTorch."""

import torch
from torch import nn


def lenet(run):
    net = nn.Sequential(
        nn.Unflatten(1, (1, 28)), nn.Conv2d(1, 6, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(6, 16, 5), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(),
        nn.Linear(400, 120), nn.ReLU(), nn.Linear(120, 84), nn.ReLU(), nn.Linear(84, 10),
    )
    weights = run.first_weights()
    layers = [layer for layer in net if hasattr(layer, "weight")]
    for name, layer in zip(("conv1", "conv2", "dense1", "dense2", "output"), layers):
        kernel = weights[f"{name}/kernel"]
        if kernel.ndim == 4:
            kernel = kernel.transpose(3, 2, 0, 1)
        else:
            # The lab's pictures end with their channels, PyTorch's begin with them.
            if name == "dense1":
                kernel = kernel.reshape(5, 5, 16, 120).transpose(2, 0, 1, 3).reshape(400, 120)
            kernel = kernel.T
        layer.weight.data.copy_(torch.from_numpy(kernel.copy()))
        layer.bias.data.copy_(torch.from_numpy(weights[f"{name}/bias"].copy()))
    return net
