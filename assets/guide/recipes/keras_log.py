"""Adds to Keras's log what Label Noise Lab can use besides accuracy and loss.

    model.compile(..., metrics=["accuracy"])
    model.fit(x, y, validation_data=(hold_x, hold_y),
              callbacks=[StopLog(x), keras.callbacks.CSVLogger("stop-log.csv")])
"""
import keras
import numpy as np


class StopLog(keras.callbacks.Callback):  # before CSVLogger in the list of callbacks
    def __init__(self, x):  # the training samples
        super().__init__()
        self.x, self.before = x, None

    def on_train_begin(self, logs=None):
        self.start = self.flat()

    def on_epoch_end(self, epoch, logs):
        now = self.model.predict(self.x, verbose=0).argmax(-1)
        changes = np.nan if self.before is None else int((now != self.before).sum())
        moved = np.linalg.norm(self.flat() - self.start) / np.linalg.norm(self.start)
        logs |= {"predictionChanges": changes, "relativeDistance": float(moved)}
        self.before = now

    def flat(self):
        return np.concatenate([np.ravel(w) for w in self.model.trainable_weights])
