"""The same by Keras: fit with a callback."""

import json

import keras
import numpy as np
from keras import layers

from common import arguments
from label_noise_lab import Recorder, keras_callback


def main():
    run, folder, _, epochs = arguments()
    keras.utils.set_random_seed(1)
    model = keras.Sequential([
        keras.Input((28, 28, 1)), layers.Conv2D(6, 5, padding="same", activation="relu"), layers.MaxPooling2D(),
        layers.Conv2D(16, 5, activation="relu"), layers.MaxPooling2D(), layers.Flatten(),
        layers.Dense(120, activation="relu"), layers.Dense(84, activation="relu"), layers.Dense(10),
    ])
    weights = run.first_weights()
    for name, layer in zip(("conv1", "conv2", "dense1", "dense2", "output"), [one for one in model.layers if one.weights]):
        layer.set_weights([weights[f"{name}/kernel"], weights[f"{name}/bias"]])
    model.compile(keras.optimizers.SGD(0.01, momentum=0.9), keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    recorder = Recorder(folder, 10, epochs=epochs, framework="Keras", name="Keras")
    parts = [(pictures[..., np.newaxis], labels, ids) for pictures, labels, ids in (run.train, run.holdout)]
    model.fit(*parts[0][:2], batch_size=64, epochs=epochs, verbose=0,
              callbacks=[keras_callback(recorder, *parts)])
    print(json.dumps([]))


main()
