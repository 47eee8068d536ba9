"""A plain PyTorch loop: LeNet, SGD with momentum. Prints the seconds of each epoch, and the recorder's own of them."""

import json
import time

import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

from common import arguments
from label_noise_lab import Recorder
from nets import lenet


def loader(part, shuffle):
    return DataLoader(TensorDataset(*map(torch.from_numpy, part)), batch_size=64, shuffle=shuffle)


class Timed(Recorder):
    """Knows how long recording takes, apart from the network's passes."""

    own = 0.0

    def add(self, *args, **named):
        began = time.perf_counter()
        super().add(*args, **named)
        self.own += time.perf_counter() - began

    def end_epoch(self, *args, **named):
        began = time.perf_counter()
        super().end_epoch(*args, **named)
        self.own += time.perf_counter() - began


def main():
    run, folder, mode, epochs = arguments()
    torch.manual_seed(1)
    torch.set_num_threads(1)
    model = lenet(run)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01, momentum=0.9)
    during = mode == "during"
    recorder = None if mode == "none" else Timed(
        folder, 10, epochs=epochs, framework="PyTorch", name=f"PyTorch, {mode}", during=during)
    training, whole, holdout = loader(run.train, True), loader(run.train, False), loader(run.holdout, False)
    seconds, own = [], []
    for epoch in range(1, epochs + 1):
        began = time.perf_counter()
        for inputs, labels, ids in training:
            outputs = model(inputs)
            loss = nn.functional.cross_entropy(outputs, labels)
            if during:
                recorder.step(ids, labels, outputs)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        if recorder:
            recorder.evaluate(model, epoch, train=None if during else whole, holdout=holdout)
        else:
            # As every training does, it looks at its hold-out.
            with torch.inference_mode():
                for inputs, labels, _ in holdout:
                    model(inputs)
        seconds.append(time.perf_counter() - began)
        own.append(recorder.own - sum(own) if recorder else 0)
    if recorder:
        recorder.close()
    print(json.dumps({"seconds": seconds, "own": own}))


main()
