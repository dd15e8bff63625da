"""A network's training by TensorFlow, as a graph.

    network_tensorflow.py training DESCRIPTION BATCH THREADS SECONDS [--xla]

DESCRIPTION is what `PipelineBenchmarks describe` printed. A training step is forward,
cross-entropy, backward and Adam; with --xla the whole step is compiled by XLA.
"""

import sys

import tensorflow as tf

import turns

layers = tf.keras.layers


def convolution(x, layer):
    padding = layer.get("padding", 0)
    if padding == "circular":
        before, behind = turns.circular_margins(layer)
        length = x.shape[1]
        x = layers.Lambda(
            lambda x: tf.concat([x[:, length - before :], x, x[:, :behind]], 1),
            output_shape=(length + before + behind, x.shape[2]),
        )(x)
    elif padding:
        x = layers.ZeroPadding1D(padding)(x)
    return layers.Conv1D(
        layer["outputChannels"],
        layer["kernelSize"],
        strides=layer.get("stride", 1),
        dilation_rate=layer.get("dilation", 1),
    )(x)


def max_pool(x, layer):
    if layer.get("padding", 0):
        sys.exit("network_tensorflow.py builds no maxPool1d with padding")
    return layers.MaxPool1D(layer["kernelSize"], layer.get("stride", layer["kernelSize"]))(x)


def global_pool(x, reduction):
    if reduction == "average":
        return layers.GlobalAveragePooling1D()(x)
    maximum = layers.GlobalMaxPooling1D()(x)
    if reduction == "maximum":
        return maximum
    return layers.Concatenate()([layers.GlobalAveragePooling1D()(x), maximum])


def apply(layer, x):
    """What one layer of a description makes of `x`, which is channels-last."""
    name = layer["layer"]
    if name == "conv1d":
        return convolution(x, layer)
    if name == "batchNorm1d":
        return layers.BatchNormalization(momentum=0.9, epsilon=1e-5)(x)
    if name == "relu":
        return layers.ReLU()(x)
    if name == "maxPool1d":
        return max_pool(x, layer)
    if name == "globalPool1d":
        return global_pool(x, layer["reduction"])
    if name == "flatten":
        return layers.Flatten()(x)
    if name == "linear":
        return layers.Dense(layer["outputs"])(x)
    if name == "residual":
        return layers.Add()([x, chain(layer["body"], x)])
    sys.exit(f"network_tensorflow.py builds no {name}")


def chain(description, x):
    for layer in description:
        x = apply(layer, x)
    return x


def training(model, x, xla):
    """A training step."""
    labels = tf.range(x.shape[0]) % 4
    loss = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    optimizer = tf.keras.optimizers.Adam(1e-3)
    optimizer.build(model.trainable_variables)

    @tf.function(jit_compile=xla)
    def step():
        with tf.GradientTape() as tape:
            value = loss(labels, model(x, training=True))
        gradients = tape.gradient(value, model.trainable_variables)
        optimizer.apply_gradients(zip(gradients, model.trainable_variables, strict=True))
        return value

    return lambda: step().numpy()


def main():
    options = turns.arguments("--xla")
    tf.config.threading.set_intra_op_parallelism_threads(options.threads)
    tf.config.threading.set_inter_op_parallelism_threads(1)
    tf.random.set_seed(1)
    description = turns.network(options.file)
    shape = description["inputShape"]
    form = (shape["length"], shape["channels"])
    start = tf.keras.Input(form)
    model = tf.keras.Model(start, chain(description["layers"], start))
    step = training(model, tf.random.uniform((options.batch, *form)), options.xla)
    turns.answer(turns.times(step, options.seconds), model.count_params())


main()
