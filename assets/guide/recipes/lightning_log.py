"""Adds to Lightning's log what Label Noise Lab can use besides accuracy and loss.

Log train_acc, train_loss, val_acc and val_loss in your module, and train with

    Trainer(callbacks=[StopLog(x)], logger=CSVLogger("logs", flush_logs_every_n_steps=1))
"""
import lightning
import torch


class StopLog(lightning.Callback):
    def __init__(self, x):  # the training samples
        self.x, self.before = x, None

    def on_fit_start(self, trainer, module):
        self.start = self.flat(module)

    def on_train_epoch_end(self, trainer, module):
        with torch.no_grad():
            now = module.eval()(self.x).argmax(-1)
            moved = (self.flat(module) - self.start).norm() / self.start.norm()
        if self.before is not None:
            module.log("prediction_changes", (now != self.before).sum().float())
        module.log("relative_distance", moved)
        self.before = now
        module.train()

    def flat(self, module):
        return torch.nn.utils.parameters_to_vector(module.parameters()).detach().clone()
