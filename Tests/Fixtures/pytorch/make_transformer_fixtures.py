"""Writes what transformers' models give: python Tests/Fixtures/pytorch/make_transformer_fixtures.py

Made with PyTorch 2.13 and transformers 5.23, in the format of make_fixtures.py. `gates.json` and `masks.json` hold single
operations. For each tiny model of random weights, `Tests/Fixtures/pretrained/NAME` is the folder that `save_pretrained`
wrote, and `NAME.json` what the model computes in f64 from those f32 weights: logits, the loss, its gradients under
transformers' names, and the losses of ten steps of AdamW. Targets of -1 are ignored (transformers' -100).
"""

import shutil
from pathlib import Path

import torch
import torch.nn.functional as F
from make_fixtures import case, differentiated, normal, random, write
from transformers import (BertConfig, BertForMaskedLM, BertForSequenceClassification, GPT2Config, GPT2LMHeadModel,
                          LlamaConfig, LlamaForCausalLM)
from transformers.models.llama.modeling_llama import apply_rotary_pos_emb

FOLDERS = Path(__file__).parent.parent / "pretrained"


def gates():
    grid = torch.linspace(-12, 12, 97).double()
    grid = torch.cat([grid, torch.tensor([-1e-4, 1e-4, -1e-20, 1e-20, 50.0, -50.0]).double()])
    rows = {"x": normal(5, 7, scale=4.0)}

    def rms_norm(x, weight):
        return F.rms_norm(x, (x.shape[-1],), weight, eps=1e-6)

    return [
        differentiated("silu", lambda x: F.silu(x), {"x": grid}),
        differentiated("tanh", lambda x: torch.tanh(x), {"x": grid}),
        differentiated("sigmoid", lambda x: torch.sigmoid(x), {"x": grid}),
        differentiated("softmax", lambda x: F.softmax(x, dim=-1), rows),
        differentiated("rms norm", rms_norm, {"x": normal(6, 19), "weight": normal(19)}, epsilon=1e-6),
        differentiated(
            "rms norm of small rows", rms_norm, {"x": normal(6, 16, scale=2.0**-9), "weight": normal(16)}, epsilon=1e-6),
    ]


def turned(part, base):
    """Rotary positions on [batch, heads, time, size], by transformers' own function."""
    time, size = part.shape[-2:]
    frequencies = base ** (-torch.arange(0, size, 2).double() / size)
    angles = torch.outer(torch.arange(time).double(), frequencies)
    angles = torch.cat([angles, angles], dim=-1)[None]
    return apply_rotary_pos_emb(part, part, angles.cos(), angles.sin())[0].to(part.dtype)


def masked(qkv, mask, heads, key_heads, causal, base=None):
    """PyTorch's attention under a padding mask; rows that see nothing are 0."""
    batch, time, width = qkv.shape
    size = width // (heads + 2 * key_heads)

    def split(part, count):
        return part.reshape(batch, time, count, size).transpose(1, 2)

    query, key, value = qkv.split([heads * size, key_heads * size, key_heads * size], dim=2)
    query, key, value = split(query, heads), split(key, key_heads), split(value, key_heads)
    if base:
        query, key = turned(query, base), turned(key, base)
    seen = mask.bool()[:, None, None, :].expand(batch, 1, time, time)
    if causal:
        seen = seen & torch.ones(time, time, dtype=torch.bool).tril()
    y = F.scaled_dot_product_attention(query, key, value, attn_mask=seen, enable_gqa=True)
    y = torch.where(seen.any(-1, keepdim=True), y, 0.0)
    return y.transpose(1, 2).reshape(batch, time, heads * size)


def masks():
    short = torch.tensor([[1, 1, 1, 1, 1, 1, 1], [1, 1, 1, 0, 0, 0, 0], [0, 0, 1, 1, 0, 1, 0]])
    whole = torch.ones(2, 9, dtype=torch.long)

    def made(name, mask, heads, key_heads, size, causal, base=0.0):
        shape = (*mask.shape, (heads + 2 * key_heads) * size)
        return differentiated(
            name, lambda qkv, mask: masked(qkv, mask, heads, key_heads, causal, base), {"qkv": normal(*shape)},
            {"mask": mask.int()}, heads=heads, key_heads=key_heads, size=size, causal=causal, base=base)

    return [
        made("padding", short, 2, 2, 4, False),
        made("causal padding, some rows see nothing", short, 2, 2, 4, True),
        made("grouped heads", whole, 4, 2, 4, True),
        made("one key head", short, 3, 1, 6, False),
        made("rotary positions", whole, 2, 2, 8, True, 10000.0),
        made("rotary positions of grouped heads under padding", short, 4, 2, 6, True, 500.0),
    ]


def loss_of(logits, targets):
    return F.cross_entropy(logits.flatten(0, -2), targets.flatten(), ignore_index=-1)


def trained(name, model, inputs, targets, shards=None, padded=True):
    """The folder and the case of one model."""
    with torch.no_grad():
        for weight in model.parameters():
            scale = 0.3 if weight.dim() > 1 else 0.2
            offset = weight if weight.dim() == 1 else 0
            weight.copy_(normal(*weight.shape, scale=scale).float() + offset)
    folder = FOLDERS / name
    shutil.rmtree(folder, ignore_errors=True)
    model.save_pretrained(folder, **({"max_shard_size": shards} if shards else {}))
    (folder / "generation_config.json").unlink(missing_ok=True)
    model = model.double().eval()
    logits = model(**inputs).logits
    loss = loss_of(logits, targets)
    loss.backward()
    gradients = {key: value.grad.clone() for key, value in model.named_parameters() if value.grad is not None}
    settings = dict(lr=3e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.1)
    optimizer = torch.optim.AdamW(model.parameters(), **settings)
    losses = []
    for _ in range(10):
        optimizer.zero_grad()
        loss = loss_of(model(**inputs).logits, targets)
        loss.backward()
        optimizer.step()
        losses.append(loss.detach())
    return [
        case("batch", {**{key: value.int() for key, value in inputs.items()}, "targets": targets}),
        case("logits", {"logits": logits}),
        case("gradients of the first step", gradients),
        case("ten steps of adamw", {"losses": torch.stack(losses)}, **settings),
    ]


def language(vocabulary, batch, time):
    """Random rows of which the second ends early: inputs with a mask, and the next tokens."""
    text = torch.randint(0, vocabulary, (batch, time + 1), generator=random)
    mask = torch.ones(batch, time, dtype=torch.long)
    mask[1, time // 2 :] = 0
    targets = text[:, 1:].masked_fill(mask == 0, -1)
    return {"input_ids": text[:, :-1], "attention_mask": mask}, targets


def folder_gpt2():
    config = GPT2Config(
        vocab_size=31, n_positions=12, n_embd=16, n_layer=2, n_head=2, resid_pdrop=0.0, embd_pdrop=0.0, attn_pdrop=0.0,
        use_cache=False, bos_token_id=0, eos_token_id=0, attn_implementation="eager")
    return trained("folder_gpt2", GPT2LMHeadModel(config), *language(31, 3, 8))


def bert_config(**more):
    return BertConfig(
        vocab_size=37, hidden_size=16, num_hidden_layers=2, num_attention_heads=2, intermediate_size=24,
        max_position_embeddings=12, type_vocab_size=2, hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0,
        attn_implementation="eager", **more)


def folder_bert_classification():
    inputs, _ = language(37, 3, 9)
    inputs["token_type_ids"] = torch.randint(0, 2, (3, 9), generator=random)
    model = BertForSequenceClassification(bert_config(num_labels=3))
    return trained("folder_bert_classification", model, inputs, torch.tensor([[2], [0], [1]])[:, 0])


def folder_bert_masked_lm():
    inputs, targets = language(37, 3, 9)
    inputs["token_type_ids"] = torch.randint(0, 2, (3, 9), generator=random)
    return trained("folder_bert_masked_lm", BertForMaskedLM(bert_config()), inputs, targets)


def folder_llama():
    config = LlamaConfig(
        vocab_size=31, hidden_size=16, intermediate_size=24, num_hidden_layers=2, num_attention_heads=4,
        num_key_value_heads=2, max_position_embeddings=16, use_cache=False, attn_implementation="eager",
        bos_token_id=0, eos_token_id=0, tie_word_embeddings=False)
    inputs, targets = language(31, 3, 8)
    # Llama's notebooks know no padding: whole rows.
    inputs = {"input_ids": inputs["input_ids"]}
    return trained("folder_llama", LlamaForCausalLM(config), inputs, targets, shards="12KB")


def main():
    for made in (gates, masks, folder_gpt2, folder_bert_classification, folder_bert_masked_lm, folder_llama):
        random.manual_seed(2013)
        write(made.__name__, made())


if __name__ == "__main__":
    main()
