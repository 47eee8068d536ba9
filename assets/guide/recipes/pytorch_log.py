"""Writes a log that Label Noise Lab can recommend a stop from, from a PyTorch training.

    log = StopLog(model, (x, y), (hold_x, hold_y))  # before training; the labels are the given ones
    log.write(epoch)                                # after each epoch, 1 being the first
"""
import torch


class StopLog:
    names = "epoch trainLoss trainAccuracy holdoutLoss holdoutAccuracy relativeDistance predictionChanges"

    def __init__(self, model, train, holdout, path="stop-log.csv"):
        self.model, self.parts = model, (train, holdout)
        self.start, self.before = flat(model), None
        self.file = open(path, "w")
        print(*self.names.split(), sep=",", file=self.file, flush=True)

    @torch.no_grad()
    def write(self, epoch):
        training = self.model.training
        outs = [self.model.eval()(x) for x, _ in self.parts]
        self.model.train(training)
        measured = [of(out, y) for out, (_, y) in zip(outs, self.parts) for of in (loss, accuracy)]
        moved = (flat(self.model) - self.start).norm() / self.start.norm()
        now = outs[0].argmax(1)
        changes = "" if self.before is None else int((now != self.before).sum())
        self.before = now
        row = (epoch, *map(float, measured), float(moved), changes)
        print(*row, sep=",", file=self.file, flush=True)


def loss(out, y):
    return torch.nn.functional.cross_entropy(out, y)


def accuracy(out, y):
    return (out.argmax(1) == y).float().mean()


def flat(model):
    return torch.nn.utils.parameters_to_vector(model.parameters()).detach().clone()
