"""Writes what PyTorch's operations give in bfloat16: python Tests/Fixtures/pytorch/make_bf16_fixtures.py

The cases of the other scripts once more, under the names `OPERATION_bf16.json`: inputs are rounded to bfloat16, and the
operation, its result and its gradients are computed in it. Values are stored as `bf16`, four hexadecimal digits each.
"""

import struct

import make_fixtures
import make_transformer_fixtures
import make_vision_fixtures
import torch
import torch.nn.functional as F
from make_fixtures import case, heads_of, normal, random


# PyTorch keeps the mean of these in bfloat16, so that its weight gradients are 4 % off those of f64 from the same inputs.
LEFT_OUT = ["rows far from zero", "three groups far from zero"]


def narrow(value):
    return value.bfloat16() if value.is_floating_point() else value


def packed(tensor):
    tensor = tensor.detach()
    shape = list(tensor.shape)
    if not tensor.is_floating_point():
        return {"shape": shape, "int": tensor.flatten().tolist()}
    values = narrow(tensor).float().flatten().tolist()
    return {"shape": shape, "bf16": "".join(struct.pack(">f", value)[:2].hex() for value in values)}


def differentiated(name, function, inputs, fixed=None, **settings):
    leaves = {key: narrow(value).requires_grad_(True) for key, value in inputs.items()}
    fixed = {key: narrow(value) for key, value in (fixed or {}).items()}
    y = function(**leaves, **fixed)
    assert y.dtype == torch.bfloat16, name
    d_y = narrow(normal(*y.shape))
    y.backward(d_y)
    gradients = {f"d_{key}": value.grad for key, value in leaves.items()}
    return case(name, {**leaves, **fixed, "y": y, "d_y": d_y, **gradients}, **settings)


def scalar(name, function, inputs, fixed, **settings):
    """As autocast does it: the head's product in bfloat16, the loss of its result in f32."""
    leaves = {key: narrow(value).requires_grad_(True) for key, value in inputs.items()}
    fixed = {key: narrow(value) for key, value in fixed.items()}
    with torch.autocast("cpu", torch.bfloat16):
        loss = function(**leaves, **fixed)
    loss.backward()
    gradients = {f"d_{key}": value.grad for key, value in leaves.items()}
    return case(name, {**leaves, **fixed, "loss": loss, **gradients}, **settings)


def attended(qkv, heads, causal=True):
    """PyTorch's own attention: one written in bfloat16 step by step rounds scores before their softmax."""
    query, key, value = heads_of(qkv, heads)
    y = F.scaled_dot_product_attention(query, key, value, is_causal=causal)
    return y.transpose(1, 2).reshape(*qkv.shape[:2], -1)


def batch_norm(x, mean, variance, weight, bias, **settings):
    """PyTorch's, with parameters and running statistics in f32 beside values in bfloat16."""
    running = [mean.float(), variance.float()]
    y = batch_norm_of_pytorch(narrow(x), *running, narrow(weight).float(), narrow(bias).float(), **settings)
    mean.copy_(running[0])
    variance.copy_(running[1])
    return y


batch_norm_of_pytorch = F.batch_norm


def main():
    make_fixtures.packed = make_vision_fixtures.packed = packed
    make_fixtures.attended = attended
    make_fixtures.scalar = scalar
    make_fixtures.LOSS = torch.float32
    F.batch_norm = batch_norm
    for module in (make_fixtures, make_transformer_fixtures, make_vision_fixtures):
        module.differentiated = differentiated
    for module, names in (
        (make_fixtures, ["linear", "layer_norm", "activations", "embedding", "attention", "losses"]),
        (make_transformer_fixtures, ["gates", "masks"]),
        (make_vision_fixtures, ["convolution", "batch_norm", "group_norm", "pooling", "concatenation"]),
    ):
        for name in names:
            random.manual_seed(2013)
            cases = getattr(module, name)()
            make_fixtures.write(f"{name}_bf16", [each for each in cases if each["name"] not in LEFT_OUT])


if __name__ == "__main__":
    main()
