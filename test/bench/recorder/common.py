"""The samples and labels of a run of the lab, for a training elsewhere on the very same ones."""

import struct
import sys
from pathlib import Path

import numpy as np


class Run:
    """MNIST as a run has it: pictures 0 to 1, given labels, ids by place in the data set."""

    def __init__(self, folder, mnist):
        labels = np.load(Path(folder) / "labels.npz")
        pictures = idx(Path(mnist) / "train-images-idx3-ubyte")
        self.train, self.holdout = (
            (pictures[labels[f"{part}_index"]], labels[f"{part}_given"].astype(np.int64),
             labels[f"{part}_index"].astype(np.int64))
            for part in ("train", "holdout")
        )
        tested = idx(Path(mnist) / "t10k-images-idx3-ubyte")
        self.test = tested[labels["test_index"]], labels["test_labels"].astype(np.int64)


def idx(path):
    """An IDX file of pictures, samples x 28 x 28, 0 to 1."""
    content = path.read_bytes()
    _, count, height, width = struct.unpack(">4i", content[:16])
    return np.frombuffer(content, np.uint8, offset=16).reshape(count, height, width).astype(np.float32) / 255


def arguments():
    """The run, MNIST's folder, the record, how it records (none, after, during) and how many epochs."""
    run, mnist, record, mode, epochs = sys.argv[1:6]
    return Run(run, mnist), record, mode, int(epochs)
