"""The samples, labels and first weights of a run of the lab, for a training elsewhere on the very same ones."""

import json
import struct
import sys
from pathlib import Path

import numpy as np


class Run:
    """MNIST as a run has it: parts of (pictures 0 to 1, given labels, ids by place in the data set)."""

    def __init__(self, folder, mnist):
        self.folder = Path(folder)
        labels = np.load(self.folder / "labels.npz")
        pictures = idx(Path(mnist) / "train-images-idx3-ubyte")
        self.train, self.holdout = (
            (pictures[labels[f"{part}_index"]], labels[f"{part}_given"].astype(np.int64),
             labels[f"{part}_index"].astype(np.int64))
            for part in ("train", "holdout")
        )

    def first_weights(self):
        """Weights before training by name; kernels are height x width x in x out, or in x out."""
        content = (self.folder / "checkpoints" / "epoch-0000.safetensors").read_bytes()
        length = struct.unpack("<Q", content[:8])[0]
        head, body = json.loads(content[8:8 + length]), content[8 + length:]
        return {
            name: np.frombuffer(body[slice(*one["data_offsets"])], np.float32).reshape(one["shape"])
            for name, one in head.items() if "dtype" in one and one["dtype"] == "F32"
        }


def idx(path):
    """An IDX file of pictures, samples x 28 x 28, 0 to 1."""
    content = path.read_bytes()
    _, count, height, width = struct.unpack(">4i", content[:16])
    return np.frombuffer(content, np.uint8, offset=16).reshape(count, height, width).astype(np.float32) / 255


def arguments():
    """The run, the record, how it records (none, after, during) and how many epochs."""
    run, mnist, record, mode, epochs = sys.argv[1:6]
    return Run(run, mnist), record, mode, int(epochs)
