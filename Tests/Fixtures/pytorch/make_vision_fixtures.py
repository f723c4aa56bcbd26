"""Writes the reference numbers of layers of images: python Tests/Fixtures/pytorch/make_vision_fixtures.py

The files have the form that make_fixtures.py describes. Images and their gradients are stored with their channels last,
[batch, height, width, channels], and a convolution's weight as [outputs, height, width, inputs / groups], as nbrun has
them; PyTorch computes on permuted views of them, in f64.
"""

import torch
import torch.nn.functional as F
from make_fixtures import case, differentiated, normal, packed, random, write


def first(x):
    """Channels first."""
    return x.permute(0, 3, 1, 2)


def last(x):
    """Channels last."""
    return x.permute(0, 2, 3, 1)


def convolution():
    def made(name, image, outputs, kernel, stride=(1, 1), padding=(0, 0), dilation=(1, 1), groups=1, bias=True):
        batch, height, width, inputs = image

        def function(x, weight, bias=None):
            y = F.conv2d(first(x), first(weight), bias, stride, padding, dilation, groups)
            return last(y)

        values = {
            "x": normal(*image),
            "weight": normal(outputs, *kernel, inputs // groups, scale=0.3),
        }
        if bias:
            values["bias"] = normal(outputs)
        return differentiated(
            name, function, values, kernel=list(kernel), stride=list(stride), padding=list(padding),
            dilation=list(dilation), groups=groups,
        )

    return [
        made("three by three", (2, 6, 5, 4), 6, (3, 3), padding=(1, 1)),
        made("no bias, seventeen channels", (1, 5, 5, 17), 18, (3, 3), padding=(1, 1), bias=False),
        made("stride", (2, 7, 8, 3), 5, (3, 3), stride=(2, 2), padding=(1, 1)),
        made("projection", (2, 5, 6, 4), 8, (1, 1), stride=(2, 2), bias=False),
        made("stem", (1, 11, 11, 3), 4, (7, 7), stride=(2, 2), padding=(3, 3), bias=False),
        made("patches", (2, 8, 8, 3), 6, (4, 4), stride=(4, 4)),
        made("dilation", (1, 8, 9, 2), 3, (3, 3), padding=(2, 2), dilation=(2, 2)),
        made("stride and dilation", (1, 9, 10, 2), 3, (3, 2), stride=(3, 2), padding=(2, 1), dilation=(2, 3)),
        made("groups", (2, 5, 5, 6), 9, (3, 3), padding=(1, 1), groups=3),
        made("depthwise", (2, 6, 6, 8), 8, (3, 3), stride=(2, 1), padding=(1, 1), groups=8),
    ]


def batch_norm():
    def made(name, rows, width, scale=1.0, shift=0.0, relu=False, residual=False):
        running = {"mean": normal(width), "variance": normal(width).abs() + 0.5}
        mean, variance = running["mean"].clone(), running["variance"].clone()

        def function(x, weight, bias, residual=None):
            y = F.batch_norm(x, mean, variance, weight, bias, training=True, momentum=0.1, eps=1e-5)
            if residual is not None:
                y = y + residual
            return F.relu(y) if relu else y

        inputs = {"x": normal(rows, width, scale=scale, shift=shift), "weight": normal(width), "bias": normal(width)}
        if residual:
            inputs["residual"] = normal(rows, width)
        made = differentiated(name, function, inputs, epsilon=1e-5, momentum=0.1, relu=relu)
        evaluated = F.batch_norm(
            inputs["x"], running["mean"], running["variance"], inputs["weight"], inputs["bias"], eps=1e-5
        )
        if residual:
            evaluated = evaluated + inputs["residual"]
        if relu:
            evaluated = F.relu(evaluated)
        made["tensors"] |= {
            "running_mean": packed(running["mean"]),
            "running_var": packed(running["variance"]),
            "new_mean": packed(mean),
            "new_var": packed(variance),
            "evaluated": packed(evaluated),
        }
        return made

    return [
        made("plain", 12, 5),
        made("several blocks of rows", 300, 3),
        made("columns far from zero", 24, 4, scale=2.0, shift=64.0),
        made("columns near epsilon", 24, 18, scale=2.0**-8),
        made("relu", 20, 17, relu=True),
        made("residual", 20, 6, residual=True),
        made("relu behind a residual", 20, 17, relu=True, residual=True),
    ]


def group_norm():
    def made(name, image, groups, shift=0.0):
        def function(x, weight, bias):
            return last(F.group_norm(first(x), groups, weight, bias, eps=1e-5))

        width = image[3]
        inputs = {"x": normal(*image, shift=shift), "weight": normal(width), "bias": normal(width)}
        return differentiated(name, function, inputs, groups=groups, epsilon=1e-5)

    return [
        made("one group", (2, 3, 4, 6), 1),
        made("three groups far from zero", (3, 3, 3, 6), 3, shift=16.0),
        made("a group a channel", (2, 4, 4, 20), 20),
    ]


def pooling():
    def made(name, function, image, kernel=(0, 0), stride=(0, 0), padding=(0, 0)):
        return differentiated(
            name, lambda x: last(function(first(x))), {"x": normal(*image)},
            kernel=list(kernel), stride=list(stride), padding=list(padding),
        )

    def pool(kind, image, kernel, stride, padding):
        function = F.max_pool2d if kind == "max" else F.avg_pool2d
        name = f"{kind} {kernel} {stride} {padding}"
        return made(name, lambda x: function(x, kernel, stride, padding), image, kernel, stride, padding)

    cases = []
    for kind in ("max", "average"):
        cases += [
            pool(kind, (2, 6, 6, 5), (2, 2), (2, 2), (0, 0)),
            pool(kind, (1, 7, 8, 18), (3, 3), (2, 2), (1, 1)),
            pool(kind, (2, 5, 6, 3), (3, 2), (1, 2), (1, 0)),
        ]
    return cases + [
        made("global", lambda x: x.mean((2, 3), keepdim=True), (3, 4, 5, 6)),
        made("upsample", lambda x: F.interpolate(x, scale_factor=(2, 3), mode="nearest"), (2, 3, 4, 5), kernel=(2, 3)),
    ]


def concatenation():
    def function(a, b):
        return torch.cat([a, b], dim=1)

    return [differentiated("columns", function, {"a": normal(7, 5), "b": normal(7, 18)})]


# A ResNet-18 of few channels. Its weights are numbers that both sides make from a hash, so that no file has to hold them.


def hashed(parameter, count, scale):
    index = torch.arange(count, dtype=torch.int64) + 1_000_003 * (parameter + 1)
    hashes = (index * 2_654_435_761) % 2**32
    hashes = ((hashes ^ (hashes >> 15)) * 2_246_822_519) % 2**32
    return ((hashes.double() / 2**31 - 1) * scale).float().double()


BASE, CLASSES, SIZE, BATCH = 8, 10, 8, 6


def resnet_parameters():
    """Names, shapes and scales, in the order of nbrun's parameters."""
    parameters = []

    def convolution(name, out, kernel, inputs):
        parameters.append((f"{name}.weight", (out, kernel, kernel, inputs), (6 / (kernel * kernel * out)) ** 0.5))

    def norm(name, width):
        parameters.append((f"{name}.weight", (width,), 0.25))
        parameters.append((f"{name}.bias", (width,), 0.25))

    convolution("conv1", BASE, 3, 3)
    norm("bn1", BASE)
    inputs = BASE
    for stage in range(4):
        width = BASE << stage
        for block in range(2):
            name = f"layer{stage + 1}_{block}"
            if inputs != width:
                convolution(f"{name}.shortcut.conv", width, 1, inputs)
                norm(f"{name}.shortcut.bn", width)
            convolution(f"{name}.conv1", width, 3, inputs)
            norm(f"{name}.bn1", width)
            convolution(f"{name}.conv2", width, 3, width)
            norm(f"{name}.bn2", width)
            inputs = width
    parameters.append(("head.weight", (CLASSES, 8 * BASE), 0.1))
    parameters.append(("head.bias", (CLASSES,), 0.1))
    return parameters


def resnet_loss(parameters, statistics, images, classes, training=True):
    def convolution(name, x, stride=1):
        weight = parameters[f"{name}.weight"]
        return F.conv2d(x, first(weight), stride=stride, padding=weight.shape[1] // 2)

    def norm(name, x):
        mean, variance = statistics[name]
        return F.batch_norm(
            x, mean, variance, parameters[f"{name}.weight"], parameters[f"{name}.bias"],
            training=training, momentum=0.1, eps=1e-5,
        )

    x = F.relu(norm("bn1", convolution("conv1", first(images))))
    for stage in range(4):
        for block in range(2):
            name = f"layer{stage + 1}_{block}"
            stride = 2 if stage > 0 and block == 0 else 1
            skip = x
            if f"{name}.shortcut.conv.weight" in parameters:
                skip = norm(f"{name}.shortcut.bn", convolution(f"{name}.shortcut.conv", x, stride))
            x = F.relu(norm(f"{name}.bn1", convolution(f"{name}.conv1", x, stride)))
            x = F.relu(norm(f"{name}.bn2", convolution(f"{name}.conv2", x)) + skip)
    return F.cross_entropy(F.linear(x.mean((2, 3)), parameters["head.weight"], parameters["head.bias"]), classes)


def resnet():
    parameters, statistics = {}, {}
    for index, (name, shape, scale) in enumerate(resnet_parameters()):
        values = hashed(index, torch.Size(shape).numel(), scale).view(shape)
        if name.split(".")[-2].startswith("bn") and name.endswith("weight"):
            values = (values + 1).float().double()
            statistics[name.removesuffix(".weight")] = (
                torch.zeros(shape, dtype=torch.float64), torch.ones(shape, dtype=torch.float64),
            )
        parameters[name] = values.requires_grad_(True)
    images = normal(BATCH, SIZE, SIZE, 3)
    classes = torch.randint(0, CLASSES, (BATCH,), generator=random)
    loss = resnet_loss(parameters, statistics, images, classes)
    loss.backward()
    gradients = {
        f"d_{name}": parameters[name].grad.clone()
        for name in ("conv1.weight", "bn1.weight", "layer2_0.shortcut.conv.weight", "layer2_0.bn2.bias", "head.weight")
    }
    norms = torch.stack([value.grad.norm() for value in parameters.values()])
    for mean, variance in statistics.values():
        mean.zero_()
        variance.fill_(1)
    settings = dict(lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.1)
    optimizer = torch.optim.AdamW(parameters.values(), **settings)
    losses = []
    for _ in range(10):
        optimizer.zero_grad()
        loss = resnet_loss(parameters, statistics, images, classes)
        loss.backward()
        optimizer.step()
        losses.append(loss.detach())
    evaluated = resnet_loss(parameters, statistics, images, classes, training=False)
    means = {f"mean_{name}": statistics[name][0] for name in ("bn1", "layer4_1.bn2")}
    variances = {f"variance_{name}": statistics[name][1] for name in ("bn1", "layer4_1.bn2")}
    names = [name for name, _, _ in resnet_parameters()]
    return [
        case(
            "ten steps of adamw",
            {
                "images": images, "classes": classes, "losses": torch.stack(losses),
                "evaluated": evaluated, "gradient_norms": norms, **gradients, **means, **variances,
            },
            base_width=BASE, num_classes=CLASSES, size=SIZE, batch=BATCH, parameters=len(names), **settings,
        )
    ]


def main():
    for made in (convolution, batch_norm, group_norm, pooling, concatenation, resnet):
        random.manual_seed(2013)
        write(made.__name__, made())


if __name__ == "__main__":
    main()
