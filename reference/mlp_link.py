#!/usr/bin/env python3
"""The losses that one link of the site must replay, from PyTorch: mlp-training.seed=7, corpus=makemore, init=scaled.

Run:  python mlp_link.py NAMES_TXT     (torch 2.13 on a processor with AVX2)
Output: fixtures/mlp_link.json: the minibatch loss of iteration k, before its update, for k = 0 ... 100, and the loss of
the dev split after 101 updates.
"""
import json, os, sys
import torch
import torch.nn.functional as F
import names_list

torch.set_num_threads(1)
SEED, BLOCK, STEPS = 7, 3, 101
splits = names_list.splits(sys.argv[1], BLOCK)
X, Y = splits["train"]
Xdev, Ydev = splits["dev"]
g = torch.Generator().manual_seed(SEED)
C = torch.randn((27, 10), generator=g)
W1 = torch.randn((30, 200), generator=g) * (5 / 3) / (30**0.5)
b1 = torch.randn(200, generator=g) * 0.01
W2 = torch.randn((200, 27), generator=g) * 0.01
b2 = torch.randn(27, generator=g) * 0
parameters = [C, W1, b1, W2, b2]
for p in parameters:
    p.requires_grad_(True)


def forward(x):
    return torch.tanh(C[x].view(len(x), -1) @ W1 + b1) @ W2 + b2


losses = []
for _ in range(STEPS):
    ix = torch.randint(0, len(X), (32,), generator=g)
    loss = F.cross_entropy(forward(X[ix]), Y[ix])
    losses.append(loss.item())
    for p in parameters:
        p.grad = None
    loss.backward()
    for p in parameters:
        p.data += -0.1 * p.grad
with torch.no_grad():
    dev = F.cross_entropy(forward(Xdev), Ydev).item()
out = os.path.join(os.path.dirname(os.path.abspath(__file__)), "fixtures", "mlp_link.json")
json.dump({"torch": torch.__version__, "seed": SEED, "losses": losses, "dev": dev}, open(out, "w"))
print(losses[0], losses[100], dev)
