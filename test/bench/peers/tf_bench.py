"""Training speed of Python's TensorFlow on this CPU, a `tf.function` a step; see `serve.py`."""

import math
import os
from functools import cache
from typing import Callable

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

import tensorflow as tf  # noqa: E402

from serve import CASES, DEVIATION, MEAN, Case, images_of, labels_of, serve, speed_of  # noqa: E402

ops = tf.raw_ops


class Weights:
    """Makes a network's variables at its first call, in order, and gives the same ones later."""

    def __init__(self):
        self.all: list[tf.Variable] = []
        self.at = 0

    def take(self, *shape: int, like: Callable = tf.initializers.GlorotUniform()) -> tf.Variable:
        """The next variable."""
        if self.at == len(self.all):
            self.all.append(tf.Variable(like(shape)))
        self.at += 1
        return self.all[self.at - 1]


def conv(w: Weights, x: tf.Tensor, filters: int, size: int, padding: str, stride=1, bias=True):
    """A convolution."""
    kernel = w.take(size, size, x.shape[-1], filters)
    y = tf.nn.conv2d(x, kernel, stride, padding)
    return tf.nn.bias_add(y, w.take(filters, like=tf.zeros)) if bias else y


def dense(w: Weights, x: tf.Tensor, units: int) -> tf.Tensor:
    """A fully connected layer."""
    return tf.nn.bias_add(x @ w.take(x.shape[-1], units), w.take(units, like=tf.zeros))


def flat(x: tf.Tensor) -> tf.Tensor:
    """A row for each sample."""
    return tf.reshape(x, [-1, math.prod(x.shape[1:])])


def paper_cnn(w: Weights, x: tf.Tensor) -> tf.Tensor:
    """The paper's CNN."""
    x = tf.nn.relu(conv(w, x, 64, 3, "VALID"))
    x = tf.nn.relu(conv(w, x, 128, 3, "VALID"))
    x = flat(tf.nn.max_pool2d(x, 2, 2, "VALID"))
    return dense(w, tf.nn.relu(dense(w, x, 256)), 10)


def lenet(w: Weights, x: tf.Tensor) -> tf.Tensor:
    """LeNet-5 with ReLU and max pooling."""
    x = tf.nn.max_pool2d(tf.nn.relu(conv(w, x, 6, 5, "SAME")), 2, 2, "VALID")
    x = tf.nn.max_pool2d(tf.nn.relu(conv(w, x, 16, 5, "VALID")), 2, 2, "VALID")
    x = tf.nn.relu(dense(w, flat(x), 120))
    return dense(w, tf.nn.relu(dense(w, x, 84)), 10)


def mlp(w: Weights, x: tf.Tensor) -> tf.Tensor:
    """Hidden layers of 512 and 256."""
    x = tf.nn.relu(dense(w, flat(x), 512))
    return dense(w, tf.nn.relu(dense(w, x, 256)), 10)


class Norms:
    """The running means and variances of batch normalization, which are not trained."""

    def __init__(self):
        self.moving = Weights()

    def norm(self, w: Weights, x: tf.Tensor) -> tf.Tensor:
        """Batch normalization that follows the moving averages, as PyTorch's does."""
        c = x.shape[-1]
        scale, offset = w.take(c, like=tf.ones), w.take(c, like=tf.zeros)
        mean, variance = self.moving.take(c, like=tf.zeros), self.moving.take(c, like=tf.ones)
        y, new_mean, new_variance, *_ = ops.FusedBatchNormV3(
            x=x, scale=scale, offset=offset, mean=mean, variance=variance,
            epsilon=1e-5, exponential_avg_factor=0.1, is_training=True,
        )  # fmt: skip
        mean.assign(new_mean)
        variance.assign(new_variance)
        return y


def resnet20() -> Callable[[Weights, tf.Tensor], tf.Tensor]:
    """He et al. 2016 for CIFAR: shortcuts subsample and pad with zeros."""
    norms = Norms()

    def block(w: Weights, x: tf.Tensor, width: int, stride: int) -> tf.Tensor:
        y = tf.nn.relu(norms.norm(w, conv(w, x, width, 3, "SAME", stride, bias=False)))
        y = norms.norm(w, conv(w, y, width, 3, "SAME", bias=False))
        extra = (width - x.shape[-1]) // 2
        if extra:
            x = tf.pad(x[:, ::stride, ::stride], [[0, 0], [0, 0], [0, 0], [extra, extra]])
        return tf.nn.relu(x + y)

    def forward(w: Weights, x: tf.Tensor) -> tf.Tensor:
        norms.moving.at = 0
        x = tf.nn.relu(norms.norm(w, conv(w, x, 16, 3, "SAME", bias=False)))
        for width, stride in [(16, 1)] * 3 + [(32, 2), (32, 1), (32, 1), (64, 2), (64, 1), (64, 1)]:
            x = block(w, x, width, stride)
        return dense(w, tf.reduce_mean(x, [1, 2]), 10)

    return forward


def theory(w: Weights, x: tf.Tensor, k: int = 1000) -> tf.Tensor:
    """One hidden layer; the second is fixed, half +1/sqrt(k) and half -1/sqrt(k)."""
    hidden = tf.nn.softplus(x @ w.take(x.shape[-1], k, like=tf.random.normal))
    fixed = tf.constant([1 / math.sqrt(k)] * (k // 2) + [-1 / math.sqrt(k)] * (k // 2), shape=[k, 1])
    return tf.squeeze(hidden @ fixed, -1)


NETWORKS = {
    "paper-cnn": lambda: paper_cnn,
    "lenet": lambda: lenet,
    "mlp": lambda: mlp,
    "resnet20": resnet20,
    "theory": lambda: theory,
}


class Optimizer:
    """TensorFlow's fused optimizer kernels, as our own engine calls them."""

    def __init__(self, kind: str, weights: list[tf.Variable]):
        self.kind = kind
        slots = {"momentum": 1, "adam": 2, "adadelta": 2, "sgd": 0}[kind]
        self.slots = [[tf.Variable(tf.zeros_like(w)) for _ in range(slots)] for w in weights]
        self.powers = [tf.Variable(0.9), tf.Variable(0.999)]

    def apply(self, weight: tf.Variable, slots: list[tf.Variable], grad: tf.Tensor) -> None:
        """Moves one weight."""
        at, lr = [slot.handle for slot in slots], 0.001
        if self.kind == "sgd":
            ops.ResourceApplyGradientDescent(var=weight.handle, alpha=lr, delta=grad)
        elif self.kind == "momentum":
            ops.ResourceApplyMomentum(
                var=weight.handle, accum=at[0], lr=lr, grad=grad, momentum=0.9
            )
        elif self.kind == "adam":
            ops.ResourceApplyAdam(
                var=weight.handle, m=at[0], v=at[1], lr=lr, grad=grad,
                beta1_power=self.powers[0], beta2_power=self.powers[1],
                beta1=0.9, beta2=0.999, epsilon=1e-7,
            )  # fmt: skip
        else:
            ops.ResourceApplyAdadelta(
                var=weight.handle, accum=at[0], accum_update=at[1],
                lr=lr, rho=0.9, epsilon=1e-6, grad=grad,
            )  # fmt: skip

    def apply_all(self, weights: list[tf.Variable], grads: list[tf.Tensor]) -> None:
        """Moves every weight."""
        for weight, slots, grad in zip(weights, self.slots, grads):
            self.apply(weight, slots, grad)
        if self.kind == "adam":
            for power, beta in zip(self.powers, (0.9, 0.999)):
                power.assign(power * beta)


def stepper(case: Case) -> Callable[[int], None]:
    """A training step on data that is resident in variables; only sample numbers are fed."""
    images, labels = tf.Variable(images_of(case)), tf.Variable(labels_of(case).astype("int32"))
    network, weights = NETWORKS[case.net](), Weights()

    def loss_of(batch: tf.Tensor) -> tf.Tensor:
        weights.at = 0
        x = (tf.cast(tf.gather(images, batch), tf.float32) - MEAN) / DEVIATION
        truth, y = tf.gather(labels, batch), network(weights, x)
        if case.net == "theory":
            return tf.reduce_mean(tf.math.squared_difference(y, tf.cast(truth, tf.float32)))
        return tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(truth, y))

    loss_of(tf.range(2))
    optimizer = Optimizer(case.optimizer, weights.all)

    @tf.function(input_signature=[tf.TensorSpec([None], tf.int32)])
    def train(batch: tf.Tensor) -> tf.Tensor:
        with tf.GradientTape() as tape:
            loss = loss_of(batch)
        optimizer.apply_all(weights.all, tape.gradient(loss, weights.all))
        return loss

    order = tf.random.shuffle(tf.range(case.samples)).numpy()

    def step(at: int) -> None:
        train(tf.constant(order[at : at + case.batch])).numpy()

    return step


@cache
def prepared(name: str) -> tuple[Case, Callable[[int], None]]:
    """A case with its step, warmed up."""
    case = CASES[name]
    step = stepper(case)
    speed_of(step, case, 1.0)
    return case, step


def measure(name: str, seconds: float) -> dict:
    """Samples a second on a case."""
    case, step = prepared(name)
    return {"samplesPerSecond": speed_of(step, case, seconds)}


if __name__ == "__main__":
    serve(measure)
