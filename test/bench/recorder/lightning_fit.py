"""The same by Lightning: a Trainer with a callback."""

import json
import warnings

import lightning
import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

from common import arguments
from label_noise_lab import Recorder, lightning_callback
from nets import lenet


class Module(lightning.LightningModule):
    def __init__(self, net):
        super().__init__()
        self.net = net

    def forward(self, inputs):
        return self.net(inputs)

    def training_step(self, batch, _):
        inputs, labels, _ids = batch
        return nn.functional.cross_entropy(self(inputs), labels)

    def configure_optimizers(self):
        return torch.optim.SGD(self.parameters(), lr=0.01, momentum=0.9)


def main():
    warnings.filterwarnings("ignore")
    run, folder, _, epochs = arguments()
    torch.manual_seed(1)
    train, holdout = (TensorDataset(*map(torch.from_numpy, part)) for part in (run.train, run.holdout))
    recorder = Recorder(folder, 10, epochs=epochs, framework="Lightning", name="Lightning")
    whole, held = (DataLoader(part, batch_size=64) for part in (train, holdout))
    trainer = lightning.Trainer(
        max_epochs=epochs, accelerator="cpu", logger=False, enable_checkpointing=False,
        enable_progress_bar=False, enable_model_summary=False,
        callbacks=[lightning_callback(recorder, train=whole, holdout=held)],
    )
    trainer.fit(Module(lenet(run)), DataLoader(train, batch_size=64, shuffle=True))
    print(json.dumps([]))


main()
