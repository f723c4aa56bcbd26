"""Makes the files that the notebooks read; needed by no run.

    python make_data.py

`majority.safetensors`: 640 rows of up to 24 tokens below 32; the class is whether token 1 occurs more often than token 2.
`../models/tiny-gpt2`: a GPT-2 of two narrow blocks over bytes with random weights, as `transformers` saves it.
"""

import pathlib

import numpy
import torch
import transformers
from safetensors.numpy import save_file

HERE = pathlib.Path(__file__).parent
ROWS, LENGTH, VOCABULARY = 640, 24, 32


def majority():
    random = numpy.random.default_rng(7)
    tokens = random.integers(1, 6, (ROWS, LENGTH), dtype=numpy.int32)
    tokens = numpy.where(tokens > 2, random.integers(3, VOCABULARY, (ROWS, LENGTH)), tokens).astype(numpy.int32)
    lengths = random.integers(LENGTH // 2, LENGTH + 1, ROWS, dtype=numpy.int32)
    tokens[numpy.arange(LENGTH) >= lengths[:, None]] = 0
    classes = ((tokens == 1).sum(1) > (tokens == 2).sum(1)).astype(numpy.int32)
    save_file({"tokens": tokens, "lengths": lengths, "classes": classes}, HERE / "majority.safetensors")


def tiny_gpt2():
    torch.manual_seed(7)
    config = transformers.GPT2Config(vocab_size=256, n_positions=64, n_embd=32, n_layer=2, n_head=2)
    transformers.GPT2LMHeadModel(config).save_pretrained(HERE.parent / "models" / "tiny-gpt2")


majority()
tiny_gpt2()
