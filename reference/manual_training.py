#!/usr/bin/env python3
"""The training of makemore's fourth notebook without autograd, from PyTorch: 200,000 steps, every gradient by hand.

Run:  python manual_training.py NAMES_TXT     (torch 2.13 on a processor with AVX2)
Output: fixtures/manual_training.json: the minibatch loss of iteration k, before its update, at some k, for 64 and for 200
hidden units; and for 200 the losses of the three splits after the last step. These normalize by the mean and the variance of
the whole train split, as the notebook does (`calibrated`), and by a running mean and variance with a momentum of 0.01, as the
site's network does (`running`).
The gain and the shift of the normalization are drawn after b2 from the one generator; the notebook draws them unseeded.
"""
import json, os, sys
import torch
import torch.nn.functional as F
import names_list

torch.set_num_threads(1)
torch.set_grad_enabled(False)
SEED, BLOCK, BATCH, EPS, MOMENTUM = 2147483647, 3, 32, 1e-5, 0.01
MARKS = (0, 1, 10, 100, 1000)
splits = names_list.splits(sys.argv[1], BLOCK)
X, Y = splits["train"]


def train(hidden, steps, decay):
    """The losses at MARKS; the parameters and the running mean and variance in the end."""
    g = torch.Generator().manual_seed(SEED)
    C = torch.randn((27, 10), generator=g)
    W1 = torch.randn((30, hidden), generator=g) * (5 / 3) / (30**0.5)
    b1 = torch.randn(hidden, generator=g) * 0.1
    W2 = torch.randn((hidden, 27), generator=g) * 0.1
    b2 = torch.randn(27, generator=g) * 0.1
    bngain = torch.randn((1, hidden), generator=g) * 0.1 + 1.0
    bnbias = torch.randn((1, hidden), generator=g) * 0.1
    parameters = [C, W1, b1, W2, b2, bngain, bnbias]
    mean, variance = torch.zeros(1, hidden), torch.ones(1, hidden)
    n, rows, losses = BATCH, torch.arange(BATCH), {}
    for i in range(steps):
        ix = torch.randint(0, len(X), (n,), generator=g)
        Xb, Yb = X[ix], Y[ix]
        embcat = C[Xb].view(n, -1)
        hprebn = embcat @ W1 + b1
        bnmean, bnvar = hprebn.mean(0, keepdim=True), hprebn.var(0, keepdim=True, unbiased=True)
        bnvar_inv = (bnvar + EPS) ** -0.5
        bnraw = (hprebn - bnmean) * bnvar_inv
        h = torch.tanh(bngain * bnraw + bnbias)
        logits = h @ W2 + b2
        loss = F.cross_entropy(logits, Yb)
        if i in MARKS:
            losses[str(i)] = loss.item()
        mean, variance = (1 - MOMENTUM) * mean + MOMENTUM * bnmean, (1 - MOMENTUM) * variance + MOMENTUM * bnvar

        dlogits = F.softmax(logits, 1)
        dlogits[rows, Yb] -= 1
        dlogits /= n
        dhpreact = (1 - h**2) * (dlogits @ W2.T)
        dhprebn = bngain * bnvar_inv / n * (
            n * dhpreact - dhpreact.sum(0) - n / (n - 1) * bnraw * (dhpreact * bnraw).sum(0)
        )
        dC = torch.zeros_like(C)
        dC.index_add_(0, Xb.view(-1), (dhprebn @ W1.T).view(-1, C.shape[1]))
        gradients = [
            dC,
            embcat.T @ dhprebn,
            dhprebn.sum(0),
            h.T @ dlogits,
            dlogits.sum(0),
            (bnraw * dhpreact).sum(0, keepdim=True),
            dhpreact.sum(0, keepdim=True),
        ]
        rate = 0.1 if i < decay else 0.01
        for p, dp in zip(parameters, gradients):
            p -= rate * dp
    return losses, parameters, (mean, variance)


def evaluate(parameters, statistics):
    C, W1, b1, W2, b2, bngain, bnbias = parameters
    mean, variance = statistics

    def loss_of(x, y):
        hprebn = C[x].view(len(x), -1) @ W1 + b1
        h = torch.tanh(bngain * (hprebn - mean) * (variance + EPS) ** -0.5 + bnbias)
        return F.cross_entropy(h @ W2 + b2, y).item()

    return {name: loss_of(x, y) for name, (x, y) in splits.items()}


short, _, _ = train(64, MARKS[-1] + 1, 100_000)
losses, parameters, running = train(200, 200_000, 100_000)
C, W1, b1, *_ = parameters
whole = C[X].view(len(X), -1) @ W1 + b1
calibrated = (whole.mean(0, keepdim=True), whole.var(0, keepdim=True, unbiased=True))
result = {
    "seed": SEED,
    "torch": torch.__version__,
    "hidden64": {"loss_f32": short},
    "hidden200": {
        "loss_f32": losses,
        "final": {"calibrated": evaluate(parameters, calibrated), "running": evaluate(parameters, running)},
    },
}
here = os.path.dirname(os.path.abspath(__file__))
with open(os.path.join(here, "fixtures", "manual_training.json"), "w") as f:
    json.dump(result, f, indent=1)
    f.write("\n")
print(json.dumps(result, indent=1))
