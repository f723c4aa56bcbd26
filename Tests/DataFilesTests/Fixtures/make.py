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


def npy():
    """An array of 2 x 3 in every type and order that NumPy writes; the values are 0 to 5, less 2."""
    folder = HERE / "npy"
    folder.mkdir(exist_ok=True)
    values = numpy.arange(6).reshape(2, 3)
    for name in ["<f4", ">f4", "<f8", ">f8", "<f2", "|i1", "<i2", ">i2", "<i4", "<i8", ">i8"]:
        numpy.save(folder / f"{name[1:]}-{'big' if name[0] == '>' else 'little'}.npy", (values - 2).astype(name))
    for name in ["|u1", "<u2", "<u4", "<u8", "|b1"]:
        numpy.save(folder / f"{name[1:]}-little.npy", values.astype(name))
    three = numpy.arange(24, dtype="<f4").reshape(2, 3, 4)
    numpy.save(folder / "three-c.npy", three)
    numpy.save(folder / "three-fortran.npy", numpy.asfortranarray(three))
    numpy.save(folder / "scalar.npy", numpy.float32(1.5))
    numpy.save(folder / "empty.npy", numpy.zeros((0, 3), dtype="<f4"))
    for version in [(2, 0), (3, 0)]:
        with open(folder / f"version{version[0]}.npy", "wb") as file:
            numpy.lib.format.write_array(file, values.astype("<f4"), version=version)
    structure = numpy.zeros(2, dtype=[("a", "<f4"), ("b", "<i4")])
    numpy.save(folder / "structure.npy", structure)
    numpy.save(folder / "text.npy", numpy.array(["a", "bc"]))


TEXTS = [
    "",
    " ",
    "  ",
    "Hello world",
    " Hello  world ",
    "Hello   world\n\n  again\n",
    "I'm sure they're ours, we've seen it; he'd say he'll go, don't you? It's 'quoted' 'S 're",
    "'s't're've'm'll'd''s ' s",
    "x=3.14159, y=-2e10; z=1234567890 \u00bd \u2167 \u0663",
    "tab\tand\r\nline ends\n\n\n\tx",
    "caf\u00e9 na\u00efve \u4f60\u597d\u4e16\u754c \u3053\u3093\u306b\u3061\u306f \U0001f600\U0001f1fa\U0001f1f8 \u0e2a\u0e27\u0e31",
    "a\u0301 combining, zero\u200bwidth, no-break\u00a0space\u2003em\u3000wide\u0085next",
    "under_score __dunder__ #hash @at $5.00 100% (a) [b] {c} <d>",
    "the the the theme there then",
    "before<|endoftext|>after <|endoftext|>\n<|endoftext|><|endoftext| >",
    "aaaaaaaaaaaaaaaaaaaaaa abababababab",
    "control \x00\x01\x1c\x1d\x1f\x7f end",
]


def bpe():
    """A byte-level vocabulary of 400 tokens, and what transformers' GPT-2 tokenizer makes of texts."""
    from tokenizers import Tokenizer, models, pre_tokenizers, trainers
    from transformers import GPT2Tokenizer

    folder = HERE / "bpe"
    folder.mkdir(exist_ok=True)
    trained = Tokenizer(models.BPE())
    trained.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    trainer = trainers.BpeTrainer(
        vocab_size=400,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        special_tokens=["<|endoftext|>"],
        show_progress=False,
    )
    trained.train_from_iterator(TEXTS * 3, trainer)
    trained.model.save(str(folder))
    tokenizer = GPT2Tokenizer(str(folder / "vocab.json"), str(folder / "merges.txt"))
    cases = [{"text": text, "tokens": tokenizer.encode(text)} for text in TEXTS]
    random = numpy.random.default_rng(7)
    pieces = [" ", "  ", "\n", "\t", "'", "'s", "'ll", "a", "the", "Z", "7", "42", "\u00e9", "\u4f60", "-", "...", "\u00a0", "\u2003", "_", "\U0001f600", "\u00b2", "<|endoftext|>", "\u0301"]
    for _ in range(300):
        text = "".join(random.choice(pieces, size=random.integers(1, 14)))
        cases.append({"text": text, "tokens": tokenizer.encode(text)})
    lines = ",\n".join(json.dumps(case) for case in cases)
    (folder / "cases.json").write_text(f"[\n{lines}\n]\n")


if __name__ == "__main__":
    safetensors()
    npy()
    bpe()
