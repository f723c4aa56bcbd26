"""Trains a model with PyTorch for a few steps and prints one line of JSON.

    python train.py --workload gpt2 --policy none --steps 4 --threads 2

The workloads are those of `nbrun-bench step`. Checkpointing, where asked for, is the usual one of every block
(non-reentrant). The script measures one configuration in a process of its own, as peak memory belongs to a process.
"""

import argparse
import contextlib
import json
import platform
import resource
import time
import warnings

import torch
import transformers
from torch.utils.checkpoint import checkpoint
from transformers import BertConfig, BertForSequenceClassification, GPT2Config, GPT2LMHeadModel


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--workload", choices=sorted(WORKLOADS), required=True)
    parser.add_argument("--policy", choices=["none", "every-1"], required=True)
    parser.add_argument("--steps", type=int, default=4)
    parser.add_argument("--threads", type=int, default=2)
    return parser.parse_args()


def checkpointed(network, policy):
    if policy == "every-1":
        network.gradient_checkpointing_enable({"use_reentrant": False})
    return network.train()


def gpt2(policy, precision=contextlib.nullcontext):
    config = GPT2Config(n_positions=512, resid_pdrop=0, embd_pdrop=0, attn_pdrop=0, use_cache=False)
    network = checkpointed(GPT2LMHeadModel(config), policy)
    tokens = torch.randint(0, config.vocab_size, (4, 512))

    def loss():
        with precision():
            return network(tokens, labels=tokens).loss

    return network, loss


def gpt2_bf16(policy):
    return gpt2(policy, lambda: torch.autocast("cpu", torch.bfloat16))


def bert(policy):
    config = BertConfig(num_labels=2)
    network = checkpointed(BertForSequenceClassification(config), policy)
    tokens = torch.randint(0, config.vocab_size, (8, 128))
    lengths = torch.randint(64, 128, (8, 1))
    mask = (torch.arange(128) < lengths).long()
    labels = torch.randint(0, 2, (8,))
    return network, lambda: network(tokens, attention_mask=mask, labels=labels).loss


class Block(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = torch.nn.Sequential(
            torch.nn.Conv2d(64, 64, 3, padding=1, bias=False),
            torch.nn.BatchNorm2d(64),
            torch.nn.ReLU(),
            torch.nn.Conv2d(64, 64, 3, padding=1, bias=False),
            torch.nn.BatchNorm2d(64),
        )

    def forward(self, x):
        return torch.relu(x + self.layers(x))


class Checkpointed(torch.nn.Module):
    def __init__(self, block):
        super().__init__()
        self.block = block

    def forward(self, x):
        return checkpoint(self.block, x, use_reentrant=False)


def residual(policy):
    blocks = [Checkpointed(Block()) if policy == "every-1" else Block() for _ in range(16)]
    network = torch.nn.Sequential(
        torch.nn.Conv2d(3, 64, 3, padding=1, bias=False),
        *blocks,
        torch.nn.AdaptiveAvgPool2d(1),
        torch.nn.Flatten(),
        torch.nn.Linear(64, 10),
    ).train()
    images, labels = torch.rand(64, 3, 32, 32), torch.randint(0, 10, (64,))
    return network, lambda: torch.nn.functional.cross_entropy(network(images), labels)


WORKLOADS = {"gpt2": gpt2, "gpt2-bf16": gpt2_bf16, "bert": bert, "residual": residual}


def step(loss, optimizer):
    optimizer.zero_grad()
    value = loss()
    value.backward()
    optimizer.step()
    return value.item()


def peak_resident_bytes():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def main():
    chosen = arguments()
    warnings.simplefilter("ignore", FutureWarning)
    transformers.logging.set_verbosity_error()
    torch.set_num_threads(chosen.threads)
    torch.manual_seed(0)
    idle = peak_resident_bytes()
    network, loss = WORKLOADS[chosen.workload](chosen.policy)
    optimizer = torch.optim.AdamW(network.parameters(), lr=1e-4)
    seconds, losses = [], []
    for _ in range(chosen.steps):
        start = time.perf_counter()
        losses.append(step(loss, optimizer))
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
