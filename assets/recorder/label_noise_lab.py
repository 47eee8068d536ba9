"""Records a training for Label Noise Lab: what the network says of each sample, epoch by epoch.

    from label_noise_lab import Recorder

    recorder = Recorder("record", classes=["cat", "dog"], epochs=100)
    for epoch in range(1, 101):
        train(...)
        recorder.evaluate(model, epoch, train=train_loader, holdout=holdout_loader)
    recorder.close()

A loader gives ``(inputs, labels, ids)``; ``WithIds(dataset)`` adds the ids to any data set. The folder
``record`` opens in the lab, also while it grows: ``label-noise-lab analyze record --follow``.

The labels are those that the training is given, wrong ones and all. The hold-out is a part of the same
data that is kept from training; test data do not belong here. Nothing is sent anywhere.

Needs NumPy. A framework is imported only where its own helper is used: ``keras_callback``,
``lightning_callback``, ``trainer_callback``.
"""

import datetime
import json
import os
import secrets
import time

import numpy as np

FORMAT, VERSION = "label-noise-lab-record", 1
TOP = 5
"""So many of the likeliest classes are kept of each sample and epoch."""
WHOLE = 65535
"""Chances are written as so many parts of 1."""
WAITING = 4_000_000
"""So many outputs are kept back at most, and then taken in at once: 16 MB, and far less work than a batch each."""
PREFIX = {"train": "", "holdout": "holdout_"}


class Recorder:
    """Writes a record folder. Every file is written beside its place and renamed, so a kill harms none.

    folder: where to; one training, one folder. A training that goes on from a checkpoint goes on in it.
    classes: names of the classes, in the order of the network's outputs; their number will do.
    epochs: how many are planned, where that is known.
    during: predictions come from the training steps (``step``), at no cost; else from the model after
        each epoch (``evaluate``, ``add``), which costs one forward pass.
    worker, workers: this process and how many there are, as in DDP; each writes files of its own.
    """

    def __init__(self, folder, classes, *, epochs=None, name=None, framework="NumPy", during=False,
                 worker=0, workers=1):
        self.folder, self.worker = str(folder), int(worker)
        names = [str(i) for i in range(classes)] if isinstance(classes, int) else [str(c) for c in classes]
        os.makedirs(os.path.join(self.folder, "dynamics"), exist_ok=True)
        self._head_path = os.path.join(self.folder, "record.json")
        self._samples = {}
        self._said = {"train": _Said(), "holdout": _Said()}
        self._began = time.monotonic()
        if self.worker == 0:
            self._head = self._begin(names, epochs, name, framework, during, int(workers))
        self.classes = names
        self._take_up_samples()

    def _begin(self, classes, epochs, name, framework, during, workers):
        before = None
        if os.path.exists(self._head_path):
            with open(self._head_path, encoding="utf-8") as file:
                before = json.load(file)
            if before["classes"] != classes or before["workers"] != workers:
                raise ValueError(f"{self.folder} holds the record of another training. Name another folder.")
        head = {
            "format": FORMAT, "version": VERSION,
            "token": before["token"] if before else secrets.token_hex(16),
            "name": (name or os.path.basename(os.path.abspath(self.folder)) or "record")[:120],
            "framework": framework, "classes": classes, "during": bool(during),
            "epochs": None if epochs is None else int(epochs), "workers": workers,
            "created": before["created"] if before else _now(), "ended": None,
        }
        self._write(self._head_path, json.dumps(head, indent=2).encode())
        return head

    def _take_up_samples(self):
        path = self._path("samples")
        if not os.path.exists(path):
            return
        with np.load(path, allow_pickle=False) as arrays:
            for part in ("train", "holdout"):
                if f"{part}_id" in arrays:
                    self._samples[part] = {field: arrays[f"{part}_{field}"] for field in ("id", "given")}
                    if f"{part}_true" in arrays:
                        self._samples[part]["true"] = arrays[f"{part}_true"]

    # What is told of samples

    def samples(self, part, ids, given, true=None):
        """Tells all samples of ``"train"`` or ``"holdout"`` beforehand: ids and labels as given.

        Needed only where an epoch does not see them all, as with samplers that draw with repeats.
        true: the right labels, where they are known; the lab shows them as hindsight and uses them for nothing.
        """
        self._know(part, _ids(ids), _labels(given), None if true is None else _labels(true))
        self._write_samples()

    def add(self, part, ids, labels, logits=None, *, probabilities=None, loss=None):
        """Adds what the network says of some samples of a part in this epoch, in any order.

        logits or probabilities: samples x classes. Two or more of the same sample: the last counts.
        loss: cross-entropy of each sample, where it is at hand already.
        """
        labels, ids = _labels(labels), _ids(ids)
        is_logits = probabilities is None
        # Copied, for a framework may use its memory again.
        outputs = np.array(_array(logits if is_logits else probabilities), np.float32)
        if outputs.ndim != 2 or len(outputs) != len(ids) or len(labels) != len(ids):
            raise ValueError("ids, labels and logits (samples x classes) must be of the same samples.")
        if outputs.shape[1] != len(self.classes):
            raise ValueError(f"The outputs are of {outputs.shape[1]} classes, and there are {len(self.classes)}.")
        if len(labels) > 0 and not 0 <= labels.min() <= labels.max() < outputs.shape[1]:
            raise ValueError(f"Labels must be whole numbers from 0 to {outputs.shape[1] - 1}.")
        losses = np.full(len(ids), np.nan, np.float32) if loss is None else np.array(_array(loss), np.float32)
        if losses.shape != ids.shape:
            raise ValueError("loss must be one number a sample: take it before it is averaged.")
        self._said[part].add(is_logits, ids, labels, outputs, losses)

    def step(self, ids, labels, logits):
        """Adds a training step's own samples: call it after the forward pass, with ``during=True``."""
        self.add("train", ids, labels, logits)

    def end_epoch(self, epoch, **metrics):
        """Ends an epoch (1 is the first) and writes it.

        metrics: ``testAccuracy`` and ``testLoss`` (shown, and never used for a recommendation).
        """
        arrays = {}
        for part, prefix in PREFIX.items():
            said = self._said[part].whole()
            if said is None:
                continue
            self._know(part, said["id"], said.pop("given"))
            known = self._samples[part]["id"]
            if len(known) == len(said["id"]) and np.array_equal(known, said["id"]):
                said.pop("id")
            arrays.update({prefix + field: values for field, values in said.items()})
        self._write_samples()
        self._savez(self._path(f"dynamics/epoch-{int(epoch):04d}"), arrays)
        self._said = {"train": _Said(), "holdout": _Said()}
        seconds, self._began = time.monotonic() - self._began, time.monotonic()
        if self.worker == 0:
            self._row({"epoch": int(epoch), "seconds": round(seconds, 3), **{k: float(v) for k, v in metrics.items()}})

    def features(self, part, ids, values):
        """Tells what the last layer is fed (samples x features), once: the lab finds neighbours by it."""
        kept = getattr(self, "_features", {})
        kept[f"{part}_id"], kept[part] = _ids(ids), np.asarray(_array(values), np.float32)
        self._features = kept
        self._savez(os.path.join(self.folder, "features.npz"), kept)

    def close(self):
        """Tells that the training has ended."""
        if self.worker == 0:
            self._head["ended"] = _now()
            self._write(self._head_path, json.dumps(self._head, indent=2).encode())

    # PyTorch

    def evaluate(self, model, epoch, *, train=None, holdout=None, device=None, **metrics):
        """Evaluates a PyTorch model on loaders of ``(inputs, labels, ids)``, and ends the epoch.

        train: left out with ``during=True``, where ``step`` has told the training samples already.
        """
        import torch

        was_training = model.training
        device = device or next(model.parameters()).device
        model.eval()
        with torch.inference_mode():
            for part, loader in (("train", train), ("holdout", holdout)):
                for inputs, labels, ids in loader if loader is not None else ():
                    self.add(part, ids, labels, model(inputs.to(device)))
        model.train(was_training)
        self.end_epoch(epoch, **metrics)

    # Files

    def _know(self, part, ids, given, true=None):
        known = self._samples.get(part)
        if known is not None:
            fresh = ~np.isin(ids, known["id"])
            if true is None and not fresh.any():
                return
            ids, given = np.concatenate([known["id"], ids[fresh]]), np.concatenate([known["given"], given[fresh]])
        self._samples[part] = {"id": ids, "given": given}
        if true is not None:
            self._samples[part]["true"] = true
        elif known is not None and "true" in known:
            raise ValueError("The true labels of some samples are told and those of others are not.")
        self._changed = True

    def _write_samples(self):
        if not getattr(self, "_changed", False):
            return
        arrays = {f"{part}_{field}": values for part, own in self._samples.items() for field, values in own.items()}
        self._savez(self._path("samples"), arrays)
        self._changed = False

    def _path(self, name):
        return os.path.join(self.folder, name + (f".worker-{self.worker}" if self.worker else "") + ".npz")

    def _row(self, row):
        path = os.path.join(self.folder, "metrics.jsonl")
        before = b""
        if os.path.exists(path):
            with open(path, "rb") as file:
                lines = file.read().split(b"\n")[:-1]
            # Epochs that are trained again, from a checkpoint on, are told anew.
            lines = [line for line in lines if json.loads(line)["epoch"] < row["epoch"]]
            before = b"".join(line + b"\n" for line in lines)
        self._write(path, before + json.dumps(row).encode() + b"\n")

    def _savez(self, path, arrays):
        with open(path + ".part", "wb") as file:
            np.savez(file, **arrays)
        os.replace(path + ".part", path)

    def _write(self, path, content):
        with open(path + ".part", "wb") as file:
            file.write(content)
        os.replace(path + ".part", path)


class WithIds:
    """A PyTorch data set that gives ``(inputs, label, id)``; the id is the place, or ``ids[place]``.

    Wrap the whole data set before it is split into ``Subset``s, so that ids stay those of the whole.
    """

    def __init__(self, dataset, ids=None):
        self.dataset, self.ids = dataset, ids

    def __len__(self):
        return len(self.dataset)

    def __getitem__(self, place):
        inputs, label = self.dataset[place][:2]
        return inputs, label, place if self.ids is None else self.ids[place]


def keras_callback(recorder, train, holdout=None, *, batch_size=256):
    """A Keras callback that evaluates after each epoch.

    train, holdout: ``(inputs, labels)`` or ``(inputs, labels, ids)`` as arrays; the model gives logits or
    probabilities of the classes, which is seen by whether its rows add up to 1.
    """
    import keras

    class Record(keras.callbacks.Callback):
        def on_epoch_end(self, epoch, logs=None):
            for part, data in (("train", train), ("holdout", holdout)):
                if data is not None:
                    ids = data[2] if len(data) > 2 else np.arange(len(data[1]))
                    outputs = self.model.predict(data[0], batch_size=batch_size, verbose=0)
                    recorder.add(part, ids, data[1], **_outputs(outputs))
            recorder.end_epoch(epoch + 1)

        def on_train_end(self, logs=None):
            recorder.close()

    return Record()


def lightning_callback(recorder, train=None, holdout=None):
    """A Lightning callback that evaluates loaders of ``(inputs, labels, ids)`` after each epoch.

    With ``during=True`` call ``recorder.step(ids, labels, logits)`` in ``training_step``, and leave ``train`` out.
    """
    try:
        from lightning.pytorch.callbacks import Callback
    except ImportError:
        from pytorch_lightning.callbacks import Callback

    class Record(Callback):
        def on_train_epoch_end(self, trainer, module):
            epoch = trainer.current_epoch + 1
            recorder.evaluate(module, epoch, train=train, holdout=holdout, device=module.device)

        def on_fit_end(self, trainer, module):
            recorder.close()

    return Record()


def trainer_callback(recorder, train, holdout=None, *, batch_size=64, labels="labels", ids=None):
    """A Hugging Face Trainer callback that evaluates data sets after each epoch.

    train, holdout: data sets of dicts of tensors as the Trainer takes them. ids: the field that names a
    sample; its place where None.
    """
    import torch
    from transformers import TrainerCallback, default_data_collator

    class Record(TrainerCallback):
        def on_epoch_end(self, args, state, control, model=None, **kwargs):
            was_training = model.training
            model.eval()
            with torch.inference_mode():
                for part, data in (("train", train), ("holdout", holdout)):
                    for at in range(0, len(data) if data is not None else 0, batch_size):
                        rows = [data[i] for i in range(at, min(at + batch_size, len(data)))]
                        names = [row[ids] if ids else at + i for i, row in enumerate(rows)]
                        inputs = [{k: v for k, v in row.items() if k != ids} for row in rows]
                        batch = {k: v.to(model.device) for k, v in default_data_collator(inputs).items()}
                        recorder.add(part, names, batch[labels].cpu(), model(**batch).logits)
            model.train(was_training)
            recorder.end_epoch(round(state.epoch))

        def on_train_end(self, args, state, control, **kwargs):
            recorder.close()

    return Record()


def corrected(path, ids, given, classes):
    """Labels with the corrections of a CSV that the lab exported, to train again with.

    classes: the names that the recorder was given. Returns ``(labels, keep)``: the classes by number, and
    False for each sample that was taken out.
    """
    import csv

    labels, keep = np.array(_labels(given)), np.ones(len(given), bool)
    place = {str(name): i for i, name in enumerate(_ids(ids))}
    number = {str(name): i for i, name in enumerate(classes)}
    with open(path, newline="", encoding="utf-8-sig") as file:
        for row in csv.DictReader(file):
            if row["part"] == "test" or row["id"] not in place:
                continue
            keep[place[row["id"]]] = row["label"] != ""
            labels[place[row["id"]]] = number.get(row["label"], labels[place[row["id"]]])
    return labels, keep


class _Said:
    """What was said of one part in this epoch. Batches are worked on many at a time, which costs less."""

    def __init__(self):
        self.parts, self.batches, self.is_logits, self.waiting = [], [], True, 0

    def add(self, is_logits, ids, given, outputs, losses):
        """losses: NaN where they are not at hand."""
        if is_logits != self.is_logits or self.waiting > WAITING:
            self.take_in()
        self.batches.append((ids, given, outputs, losses))
        self.is_logits = is_logits
        self.waiting += outputs.size

    def take_in(self):
        if not self.batches:
            return
        ids, given, outputs, losses = (np.concatenate(each) for each in zip(*self.batches))
        self.batches, self.waiting = [], 0
        chances = _softmax(outputs) if self.is_logits else outputs
        own = -np.log(np.maximum(chances[np.arange(len(ids)), given], 1e-30))
        count = min(TOP, chances.shape[1])
        top = np.argpartition(-chances, count - 1, axis=1)[:, :count]
        self.parts.append({
            "id": ids, "given": given, "predicted": chances.argmax(1).astype(np.uint16),
            "loss": np.where(np.isnan(losses), own, losses), "top_class": top.astype(np.uint16),
            "top_probability": np.rint(np.take_along_axis(chances, top, 1) * WHOLE).astype(np.uint16),
        })

    def whole(self):
        """All samples in the order of their ids, each once; None where none were told."""
        self.take_in()
        if not self.parts:
            return None
        whole = {field: np.concatenate([part[field] for part in self.parts]) for field in self.parts[0]}
        # The last of several counts: np.unique keeps the first of the order turned round.
        _, first = np.unique(whole["id"][::-1], return_index=True)
        last = len(whole["id"]) - 1 - first
        return {field: values[last] for field, values in whole.items()}


def _array(values):
    """An array of whatever a framework gives."""
    if hasattr(values, "detach"):
        values = values.detach().float().cpu() if values.is_floating_point() else values.detach().cpu()
    return np.asarray(values.numpy() if hasattr(values, "numpy") else values)


def _ids(values):
    ids = _array(values)
    return ids.astype(np.int64) if ids.dtype.kind in "iu" else ids.astype(str)


def _labels(values):
    labels = _array(values)
    return labels.astype(np.int64).reshape(len(labels))


def _outputs(outputs):
    outputs = np.asarray(outputs, np.float32)
    is_chance = outputs.min() >= 0 and np.allclose(outputs.sum(1), 1, atol=1e-3)
    return {"probabilities": outputs} if is_chance else {"logits": outputs}


def _softmax(logits):
    shifted = logits - logits.max(axis=1, keepdims=True)
    powers = np.exp(shifted)
    return powers / powers.sum(1, keepdims=True)


def _now():
    return datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.000Z")
