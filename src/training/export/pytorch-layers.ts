import type { Layer } from '../../networks/index.ts';

/** Each kind of layer as a Python class, in the manner of the makemore notebooks: called, it is its forward pass. */
export const LAYER_CLASSES: Readonly<Record<Layer['kind'], string>> = {
  Embedding: `
class Embedding:
    """A table with a row of numbers for every symbol."""

    def __init__(self, weight):
        self.weight = weight

    def __call__(self, ix):
        return self.weight[ix]

    def parameters(self):
        return [self.weight]`,

  FlattenConsecutive: `
class FlattenConsecutive:
    """Joins every n consecutive positions; a position that is left alone loses its dimension."""

    def __init__(self, n):
        self.n = n

    def __call__(self, x):
        B, T, C = x.shape
        x = x.view(B, T // self.n, C * self.n)
        return x.squeeze(1)

    def parameters(self):
        return []`,

  Linear: `
class Linear:
    """The weight is (fan_in, fan_out), as in the notebooks; torch.nn.Linear keeps the transpose."""

    def __init__(self, weight, bias=None):
        self.weight = weight
        self.bias = bias

    def __call__(self, x):
        x = x @ self.weight
        return x if self.bias is None else x + self.bias

    def parameters(self):
        return [self.weight] if self.bias is None else [self.weight, self.bias]`,

  BatchNorm1d: `
class BatchNorm1d:
    """Normalizes each channel over the minibatch, and over its positions where it has several."""

    def __init__(self, size, weight=1.0, eps=1e-5, momentum=0.1, averages_std=False, batch_only=False):
        self.eps = eps
        self.momentum = momentum
        self.averages_std = averages_std  # the deviation runs along in place of the variance
        self.batch_only = batch_only  # each position apart, which is a mistake
        self.training = True
        self.weight = torch.ones(size) * weight  # gamma
        self.bias = torch.zeros(size)  # beta
        self.running_mean = torch.zeros(size)
        self.running_var = torch.ones(size)

    def __call__(self, x):
        if self.training:
            axes = 0 if self.batch_only else tuple(range(x.ndim - 1))
            mean = x.mean(axes)
            var = x.var(axes)  # unbiased
            with torch.no_grad():
                self.running_mean = (1 - self.momentum) * self.running_mean + self.momentum * mean
                if self.averages_std:
                    std = (1 - self.momentum) * self.running_var.sqrt() + self.momentum * var.sqrt()
                    self.running_var = std**2
                else:
                    self.running_var = (1 - self.momentum) * self.running_var + self.momentum * var
        else:
            mean, var = self.running_mean, self.running_var
        normalized = (x - mean) / torch.sqrt(var + self.eps)
        return self.weight * normalized + self.bias

    def parameters(self):
        return [self.weight, self.bias]`,

  Tanh: `
class Tanh:
    def __call__(self, x):
        return torch.tanh(x)

    def parameters(self):
        return []`,
};
