"""The same in two processes of one machine, by DistributedDataParallel with gloo."""

import json
import os
import sys
import tempfile

import torch
import torch.distributed as dist
import torch.multiprocessing as mp
from torch import nn
from torch.utils.data import DataLoader, TensorDataset
from torch.utils.data.distributed import DistributedSampler

from common import arguments
from label_noise_lab import Recorder
from nets import lenet

WORKERS = 2


def work(worker, meeting):
    dist.init_process_group("gloo", init_method=f"file://{meeting}", rank=worker, world_size=WORKERS)
    run, folder, _, epochs = arguments()
    torch.manual_seed(1)
    torch.set_num_threads(1)
    model = lenet(run)
    trained = nn.parallel.DistributedDataParallel(model)
    optimizer = torch.optim.SGD(trained.parameters(), lr=0.01, momentum=0.9)
    recorder = Recorder(folder, 10, epochs=epochs, framework="PyTorch DDP", name="PyTorch, DDP",
                        worker=worker, workers=WORKERS)
    parts = [TensorDataset(*map(torch.from_numpy, part)) for part in (run.train, run.holdout)]
    shuffled = DistributedSampler(parts[0], shuffle=True, seed=1)
    own = [DistributedSampler(part, shuffle=False) for part in parts]
    training = DataLoader(parts[0], batch_size=32, sampler=shuffled)
    whole, holdout = (DataLoader(part, batch_size=64, sampler=sampler) for part, sampler in zip(parts, own))
    for epoch in range(1, epochs + 1):
        shuffled.set_epoch(epoch)
        for inputs, labels, _ in training:
            loss = nn.functional.cross_entropy(trained(inputs), labels)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        recorder.evaluate(model, epoch, train=whole, holdout=holdout)
    recorder.close()
    dist.destroy_process_group()


if __name__ == "__main__":
    meeting = os.path.join(tempfile.mkdtemp(), "meeting")
    mp.spawn(work, args=(meeting,), nprocs=WORKERS)
    print(json.dumps([]))
