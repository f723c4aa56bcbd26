"""Writes the reference numbers that nbrun's tests read: python Tests/Fixtures/pytorch/make_fixtures.py

Made with PyTorch 2.13. Inputs are f32 numbers; PyTorch computes in f64 from them and results are rounded to f32 once, so
a test measures nbrun's own rounding and nothing else. (Of GPT-2 alone the loss is also checked here against that of
transformers' GPT2LMHeadModel.) Each file is a list of cases:

    {"torch": "2.13.0", "cases": [{"name": "…", "settings": {…}, "tensors": {"x": {"shape": [2, 3], "f32": "3f800000…"}}}]}

An `f32` string holds eight hexadecimal digits for each value, its IEEE 754 bit pattern, in row-major order; `int` holds
whole numbers as they are. `d_x` is the gradient of the case's loss with respect to `x`: where a case has `d_y`, the loss
is the sum of y · d_y.
"""

import json
import math
import struct
from pathlib import Path

import torch
import torch.nn.functional as F

HERE = Path(__file__).parent
random = torch.Generator()
# What losses are computed in.
LOSS = torch.float64


def normal(*shape, scale=1.0, shift=0.0):
    """Normal f32 values, as f64."""
    return (torch.randn(*shape, generator=random) * scale + shift).double()


def rounded(values):
    """The nearest f32 values, as f64."""
    return values.float().double()


def leaf(values):
    return values.clone().requires_grad_(True)


def packed(tensor):
    tensor = tensor.detach()
    shape = list(tensor.shape)
    if not tensor.is_floating_point():
        return {"shape": shape, "int": tensor.flatten().tolist()}
    values = tensor.float().flatten().tolist()
    return {"shape": shape, "f32": "".join(struct.pack(">f", value).hex() for value in values)}


def case(name, tensors, **settings):
    return {
        "name": name,
        "settings": settings,
        "tensors": {key: packed(tensor) for key, tensor in tensors.items()},
    }


def write(name, cases):
    """One line a tensor, so that a difference can be read."""
    texts = []
    for each in cases:
        tensors = ",\n".join(
            f"    {json.dumps(key)}: {json.dumps(value)}" for key, value in each["tensors"].items()
        )
        texts.append(
            f'  {{"name": {json.dumps(each["name"])}, "settings": {json.dumps(each["settings"])},'
            f' "tensors": {{\n{tensors}}}}}'
        )
    version = json.dumps(torch.__version__.split("+")[0])
    text = f'{{"torch": {version}, "cases": [\n' + ",\n".join(texts) + "\n]}\n"
    json.loads(text)
    (HERE / f"{name}.json").write_text(text)


def differentiated(name, function, inputs, fixed=None, **settings):
    """A case with y = function(inputs, fixed), a random d_y and the gradients of the inputs."""
    leaves = {key: leaf(value) for key, value in inputs.items()}
    y = function(**leaves, **(fixed or {}))
    d_y = normal(*y.shape)
    y.backward(d_y)
    gradients = {f"d_{key}": value.grad for key, value in leaves.items()}
    return case(name, {**leaves, **(fixed or {}), "y": y, "d_y": d_y, **gradients}, **settings)


def linear():
    def affine(x, weight, bias=None):
        return F.linear(x, weight, bias)

    inputs = {"x": normal(7, 5), "weight": normal(9, 5, scale=0.5), "bias": normal(9)}
    unbiased = {"x": normal(3, 8), "weight": normal(4, 8, scale=0.5)}
    return [
        differentiated("with bias", affine, inputs),
        differentiated("without bias", affine, unbiased),
    ]


def layer_norm():
    def function(x, weight, bias):
        return F.layer_norm(x, (x.shape[-1],), weight, bias, eps=1e-5)

    def inputs(rows, width, shift, scale):
        return {
            "x": rounded(normal(rows, width, scale=scale) + shift),
            "weight": normal(width),
            "bias": normal(width),
        }

    return [
        differentiated("centred rows", function, inputs(6, 19, 0.0, 1.0), epsilon=1e-5),
        differentiated("rows far from zero", function, inputs(5, 32, 64.0, 2.0), epsilon=1e-5),
        differentiated("rows near epsilon", function, inputs(4, 16, 0.0, 2.0**-8), epsilon=1e-5),
    ]


def activations():
    grid = torch.linspace(-12, 12, 97).double()
    grid = torch.cat([grid, torch.tensor([-1e-4, 1e-4, -1e-20, 1e-20, 50.0, -50.0]).double()])
    return [
        differentiated("gelu tanh", lambda x: F.gelu(x, approximate="tanh"), {"x": grid}),
        differentiated("gelu exact", lambda x: F.gelu(x), {"x": grid}),
        differentiated("relu", lambda x: F.relu(x), {"x": grid}),
    ]


def embedding():
    tokens = torch.tensor([[3, 0, 10, 3, 3], [7, 7, 1, 0, 9]])

    def function(table, positions, tokens):
        return F.embedding(tokens, table) + positions[: tokens.shape[1]]

    inputs = {"table": normal(11, 6), "positions": normal(8, 6)}
    return [differentiated("tokens and positions", function, inputs, {"tokens": tokens})]


def heads_of(qkv, heads):
    batch, time, width = qkv.shape
    parts = qkv.split(width // 3, dim=2)
    return [part.view(batch, time, heads, -1).transpose(1, 2) for part in parts]


def attended(qkv, heads, causal=True):
    """Softmax attention; qkv is [batch, time, 3·width]: all queries, then keys, then values."""
    batch, time, width = qkv.shape
    query, key, value = heads_of(qkv, heads)
    scores = query @ key.transpose(2, 3) / math.sqrt(query.shape[-1])
    if causal:
        future = torch.ones(time, time, dtype=torch.bool).triu(1)
        scores = scores.masked_fill(future, float("-inf"))
    return (scores.softmax(-1) @ value).transpose(1, 2).reshape(batch, time, width // 3)


def attention():
    def made(name, batch, time, heads, head_width, scale=1.0, causal=True):
        return differentiated(
            name,
            lambda qkv: attended(qkv, heads, causal),
            {"qkv": normal(batch, time, 3 * heads * head_width, scale=scale)},
            heads=heads,
            causal=causal,
        )

    return [
        made("two heads", 2, 7, 2, 4),
        made("longer than a tile row", 1, 37, 1, 8),
        made("large scores", 1, 9, 2, 4, scale=8.0),
        made("one position", 2, 1, 2, 4),
        made("not causal", 1, 6, 2, 4, causal=False),
    ]


def scalar(name, function, inputs, fixed, **settings):
    """A case with loss = function(inputs, fixed) and the gradients of the inputs."""
    leaves = {key: leaf(value) for key, value in inputs.items()}
    loss = function(**leaves, **fixed)
    loss.backward()
    gradients = {f"d_{key}": value.grad for key, value in leaves.items()}
    return case(name, {**leaves, **fixed, "loss": loss, **gradients}, **settings)


def losses():
    tokens = torch.tensor([4, 0, 12, 12, 3, 7])

    def tied(hidden, table, targets):
        return F.cross_entropy(hidden @ table.T, targets)

    def over(logits, targets):
        return F.cross_entropy(logits, targets)

    def squared(prediction, target):
        return F.mse_loss(prediction, target)

    def compared(name, ignored=True, **settings):
        """Cross-entropy over logits and over a head, with two of eight targets ignored."""
        classes = torch.tensor([4, -100, 12, 0, 3, -100, 12, 7] if ignored else [4, 1, 12, 0, 3, 5, 12, 7])
        options = {key: value for key, value in settings.items() if key != "weight"}
        if "weight" in settings:
            options["weight"] = torch.tensor(settings["weight"], dtype=LOSS)
        return [
            scalar(
                f"{name}, of logits",
                lambda logits, targets: F.cross_entropy(logits, targets, **options),
                {"logits": normal(8, 13, scale=3.0)},
                {"targets": classes},
                **settings,
            ),
            scalar(
                f"{name}, of a head",
                lambda hidden, table, bias, targets: F.cross_entropy(
                    hidden @ table.T + bias, targets, **options
                ),
                {"hidden": normal(8, 6), "table": normal(13, 6), "bias": normal(13)},
                {"targets": classes},
                **settings,
            ),
        ]

    def binary(name, rows, width, **settings):
        options = {}
        if "pos_weight" in settings:
            options["pos_weight"] = torch.tensor(settings["pos_weight"], dtype=LOSS)
        return scalar(
            name,
            lambda logits, targets: F.binary_cross_entropy_with_logits(logits, targets, **options),
            {"logits": normal(rows, width, scale=4.0)},
            {"targets": torch.randint(0, 2, (rows, width), generator=random).double()},
            **settings,
        )

    weights = [0.25 * (1 + index % 5) for index in range(13)]
    first = [
        scalar(
            "cross-entropy with a tied head",
            tied,
            {"hidden": normal(6, 8), "table": normal(13, 8)},
            {"targets": tokens},
        ),
        scalar(
            "cross-entropy with large logits",
            over,
            {"logits": normal(6, 13, scale=100.0)},
            {"targets": tokens},
        ),
        scalar(
            "mean squared error",
            squared,
            {"prediction": normal(5, 3)},
            {"target": normal(5, 3)},
        ),
    ]
    return (
        first
        + compared("ignored targets")
        + compared("label smoothing", ignored=False, label_smoothing=0.1)
        + compared("class weights", weight=weights)
        + compared("all together", weight=weights, label_smoothing=0.2)
        + [
            binary("binary cross-entropy", 7, 5),
            binary("binary cross-entropy of one output", 21, 1),
            binary("weighted binary cross-entropy", 6, 4, pos_weight=[0.5, 1.0, 2.0, 8.0]),
        ]
    )


def optimizers():
    def stepped(name, make, steps, **settings):
        weight = leaf(normal(24))
        optimizer = make([weight])
        tensors = {"weight": weight.detach().clone()}
        for step in range(1, steps + 1):
            weight.grad = normal(24, scale=10.0 ** (step - 3))
            optimizer.step()
            tensors[f"gradient.{step}"] = weight.grad.clone()
            tensors[f"weight.{step}"] = weight.detach().clone()
        return case(name, tensors, **settings)

    adamw = dict(lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.1)
    plain = dict(lr=0.05, momentum=0.0, weight_decay=0.0)
    momentum = dict(lr=0.05, momentum=0.9, weight_decay=0.01)
    return [
        stepped("adamw", lambda p: torch.optim.AdamW(p, **adamw), 4, **adamw),
        stepped("sgd", lambda p: torch.optim.SGD(p, **plain), 2, **plain),
        stepped("sgd with momentum", lambda p: torch.optim.SGD(p, **momentum), 4, **momentum),
        stepped("adam", lambda p: torch.optim.Adam(p, **adamw), 4, **adamw, coupled=True),
        stepped(
            "sgd with nesterov", lambda p: torch.optim.SGD(p, **momentum, nesterov=True), 4,
            **momentum, nesterov=True,
        ),
    ]


def schedules():
    """The rate before each step, of a base of 1."""
    from torch.optim.lr_scheduler import (
        ConstantLR, CosineAnnealingLR, LinearLR, OneCycleLR, SequentialLR, StepLR,
    )

    def rates(name, steps, make, **settings):
        optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=1.0)
        scheduler = make(optimizer)
        values = [optimizer.param_groups[0]["lr"]]
        for _ in range(steps - 1):
            optimizer.step()
            scheduler.step()
            values.append(optimizer.param_groups[0]["lr"])
        tensor = torch.tensor(values, dtype=torch.float64)
        return case(name, {"rates": tensor}, steps=steps, **settings)

    def warmed(make, warmup):
        def both(optimizer):
            if warmup == 0:
                return make(optimizer)
            growth = LinearLR(optimizer, start_factor=1 / (warmup + 1), total_iters=warmup)
            return SequentialLR(optimizer, [growth, make(optimizer)], milestones=[warmup])

        return both

    cases = []
    for steps, warmup in ((12, 0), (15, 4)):
        span = steps - warmup - 1
        made = {
            "constant": lambda o: ConstantLR(o, factor=1.0),
            "linear": lambda o: LinearLR(o, 1.0, 0.2, total_iters=span),
            "cosine": lambda o: CosineAnnealingLR(o, span, eta_min=0.1),
            "step": lambda o: StepLR(o, 3, gamma=0.5),
        }
        for name, make in made.items():
            cases.append(rates(name, steps, warmed(make, warmup), warmup=warmup))
    for steps, growth, start, end in ((10, 0.3, 25.0, 1e4), (33, 0.4, 10.0, 100.0)):
        settings = dict(pct_start=growth, div_factor=start, final_div_factor=end)
        one = lambda o: OneCycleLR(o, 1.0, total_steps=steps, cycle_momentum=False, **settings)
        cases.append(rates("one_cycle", steps, one, **settings))
    return cases


# Training over a DataLoader that keeps the last batch of each epoch, which is smaller than the others.


def permutation(seed, epoch, count):
    """The order of an epoch as nbrun's BatchOrder has it: SplitMix64 and Fisher-Yates."""
    whole = 2**64
    state = (seed + epoch * 0xD1B54A32D192ED03 + 0x5851F42D4C957F2D) % whole
    order = list(range(count))
    for place in range(count - 1, 0, -1):
        state = (state + 0x9E3779B97F4A7C15) % whole
        mixed = ((state ^ (state >> 30)) * 0xBF58476D1CE4E5B9) % whole
        mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) % whole
        other = (mixed ^ (mixed >> 31)) * (place + 1) >> 64
        order[place], order[other] = order[other], order[place]
    return order


def partial_batches():
    """Eleven examples in batches of four; an update takes a few batches, through the ends of epochs."""
    from torch.utils.data import DataLoader, TensorDataset

    x, classes = normal(11, 5), torch.randint(0, 3, (11,), generator=random)
    start = {
        "inner.weight": normal(7, 5), "inner.bias": normal(7), "norm.weight": normal(7), "norm.bias": normal(7),
        "head.weight": normal(3, 7), "head.bias": normal(3),
    }

    def loss_of(parameters, x, classes):
        inner = F.linear(x, parameters["inner.weight"], parameters["inner.bias"])
        # A norm by the batch's own statistics: of how many rows a batch is shows in every loss.
        inner = F.batch_norm(inner, None, None, parameters["norm.weight"], parameters["norm.bias"], training=True)
        return F.cross_entropy(F.linear(F.relu(inner), parameters["head.weight"], parameters["head.bias"]), classes)

    def run(accumulate):
        parameters = {name: leaf(value) for name, value in start.items()}
        optimizer = torch.optim.SGD(parameters.values(), lr=0.05, momentum=0.9)
        losses, group = [], []
        for epoch in range(4):
            loader = DataLoader(TensorDataset(x, classes), 4, sampler=permutation(3, epoch, 11), drop_last=False)
            for batch in loader:
                loss = loss_of(parameters, *batch) / accumulate
                loss.backward()
                group.append(loss.detach())
                if len(group) == accumulate:
                    optimizer.step()
                    optimizer.zero_grad()
                    losses.append(sum(group))
                    group = []
        return case(f"accumulate {accumulate}", {"losses": torch.stack(losses)})

    return [case("parameters", {"x": x, "classes": classes, **start})] + [run(count) for count in (1, 2, 3)]


# A GPT-2 of two blocks under nbrun's parameter names.

VOCABULARY, CONTEXT, WIDTH, HEADS, BLOCKS = 31, 8, 16, 2, 2


def gpt2_parameters():
    """In the order of the model."""

    def norm(name):
        return {
            f"{name}.weight": rounded(1 + normal(WIDTH, scale=0.1)),
            f"{name}.bias": normal(WIDTH, scale=0.1),
        }

    def linear(name, rows, columns):
        return {
            f"{name}.weight": normal(rows, columns, scale=0.2),
            f"{name}.bias": normal(rows, scale=0.1),
        }

    parameters = {
        "wte.table": normal(VOCABULARY, WIDTH, scale=0.2),
        "wpe.table": normal(CONTEXT, WIDTH, scale=0.2),
    }
    for block in (f"block.{index}" for index in range(BLOCKS)):
        parameters |= norm(f"{block}.attn.norm")
        parameters |= linear(f"{block}.attn.attention.qkv", 3 * WIDTH, WIDTH)
        parameters |= linear(f"{block}.attn.attention.proj", WIDTH, WIDTH)
        parameters |= norm(f"{block}.mlp.norm")
        parameters |= linear(f"{block}.mlp.up", 4 * WIDTH, WIDTH)
        parameters |= linear(f"{block}.mlp.down", WIDTH, 4 * WIDTH)
    return parameters | norm("ln_f")


def gpt2_loss(parameters, tokens, targets):
    """Mean cross-entropy of the next token; the head is the token table."""

    def norm(name, x):
        return F.layer_norm(x, (WIDTH,), parameters[f"{name}.weight"], parameters[f"{name}.bias"])

    def project(name, x):
        return F.linear(x, parameters[f"{name}.weight"], parameters[f"{name}.bias"])

    x = F.embedding(tokens, parameters["wte.table"]) + parameters["wpe.table"]
    for block in (f"block.{index}" for index in range(BLOCKS)):
        qkv = project(f"{block}.attn.attention.qkv", norm(f"{block}.attn.norm", x))
        x = x + project(f"{block}.attn.attention.proj", attended(qkv, HEADS))
        up = F.gelu(project(f"{block}.mlp.up", norm(f"{block}.mlp.norm", x)), approximate="tanh")
        x = x + project(f"{block}.mlp.down", up)
    logits = norm("ln_f", x) @ parameters["wte.table"].T
    return F.cross_entropy(logits.flatten(0, 1), targets.flatten())


def hugging_face_loss(parameters, tokens, targets):
    """The same loss from transformers' GPT2LMHeadModel, whose Conv1D weights are transposed."""
    from transformers import GPT2Config, GPT2LMHeadModel

    config = GPT2Config(
        vocab_size=VOCABULARY, n_positions=CONTEXT, n_embd=WIDTH, n_layer=BLOCKS, n_head=HEADS,
        resid_pdrop=0, embd_pdrop=0, attn_pdrop=0, use_cache=False,
        bos_token_id=0, eos_token_id=0,
    )
    model = GPT2LMHeadModel(config).double()
    renamed = [("block.", "h."), ("attn.norm", "ln_1"), ("mlp.norm", "ln_2"),
               ("attention.qkv", "c_attn"), ("attention.proj", "c_proj"),
               ("mlp.up", "mlp.c_fc"), ("mlp.down", "mlp.c_proj"), (".table", ".weight")]
    state = {}
    for name, value in parameters.items():
        transposed = value.dim() == 2 and name.startswith("block.")
        for ours, theirs in renamed:
            name = name.replace(ours, theirs)
        state[f"transformer.{name}"] = value.T if transposed else value
    missing, unexpected = model.load_state_dict(state, strict=False)
    assert not unexpected and set(missing) <= {"lm_head.weight"}, (missing, unexpected)
    model.tie_weights()
    logits = model(tokens).logits
    return F.cross_entropy(logits.flatten(0, 1), targets.flatten())


def gpt2():
    drawn = gpt2_parameters()
    text = torch.randint(0, VOCABULARY, (3, CONTEXT + 1), generator=random)
    tokens, targets = text[:, :-1], text[:, 1:]
    parameters = {name: leaf(value) for name, value in drawn.items()}
    loss = gpt2_loss(parameters, tokens, targets)
    other = hugging_face_loss(drawn, tokens, targets)
    assert abs(loss.item() - other.item()) < 1e-9, (loss.item(), other.item())
    loss.backward()
    gradients = {f"d_{name}": value.grad.clone() for name, value in parameters.items()}

    settings = dict(lr=3e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.1)
    optimizer = torch.optim.AdamW(parameters.values(), **settings)
    losses = []
    for _ in range(10):
        optimizer.zero_grad()
        loss = gpt2_loss(parameters, tokens, targets)
        loss.backward()
        optimizer.step()
        losses.append(loss.detach())
    sizes = dict(vocab_size=VOCABULARY, context_length=CONTEXT, hidden_size=WIDTH,
                 num_heads=HEADS, num_layers=BLOCKS, batch=3)
    return [
        case("parameters", drawn, **sizes),
        case("gradients of the first step", gradients),
        case(
            "ten steps of adamw",
            {"tokens": tokens, "targets": targets, "losses": torch.stack(losses)},
            **settings,
        ),
    ]


def main():
    for made in (
        linear, layer_norm, activations, embedding, attention, losses, optimizers, schedules, partial_batches, gpt2
    ):
        random.manual_seed(2013)
        write(made.__name__, made())


if __name__ == "__main__":
    main()
