"""Says whether transformers reads a folder that nbrun saved: check_saved_folder.py SAVED [ORIGINAL]

It loads the folder strictly – no tensor missing, none left over – and prints the logits' largest difference from those of
the original folder, if one is given: 0 after training with a learning rate of 0.
"""

import sys

import torch
import transformers


def model(folder):
    config = transformers.AutoConfig.from_pretrained(folder)
    kind = getattr(transformers, config.architectures[0])
    found, report = kind.from_pretrained(folder, output_loading_info=True)
    for what in ("missing_keys", "unexpected_keys", "mismatched_keys"):
        assert not report[what], (folder, what, report[what])
    return found.eval()


saved = model(sys.argv[1])
tokens = torch.arange(2 * 8).reshape(2, 8) % saved.config.vocab_size
with torch.no_grad():
    logits = saved(input_ids=tokens).logits
    print(type(saved).__name__, tuple(logits.shape))
    if len(sys.argv) > 2:
        other = model(sys.argv[2])(input_ids=tokens).logits
        print("largest difference of logits:", (logits - other).abs().max().item())
