"""scikit-learn's MLP by partial_fit: another network, on the same samples and labels."""

import json

import numpy as np
from sklearn.neural_network import MLPClassifier

from common import arguments
from label_noise_lab import Recorder


def main():
    run, folder, _, epochs = arguments()
    (pictures, labels, ids), (held, held_labels, held_ids) = (
        (part[0].reshape(len(part[0]), -1), *part[1:]) for part in (run.train, run.holdout))
    model = MLPClassifier((256,), solver="sgd", learning_rate_init=0.05, momentum=0.9, alpha=0, batch_size=64, random_state=1)
    recorder = Recorder(folder, 10, epochs=epochs, framework="scikit-learn", name="scikit-learn")
    random = np.random.default_rng(1)
    for epoch in range(1, epochs + 1):
        order = random.permutation(len(labels))
        for at in range(0, len(order), 64):
            batch = order[at:at + 64]
            model.partial_fit(pictures[batch], labels[batch], classes=np.arange(10))
        recorder.add("train", ids, labels, probabilities=model.predict_proba(pictures))
        recorder.add("holdout", held_ids, held_labels, probabilities=model.predict_proba(held))
        recorder.end_epoch(epoch)
    recorder.close()
    print(json.dumps([]))


main()
