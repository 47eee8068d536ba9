"""Makes the two data sets that have no file of their own: CIFAR-10's sample, cut so that 3,000 of its
6,000 pictures are for testing, and scikit-learn's digits as CSV.

python prepare.py SHARED/data OUT
"""

import csv
import io
import sys
import tarfile
from pathlib import Path

import numpy as np
from sklearn.datasets import load_digits

shared, out = Path(sys.argv[1]), Path(sys.argv[2])
out.mkdir(parents=True, exist_ok=True)

pictures, labels = {}, {}
with tarfile.open(shared / "cifar-10-sample-binary.tar.gz") as archive:
    for member in archive.getmembers():
        if member.name.endswith(".bin"):
            name = Path(member.name).stem
            records = np.frombuffer(archive.extractfile(member).read(), np.uint8).reshape(-1, 3073)
            labels[name] = records[:, 0]
            pictures[name] = records[:, 1:].reshape(-1, 3, 32, 32).transpose(0, 2, 3, 1)
batches = [f"data_batch_{i}" for i in range(1, 6)]
x, y = (np.concatenate([part[name] for name in batches]) for part in (pictures, labels))
np.savez(
    out / "cifar.npz",
    x_train=x[:3000],
    y_train=y[:3000],
    x_test=np.concatenate([x[3000:], pictures["test_batch"]]),
    y_test=np.concatenate([y[3000:], labels["test_batch"]]),
)
rows = list(csv.reader(io.StringIO((shared / "cifar-10n-sample.csv").read_text())))
with open(out / "cifar-labels.csv", "w", newline="") as file:
    csv.writer(file).writerows(rows[:3001])

digits = load_digits()
with open(out / "digits.csv", "w", newline="") as file:
    writer = csv.writer(file)
    writer.writerow([f"p{i}" for i in range(64)] + ["label"])
    writer.writerows([*map(int, row), f"d{label}"] for row, label in zip(digits.data, digits.target))
