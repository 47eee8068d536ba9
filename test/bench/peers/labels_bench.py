"""Scores labels as cleanlab and AUM do, from the chances that our networks found on the same samples.

python labels_bench.py FOLDER NAME

Reads NAME-run.npz and NAME-folds.npz with their JSON, and prints one JSON object: by method, the score of
each training label (higher is likelier wrong), the estimated share of wrong labels, and how many are
flagged.
"""

import json
import sys
from pathlib import Path

import numpy as np
from cleanlab.count import num_label_issues
from cleanlab.filter import find_label_issues
from cleanlab.rank import get_label_quality_scores

folder, name = Path(sys.argv[1]), sys.argv[2]
run = json.loads((folder / f"{name}-run.json").read_text())
arrays = np.load(folder / f"{name}-run.npz")
classes = run["classes"]
given = arrays["given"].astype(int)
labels = np.concatenate([given, arrays["holdout_given"].astype(int)])
methods = {}


def cleanlab(title, chances, method):
    chances = chances / chances.sum(axis=1, keepdims=True)
    quality = get_label_quality_scores(labels, chances, method=method)
    flagged = find_label_issues(labels, chances)
    methods[title] = {
        "scores": (1 - quality[: len(given)]).round(6).tolist(),
        "rate": float(num_label_issues(labels, chances) / len(labels)),
        "flagged": int(flagged[: len(given)].sum()),
    }


if (folder / f"{name}-folds.json").exists():
    outside = np.load(folder / f"{name}-folds.npz")["outside"].reshape(-1, len(labels), classes)
    # The epoch that agrees most with the labels that it never saw, which is all that is known without truth.
    best = max(outside, key=lambda chances: (chances.argmax(1) == labels).mean())
    cleanlab("cleanlab, best epoch", best, "self_confidence")
    cleanlab("cleanlab, margin, epochs averaged", outside.mean(0), "normalized_margin")

# Area under the margin (Pleiss et al. 2020): the margin of logits, which is that of log chances.
probabilities = arrays["probabilities"].reshape(-1, len(given), classes)[: run["verdict"]["high"]]
logits = np.log(np.maximum(probabilities, 1e-12))
own = np.take_along_axis(logits, given[None, :, None], 2)[:, :, 0]
np.put_along_axis(logits, np.broadcast_to(given[None, :, None], logits.shape[:2] + (1,)), -np.inf, 2)
methods["AUM to the stop"] = {"scores": (logits.max(2) - own).mean(0).round(6).tolist()}
print(json.dumps(methods))
