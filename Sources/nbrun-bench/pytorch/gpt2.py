"""Trains GPT-2 124M with PyTorch for a few steps and prints one line of JSON.

    python gpt2.py --policy none --steps 4 --threads 2

The set-up is the one of `nbrun-bench step`: batch 4 × 512 random tokens, f32, AdamW, no dropout. Checkpointing, where
asked for, is the usual one of every block (`gradient_checkpointing_enable`, non-reentrant). The script measures one
configuration in a process of its own, as peak memory belongs to a process.
"""

import argparse
import json
import platform
import resource
import time
import warnings

import torch
import transformers
from transformers import GPT2Config, GPT2LMHeadModel

BATCH, CONTEXT, VOCABULARY = 4, 512, 50257


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--policy", choices=["none", "every-1"], required=True)
    parser.add_argument("--steps", type=int, default=4)
    parser.add_argument("--threads", type=int, default=2)
    return parser.parse_args()


def model(policy):
    config = GPT2Config(
        n_positions=CONTEXT, resid_pdrop=0, embd_pdrop=0, attn_pdrop=0, use_cache=False
    )
    made = GPT2LMHeadModel(config).train()
    if policy == "every-1":
        made.gradient_checkpointing_enable({"use_reentrant": False})
    return made


def step(network, optimizer, tokens):
    optimizer.zero_grad()
    loss = network(tokens, labels=tokens).loss
    loss.backward()
    optimizer.step()
    return loss.item()


def peak_resident_bytes():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def main():
    chosen = arguments()
    warnings.simplefilter("ignore", FutureWarning)
    transformers.logging.set_verbosity_error()
    torch.set_num_threads(chosen.threads)
    torch.manual_seed(0)
    idle = peak_resident_bytes()
    network = model(chosen.policy)
    optimizer = torch.optim.AdamW(network.parameters(), lr=1e-4)
    tokens = torch.randint(0, VOCABULARY, (BATCH, CONTEXT))
    seconds, losses = [], []
    for _ in range(chosen.steps):
        start = time.perf_counter()
        losses.append(step(network, optimizer, tokens))
        seconds.append(time.perf_counter() - start)
    result = {
        "stepSeconds": seconds,
        "losses": losses,
        "idleResidentBytes": idle,
        "peakResidentBytes": peak_resident_bytes(),
        "versions": {
            "PyTorch": torch.__version__,
            "transformers": transformers.__version__,
            "Python": platform.python_version(),
        },
    }
    print(json.dumps(result))


if __name__ == "__main__":
    main()
