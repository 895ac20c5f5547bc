"""The makemore list as the notebooks split it, for the reference programs of this folder."""
import random

import torch


def splits(path, block):
    """Contexts (count, block) and targets (count) of the train, dev and test splits, shuffled once with seed 42."""
    words = open(path).read().splitlines()
    stoi = {c: i for i, c in enumerate(["."] + sorted(set("".join(words))))}
    random.seed(42)
    random.shuffle(words)

    def windows(part):
        xs, ys = [], []
        for word in part:
            context = [0] * block
            for c in word + ".":
                xs.append(context)
                ys.append(stoi[c])
                context = context[1:] + [stoi[c]]
        return torch.tensor(xs), torch.tensor(ys)

    a, b = int(0.8 * len(words)), int(0.9 * len(words))
    return {"train": windows(words[:a]), "dev": windows(words[a:b]), "test": windows(words[b:])}
