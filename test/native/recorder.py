"""A training that records itself: softmax regression by gradient descent, in NumPy alone.

python recorder.py RECORD EPOCHS WORKERS WORKER DIE_IN FIRST
DIE_IN: the process ends without a word in the middle of this epoch; 0 for never. FIRST: the first epoch.
What the record must say is printed: a JSON object of each epoch's predictions and losses by sample.
"""

import json
import os
import sys

import numpy as np

import label_noise_lab
from label_noise_lab import Recorder

# Less than half an epoch's outputs, so that batches are taken in several times.
label_noise_lab.WAITING = 100
record = sys.argv[1]
epochs, workers, worker, die_in, first = map(int, sys.argv[2:7])
random = np.random.default_rng(3)
points = random.normal(size=(300, 4)) + np.repeat(np.eye(3, 4) * 3, 100, axis=0)
truth = np.repeat(np.arange(3), 100)
wrong = random.random(300) < 0.3
given = np.where(wrong, (truth + random.integers(1, 3, 300)) % 3, truth)
names = np.array([f"pictures/{i:03d}.png" for i in random.permutation(300)])
train, holdout = np.arange(0, 300, 3), np.arange(1, 300, 3)
train = np.concatenate([train, np.arange(2, 300, 3)])
# As DistributedSampler does: every so many-th, padded by some that others have.
own = np.concatenate([train[worker::workers], train[:workers - 1]])

recorder = Recorder(record, ["ant", "bee", "cat"], epochs=epochs, worker=worker, workers=workers)
weights, told = np.zeros((4, 3)), []
for epoch in range(1, epochs + 1):
    logits = points @ weights
    powers = np.exp(logits - logits.max(1, keepdims=True))
    chances = powers / powers.sum(1, keepdims=True)
    weights -= 0.5 * points[train].T @ (chances[train] - np.eye(3)[given[train]]) / len(train)
    logits = points @ weights
    if epoch < first:
        continue
    order = np.random.default_rng(epoch + 10 * worker).permutation(own)
    powers = np.exp(logits - logits.max(1, keepdims=True))
    for place, batch in enumerate(np.array_split(order, 7)):
        # A few batches as probabilities, some of them with losses, as frameworks have it.
        chances = powers[batch] / powers[batch].sum(1, keepdims=True)
        loss = -np.log(chances[np.arange(len(batch)), given[batch]])
        outputs = {"logits": logits[batch]} if place < 4 else {"probabilities": chances}
        recorder.add("train", names[batch], given[batch], **outputs, loss=loss if place in (2, 5) else None)
        if epoch == die_in:
            os._exit(9)
    if worker == 0:
        recorder.add("holdout", names[holdout], given[holdout], logits[holdout])
        if epoch == 1:
            recorder.features("train", names[train], points[train])
            recorder.features("holdout", names[holdout], points[holdout])
    recorder.end_epoch(epoch, testAccuracy=float((logits.argmax(1) == truth).mean()))
    loss = np.log(np.exp(logits - logits.max(1, keepdims=True)).sum(1)) + logits.max(1) - logits[np.arange(300), given]
    told.append({str(names[i]): [int(logits[i].argmax()), float(loss[i])] for i in range(300)})
recorder.close()
print(json.dumps({"epochs": told, "given": {str(names[i]): int(given[i]) for i in range(300)},
                  "train": sorted(map(str, names[train])), "holdout": sorted(map(str, names[holdout]))}))
