"""Writes the small data files that the reader tests compare with, by the reference libraries.

Run: python make.py  (needs numpy, torch, safetensors, transformers, tokenizers)
"""

import json
import pathlib

import numpy
import torch
from safetensors.torch import save_file

HERE = pathlib.Path(__file__).parent


def tensors():
    """Values that every type holds exactly, so that the test needs no file of expected ones."""
    base = torch.arange(6).reshape(2, 3)
    return {
        "bool": base % 2 == 1,
        "u8": (base + 250).to(torch.uint8),
        "i8": (base - 3).to(torch.int8),
        "i16": (base * 1000 - 3000).to(torch.int16),
        "i32": (base * 100000 - 300000).to(torch.int32),
        "i64": base * 10**12 - 3 * 10**12,
        "f16": (base / 4 - 0.5).to(torch.float16),
        "bf16": (base / 4 - 0.5).to(torch.bfloat16),
        "f32": base / 4 - 0.5,
        "f64": (base / 4 - 0.5).to(torch.float64),
        "scalar": torch.tensor(1.5),
        "empty": torch.zeros(0, 4),
    }


def safetensors():
    folder = HERE / "safetensors"
    folder.mkdir(exist_ok=True)
    save_file(tensors(), folder / "types.safetensors", metadata={"format": "pt", "made by": 'a "test"'})
    floats = {"a.weight": torch.arange(6.0).reshape(2, 3), "b.bias": torch.arange(3.0) - 1}
    save_file(floats, folder / "floats.safetensors", metadata={"format": "pt"})


if __name__ == "__main__":
    safetensors()
