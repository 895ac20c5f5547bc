#!/usr/bin/env python3
"""The networks of the benchmark in PyTorch eager, one thread.

Reads a line of JSON {"network", "batch", "seconds"}, trains for so long, and answers with a line {"steps", "seconds"}.
A step draws a minibatch, goes forward and backward, and updates by plain SGD, as in the makemore notebooks; nothing is
logged. The first line that it writes tells the version, or why there is none.
"""
import json
import os
import random
import sys
import time

try:
    import torch
    import torch.nn.functional as F
except ImportError:
    print(json.dumps({"refused": f"{sys.executable} has no torch; set PYTHON to an interpreter that has."}), flush=True)
    sys.exit()

torch.set_num_threads(1)

SEED = 2147483647
RATE = 0.1
#: The clock is read after so many steps at least, as long as they take no more than a moment.
MOMENT = 0.05
NAMES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "content", "corpora", "names.txt")


def training_split(block):
    """Contexts (n, block) and the symbols that follow them (n), of the first eight tenths of the shuffled words."""
    with open(NAMES, encoding="utf-8") as file:
        words = file.read().split()
    number = {letter: i + 1 for i, letter in enumerate(sorted(set("".join(words))))}
    random.seed(42)
    random.shuffle(words)
    contexts, targets = [], []
    for word in words[: int(0.8 * len(words))]:
        context = [0] * block
        for symbol in [number[letter] for letter in word] + [0]:
            contexts.append(context)
            targets.append(symbol)
            context = context[1:] + [symbol]
    return torch.tensor(contexts), torch.tensor(targets)


def generator():
    return torch.Generator().manual_seed(SEED)


def autograd_step(parameters, forward, data, batch, g):
    contexts, targets = data
    for p in parameters:
        p.requires_grad_(True)

    def step():
        ix = torch.randint(0, len(contexts), (batch,), generator=g)
        loss = F.cross_entropy(forward(contexts[ix]), targets[ix])
        for p in parameters:
            p.grad = None
        loss.backward()
        for p in parameters:
            p.data += -RATE * p.grad

    return step


def mlp(batch):
    g = generator()
    C, W1, b1, W2, b2 = P = [torch.randn(s, generator=g) for s in ((27, 10), (30, 200), (200,), (200, 27), (27,))]
    W1 *= (5 / 3) / 30**0.5
    b1 *= 0.01
    W2 *= 0.01
    b2 *= 0

    def forward(x):
        return torch.tanh(C[x].view(batch, -1) @ W1 + b1) @ W2 + b2

    return autograd_step(P, forward, training_split(3), batch, g)


def bn_mlp(batch):
    g = generator()
    C = torch.randn((27, 10), generator=g)
    W1 = torch.randn((30, 200), generator=g) * (5 / 3) / 30**0.5
    W2 = torch.randn((200, 27), generator=g) * 0.01
    P = [C, W1, W2, torch.zeros(27), torch.ones(1, 200), torch.zeros(1, 200)]
    b2, gamma, beta = P[3:]
    running = [torch.zeros(1, 200), torch.ones(1, 200)]

    def forward(x):
        h = C[x].view(batch, -1) @ W1
        m, s = h.mean(0, keepdim=True), h.std(0, keepdim=True)
        y = gamma * (h - m) / s + beta
        with torch.no_grad():
            running[0] = 0.999 * running[0] + 0.001 * m
            running[1] = 0.999 * running[1] + 0.001 * s
        return torch.tanh(y) @ W2 + b2

    return autograd_step(P, forward, training_split(3), batch, g)


def manual(batch):
    """Without autograd: every gradient is written out, the embedding's is added up by index_add_."""
    g = generator()
    C = torch.randn((27, 10), generator=g)
    W1 = torch.randn((30, 200), generator=g) * (5 / 3) / 30**0.5
    b1 = torch.randn(200, generator=g) * 0.1
    W2 = torch.randn((200, 27), generator=g) * 0.1
    b2 = torch.randn(27, generator=g) * 0.1
    gamma = torch.randn((1, 200), generator=g) * 0.1 + 1
    beta = torch.randn((1, 200), generator=g) * 0.1
    contexts, targets = training_split(3)
    n, rows = batch, torch.arange(batch)

    @torch.no_grad()
    def step():
        ix = torch.randint(0, len(contexts), (n,), generator=g)
        x, y = contexts[ix], targets[ix]
        emb = C[x]
        flat = emb.view(n, -1)
        before = flat @ W1 + b1
        m, v = before.mean(0, keepdim=True), before.var(0, keepdim=True)
        inverse = (v + 1e-5) ** -0.5
        normalized = (before - m) * inverse
        h = torch.tanh(gamma * normalized + beta)
        logits = h @ W2 + b2
        F.cross_entropy(logits, y)
        dlogits = F.softmax(logits, 1)
        dlogits[rows, y] -= 1
        dlogits /= n
        dh = dlogits @ W2.T
        dW2, db2 = h.T @ dlogits, dlogits.sum(0)
        d = (1 - h**2) * dh
        dgamma, dbeta = (normalized * d).sum(0, keepdim=True), d.sum(0, keepdim=True)
        dbefore = gamma * inverse / n * (n * d - d.sum(0) - n / (n - 1) * normalized * (d * normalized).sum(0))
        demb = (dbefore @ W1.T).view(emb.shape)
        dW1, db1 = flat.T @ dbefore, dbefore.sum(0)
        dC = torch.zeros_like(C)
        dC.index_add_(0, x.view(-1), demb.view(-1, 10))
        for p, dp in zip((C, W1, b1, W2, b2, gamma, beta), (dC, dW1, db1, dW2, db2, dgamma, dbeta)):
            p += -RATE * dp

    return step


class Embedding:
    def __init__(self, symbols, size, g):
        self.parameters = [torch.randn((symbols, size), generator=g)]

    def __call__(self, x):
        return self.parameters[0][x]


class FlattenConsecutive:
    parameters = ()

    def __init__(self, n):
        self.n = n

    def __call__(self, x):
        batch, positions, channels = x.shape
        x = x.reshape(batch, positions // self.n, channels * self.n)
        return x.squeeze(1) if x.shape[1] == 1 else x


class Linear:
    def __init__(self, fan_in, out, g, bias=False):
        self.parameters = [torch.randn((fan_in, out), generator=g) / fan_in**0.5] + ([torch.zeros(out)] if bias else [])

    def __call__(self, x):
        x = x @ self.parameters[0]
        return x + self.parameters[1] if len(self.parameters) > 1 else x


class BatchNorm1d:
    def __init__(self, size):
        self.parameters = [torch.ones(size), torch.zeros(size)]
        self.running_mean, self.running_var = torch.zeros(size), torch.ones(size)

    def __call__(self, x):
        dims = tuple(range(x.ndim - 1))
        m, v = x.mean(dims, keepdim=True), x.var(dims, keepdim=True)
        with torch.no_grad():
            self.running_mean = 0.9 * self.running_mean + 0.1 * m
            self.running_var = 0.9 * self.running_var + 0.1 * v
        gamma, beta = self.parameters
        return gamma * ((x - m) / torch.sqrt(v + 1e-5)) + beta


class Tanh:
    parameters = ()

    def __call__(self, x):
        return torch.tanh(x)


def of_layers(layers, block, batch, g):
    def forward(x):
        for layer in layers:
            x = layer(x)
        return x

    return autograd_step([p for layer in layers for p in layer.parameters], forward, training_split(block), batch, g)


def deep(batch):
    g = generator()
    layers = [Embedding(27, 10, g), FlattenConsecutive(3)]
    for fan_in in (30, 100, 100, 100, 100):
        layers += [Linear(fan_in, 100, g), BatchNorm1d(100), Tanh()]
    layers += [Linear(100, 27, g), BatchNorm1d(27)]
    layers[-1].parameters[0] *= 0.1
    return of_layers(layers, 3, batch, g)


def wavenet(batch):
    g = generator()
    layers = [Embedding(27, 24, g)]
    for channels in (24, 128, 128):
        layers += [FlattenConsecutive(2), Linear(2 * channels, 128, g), BatchNorm1d(128), Tanh()]
    layers += [Linear(128, 27, g, bias=True)]
    layers[-1].parameters[0] *= 0.1
    return of_layers(layers, 8, batch, g)


NETWORKS = {"mlp": mlp, "bn-mlp": bn_mlp, "manual": manual, "deep": deep, "wavenet": wavenet}


def train(step, seconds):
    steps, at_once, begin = 0, 1, time.perf_counter()
    while True:
        before = time.perf_counter()
        for _ in range(at_once):
            step()
        steps += at_once
        now = time.perf_counter()
        if now - begin >= seconds:
            return {"steps": steps, "seconds": now - begin}
        at_once = max(1, min(2 * at_once, int(MOMENT / ((now - before) / at_once))))


def main():
    capability = torch.backends.cpu.get_cpu_capability()
    print(json.dumps({"torch": torch.__version__, "capability": capability}), flush=True)
    made = {}
    for line in sys.stdin:
        request = json.loads(line)
        key = (request["network"], request["batch"])
        if key not in made:
            made[key] = NETWORKS[key[0]](key[1])
        print(json.dumps(train(made[key], request["seconds"])), flush=True)


if __name__ == "__main__":
    main()
