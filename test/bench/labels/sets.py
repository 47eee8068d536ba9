"""Makes the data sets of the labels bench that have no file of their own: CIFAR-10's sample whole, with
its human labels, and scikit-learn's digits as CSV.

python sets.py SHARED/data OUT
"""

import csv
import sys
import tarfile
from pathlib import Path

import numpy as np
from sklearn.datasets import load_digits

shared, out = Path(sys.argv[1]), Path(sys.argv[2])
out.mkdir(parents=True, exist_ok=True)

parts = {}
with tarfile.open(shared / "cifar-10-sample-binary.tar.gz") as archive:
    for member in archive.getmembers():
        if member.name.endswith(".bin"):
            records = np.frombuffer(archive.extractfile(member).read(), np.uint8).reshape(-1, 3073)
            pictures = records[:, 1:].reshape(-1, 3, 32, 32).transpose(0, 2, 3, 1)
            parts[Path(member.name).stem] = pictures, records[:, 0]
train = [parts[f"data_batch_{i}"] for i in range(1, 6)]
np.savez(
    out / "cifar.npz",
    x_train=np.concatenate([pictures for pictures, _ in train]),
    y_train=np.concatenate([labels for _, labels in train]),
    x_test=parts["test_batch"][0],
    y_test=parts["test_batch"][1],
)
(out / "cifar-labels.csv").write_text((shared / "cifar-10n-sample.csv").read_text())

digits = load_digits()
with open(out / "digits.csv", "w", newline="") as file:
    writer = csv.writer(file)
    writer.writerow([f"p{i}" for i in range(64)] + ["label"])
    writer.writerows([*map(int, row), f"d{label}"] for row, label in zip(digits.data, digits.target))
