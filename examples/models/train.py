#!/usr/bin/env python3
"""Trains the models of examples/models and exports them as TFLite files.

    python3 -m venv venv && venv/bin/pip install tensorflow-cpu==2.21.0 scikit-learn
    venv/bin/python examples/models/train.py

Data: the handwritten digits of the UCI repository (8x8 pixels, 1,797 samples; they come with scikit-learn), and a sine.

    digits_int8.tflite     DS-CNN with a residual branch: conv, depthwise, 1x1, add, average pool, dense, softmax; int8, per channel
    digits_float32.tflite  the same network in float32
    sine_int8.tflite       three dense layers, int8
    digits_test.npz        100 test samples: x_test (int8, quantised as digits_int8 wants them), y_test (one-hot float32)
"""

import pathlib

import numpy as np
import tensorflow as tf
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

HERE = pathlib.Path(__file__).parent
SEED = 7


def digits_network():
    """16x16x1 pixels (0..1) -> 10 probabilities; 24,000 multiplications per layer or so: small enough for any microcontroller."""
    k = tf.keras
    x = inputs = k.Input((16, 16, 1), batch_size=1, name="pixels")
    x = k.layers.Conv2D(16, 3, strides=2, padding="same", activation="relu", name="stem")(x)
    for block in (1, 2):
        skip = x
        x = k.layers.DepthwiseConv2D(3, padding="same", activation="relu", name=f"depthwise_{block}")(x)
        x = k.layers.Conv2D(16, 1, activation="relu", name=f"pointwise_{block}")(x)
        x = k.layers.Add(name=f"add_{block}")([x, skip])
    x = k.layers.Conv2D(32, 3, strides=2, padding="same", activation="relu", name="conv")(x)
    x = k.layers.AveragePooling2D(4, name="pool")(x)
    x = k.layers.Flatten(name="flatten")(x)
    x = k.layers.Dense(10, name="dense")(x)
    return k.Model(inputs, k.layers.Softmax(name="softmax")(x), name="digits")


def digits_data():
    """Pixels scaled to 0..1 and enlarged to 16x16, and labels."""
    data = load_digits()
    images = np.repeat(np.repeat(data.images / 16.0, 2, axis=1), 2, axis=2).astype(np.float32)[..., None]
    return train_test_split(images, data.target, test_size=300, random_state=SEED, stratify=data.target)


def int8_bytes(model, samples):
    """Full integer quantisation, calibrated with `samples`."""
    converter = tf.lite.TFLiteConverter.from_keras_model(model)
    converter.optimizations = [tf.lite.Optimize.DEFAULT]
    converter.representative_dataset = lambda: ([sample[None]] for sample in samples)
    converter.target_spec.supported_ops = [tf.lite.OpsSet.TFLITE_BUILTINS_INT8]
    converter.inference_input_type = converter.inference_output_type = tf.int8
    return converter.convert()


def make_digits():
    x_train, x_test, y_train, y_test = digits_data()
    model = digits_network()
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    train = tf.data.Dataset.from_tensor_slices((x_train, y_train)).shuffle(2000, seed=SEED).batch(1)
    model.fit(train, epochs=12, verbose=2)
    (HERE / "digits_float32.tflite").write_bytes(tf.lite.TFLiteConverter.from_keras_model(model).convert())
    quantised = int8_bytes(model, x_train[:200])
    (HERE / "digits_int8.tflite").write_bytes(quantised)
    interpreter = tf.lite.Interpreter(model_content=quantised)
    scale, zero = interpreter.get_input_details()[0]["quantization"]
    x8 = np.clip(np.round(x_test / scale) + zero, -128, 127).astype(np.int8)
    interpreter.allocate_tensors()
    correct = 0
    for sample, label in zip(x8, y_test):
        interpreter.set_tensor(interpreter.get_input_details()[0]["index"], sample[None])
        interpreter.invoke()
        correct += int(np.argmax(interpreter.get_tensor(interpreter.get_output_details()[0]["index"])) == label)
    print(f"digits_int8: {correct} of {len(y_test)} test samples right")
    np.savez_compressed(HERE / "digits_test.npz", x_test=x8[:100], y_test=np.eye(10, dtype=np.float32)[y_test[:100]])


def make_sine():
    k = tf.keras
    inputs = k.Input((1,), batch_size=1, name="x")
    x = k.layers.Dense(16, activation="relu")(inputs)
    x = k.layers.Dense(16, activation="relu")(x)
    model = k.Model(inputs, k.layers.Dense(1, name="sine")(x), name="sine")
    model.compile("adam", "mse")
    angle = np.random.default_rng(SEED).uniform(0, 2 * np.pi, (2000, 1)).astype(np.float32)
    model.fit(angle, np.sin(angle), epochs=200, batch_size=50, verbose=0)
    (HERE / "sine_int8.tflite").write_bytes(int8_bytes(model, angle[:200]))


if __name__ == "__main__":
    tf.keras.utils.set_random_seed(SEED)
    make_digits()
    make_sine()
