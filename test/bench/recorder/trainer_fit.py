"""The same by Hugging Face's Trainer with a callback."""

import json
import tempfile

import torch
from torch import nn
from transformers import Trainer, TrainingArguments, set_seed
from transformers.modeling_outputs import SequenceClassifierOutput

from common import arguments
from label_noise_lab import Recorder, trainer_callback
from nets import lenet


class Model(nn.Module):
    def __init__(self, net):
        super().__init__()
        self.net = net

    @property
    def device(self):
        return next(self.parameters()).device

    def forward(self, pixels, labels=None):
        logits = self.net(pixels)
        return SequenceClassifierOutput(loss=nn.functional.cross_entropy(logits, labels), logits=logits)


class Rows(torch.utils.data.Dataset):
    def __init__(self, part):
        self.part = part

    def __len__(self):
        return len(self.part[1])

    def __getitem__(self, place):
        pictures, labels, _ = self.part
        return {"pixels": torch.from_numpy(pictures[place]), "labels": int(labels[place])}


def main():
    run, folder, _, epochs = arguments()
    set_seed(1)
    train, holdout = Rows(run.train), Rows(run.holdout)
    model = Model(lenet(run))
    recorder = Recorder(folder, 10, epochs=epochs, framework="Hugging Face Trainer", name="Trainer")
    told = TrainingArguments(
        tempfile.mkdtemp(), num_train_epochs=epochs, per_device_train_batch_size=64, learning_rate=0.01,
        lr_scheduler_type="constant", max_grad_norm=0, save_strategy="no", logging_strategy="no",
        report_to=[], disable_tqdm=True, use_cpu=True,
    )
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01, momentum=0.9)
    Trainer(model, told, train_dataset=train, optimizers=(optimizer, None),
            callbacks=[trainer_callback(recorder, train, holdout)]).train()
    print(json.dumps([]))


main()
