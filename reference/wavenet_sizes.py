#!/usr/bin/env python3
"""The three networks of about 22,000 parameters in makemore's fifth notebook, from PyTorch: eight characters joined at
once (`flat`), by pairs (`pairs`), and by pairs with the notebook's mistake of normalizing over the batch alone (`batch_only`).

Run:  python wavenet_sizes.py NAMES_TXT [STEPS]     (torch 2.13 on a processor with AVX2)
Output: fixtures/wavenet_sizes.json: for each the number of parameters, the minibatch loss of iteration k, before its update,
at some k, and the losses of the three splits after the last of STEPS (200,000 unless told), by running statistics.
The rate is 0.1, and 0.01 from step 150,000 on; the seed is 42, as in that notebook.
"""
import json, os, sys
import torch
import torch.nn.functional as F
import names_list

torch.set_num_threads(1)
SEED, BLOCK, BATCH, EMBEDDING = 42, 8, 32, 10
MARKS = (0, 1, 10, 100, 1000)
STEPS = int(sys.argv[2]) if len(sys.argv) > 2 else 200_000
DECAY = 150_000
splits = names_list.splits(sys.argv[1], BLOCK)
X, Y = splits["train"]


class BatchNorm:
    def __init__(self, channels, dims):
        self.gamma, self.beta = torch.ones(channels), torch.zeros(channels)
        self.dims, self.mean, self.variance, self.training = dims, 0.0, 1.0, True

    def __call__(self, x):
        mean, variance = self.mean, self.variance
        if self.training:
            dims = tuple(d for d in self.dims if d < x.ndim - 1)
            mean, variance = x.mean(dims, keepdim=True), x.var(dims, keepdim=True)
            with torch.no_grad():
                self.mean = 0.9 * self.mean + 0.1 * mean
                self.variance = 0.9 * self.variance + 0.1 * variance
        return self.gamma * (x - mean) / torch.sqrt(variance + 1e-5) + self.beta


def train(n, hidden, dims):
    g = torch.Generator().manual_seed(SEED)
    C = torch.randn((27, EMBEDDING), generator=g)
    parameters, levels, channels, positions = [C], [], EMBEDDING, BLOCK
    while positions > 1:
        W = torch.randn((n * channels, hidden), generator=g) / (n * channels) ** 0.5
        norm = BatchNorm(hidden, dims)
        levels.append((W, norm))
        parameters += [W, norm.gamma, norm.beta]
        channels, positions = hidden, positions // n
    W, bias = torch.randn((hidden, 27), generator=g) / hidden**0.5 * 0.1, torch.zeros(27)
    parameters += [W, bias]
    for p in parameters:
        p.requires_grad_(True)

    def forward(x):
        x = C[x]
        for weight, norm in levels:
            rows, length, width = x.shape
            x = x.view(rows, length // n, width * n)
            x = torch.tanh(norm(x.squeeze(1) @ weight))
            if x.ndim == 2:
                break
        return x @ W + bias

    losses = {}
    for i in range(STEPS):
        ix = torch.randint(0, len(X), (BATCH,), generator=g)
        loss = F.cross_entropy(forward(X[ix]), Y[ix])
        if i in MARKS:
            losses[str(i)] = loss.item()
        for p in parameters:
            p.grad = None
        loss.backward()
        rate = 0.1 if i < DECAY else 0.01
        with torch.no_grad():
            for p in parameters:
                p -= rate * p.grad
    for _, norm in levels:
        norm.training = False
    with torch.no_grad():
        final = {name: F.cross_entropy(forward(x), y).item() for name, (x, y) in splits.items()}
    return {"n_params": sum(p.numel() for p in parameters), "loss_f32": losses, "final": final}


result = {"seed": SEED, "torch": torch.__version__, "steps": STEPS}
for name, given in {"flat": (8, 200, (0,)), "pairs": (2, 68, (0, 1)), "batch_only": (2, 68, (0,))}.items():
    result[name] = train(*given)
    print(name, json.dumps(result[name]), flush=True)
here = os.path.dirname(os.path.abspath(__file__))
with open(os.path.join(here, "fixtures", "wavenet_sizes.json"), "w") as f:
    json.dump(result, f, indent=1)
    f.write("\n")
