import '@tensorflow/tfjs-backend-cpu';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setBackend } from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { NetworkState } from '../../engines/engine.ts';
import { TfjsEngine } from '../../engines/tfjs/engine.ts';
import { buffersOf, deepBatchNorm, mlp, type Network, parametersOf, sizeOf, waveNet } from '../../networks/index.ts';
import { TorchGenerator } from '../../random/index.ts';
import { fromSafetensors, toSafetensors } from './safetensors.ts';
import { pythonWithTorch, runPython } from './torch-python.ts';

const NETWORKS: [string, Network, number][] = [
  ['mlp', mlp(), 3],
  ['waveNet', waveNet(), 8],
  ['deepBatchNorm', deepBatchNorm(), 3],
];

/** Nothing as it is at the start of a run: running statistics are uniform on [0.5, 1.5), the rest is normal. */
function randomState(network: Network): NetworkState {
  const generator = new TorchGenerator(42);
  return {
    parameters: parametersOf(network).map(({ shape }) => generator.randn(sizeOf(shape)).map((x) => 0.3 * x)),
    buffers: buffersOf(network).map(({ shape }) => generator.rand(sizeOf(shape)).map((x) => x + 0.5)),
  };
}

/** A file taken apart: the fixed part of the format, so that tests can write damaged ones. */
function takeApart(file: Uint8Array) {
  const length = Number(new DataView(file.buffer).getBigUint64(0, true));
  const header = JSON.parse(new TextDecoder().decode(file.subarray(8, 8 + length)));
  return { length, header, data: file.subarray(8 + length) };
}

function putTogether(header: unknown, data: Uint8Array): Uint8Array {
  const text = new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header));
  return new Uint8Array([...new Uint8Array(BigUint64Array.of(BigInt(text.length)).buffer), ...text, ...data]);
}

test('the layout is that of the format, the Linear transposed', () => {
  const network: Network = [
    { kind: 'Linear', in: 2, out: 3, bias: true },
    { kind: 'BatchNorm1d', size: 3, eps: 1e-5, momentum: 0.1 },
  ];
  const vectors = [10, 20, 30, 40, 50].map((x) => Float32Array.of(x, x + 1, x + 2));
  const parameters = [Float32Array.of(1, 2, 3, 4, 5, 6), ...vectors.slice(0, 3)];
  const file = toSafetensors(network, { parameters, buffers: vectors.slice(3) }, { seed: '42' });
  const { length, header, data } = takeApart(file);
  expect(length % 8).toBe(0);
  expect(header).toEqual({
    __metadata__: { seed: '42' },
    '1.num_batches_tracked': { dtype: 'I64', shape: [], data_offsets: [0, 8] },
    '0.weight': { dtype: 'F32', shape: [3, 2], data_offsets: [8, 32] },
    '0.bias': { dtype: 'F32', shape: [3], data_offsets: [32, 44] },
    '1.weight': { dtype: 'F32', shape: [3], data_offsets: [44, 56] },
    '1.bias': { dtype: 'F32', shape: [3], data_offsets: [56, 68] },
    '1.running_mean': { dtype: 'F32', shape: [3], data_offsets: [68, 80] },
    '1.running_var': { dtype: 'F32', shape: [3], data_offsets: [80, 92] },
  });
  expect(data).toHaveLength(92);
  expect([...new Float32Array(data.slice(8, 44).buffer)]).toEqual([1, 4, 2, 5, 3, 6, 10, 11, 12]);
});

test.for(NETWORKS)('a file of %s reads back, wherever its bytes lie', ([, network]) => {
  const state = randomState(network);
  const file = toSafetensors(network, state);
  expect(fromSafetensors(file, network)).toEqual(state);
  expect(fromSafetensors(Buffer.concat([Buffer.of(0), file]).subarray(1), network)).toEqual(state);
});

describe('a file that does not fit is refused', () => {
  const network = mlp({ symbols: 3, embedding: 2, hidden: 4 });
  const file = toSafetensors(network, randomState(network));
  const { header, data } = takeApart(file);
  const refusal = (bytes: Uint8Array) => expect(() => fromSafetensors(bytes, network));
  const changed = (entry: object) => putTogether({ ...header, '2.bias': { ...header['2.bias'], ...entry } }, data);

  test('damaged', () => {
    refusal(new Uint8Array()).toThrow('The file ends before its header does');
    refusal(file.subarray(0, 100)).toThrow('The file ends before its header does');
    refusal(new Uint8Array(50).fill(255)).toThrow('The file ends before its header does');
    refusal(file.subarray(0, -1)).toThrow('The file ends before the tensor “4.bias” does');
    for (const text of ['{"', '[]', 'null', '7']) refusal(putTogether(text, data)).toThrow('is no JSON object');
    refusal(changed({ data_offsets: [-16, 0] })).toThrow('“2.bias” has the bytes -16 to 0');
    refusal(changed({ data_offsets: [0, 4] })).toThrow('“2.bias” has the bytes 0 to 4, and should have 16 of them');
    refusal(changed({ data_offsets: [0.5, 16.5] })).toThrow('“2.bias” has the bytes');
    refusal(changed({ data_offsets: null })).toThrow('“2.bias” has the bytes');
    refusal(changed({ data_offsets: [4096, 4112] })).toThrow('The file ends before the tensor “2.bias” does');
  });

  test('of another network', () => {
    refusal(changed({ dtype: 'F64' })).toThrow('“2.bias” is of F64, and F32 is needed');
    refusal(putTogether({ ...header, '2.bias': null }, data)).toThrow('“2.bias” is of undefined');
    refusal(changed({ shape: [2, 2] })).toThrow('“2.bias” has the shape [2,2] in place of [4]');
    const { '2.bias': bias, ...others } = header;
    refusal(putTogether(others, data)).toThrow('no tensor “2.bias”');
    refusal(putTogether({ ...header, '9.bias': bias }, data)).toThrow('a tensor “9.bias”, and this network has none');
    refusal(toSafetensors(deepBatchNorm(), randomState(deepBatchNorm()))).toThrow('and this network has none');
  });
});

/** Builds an nn.Sequential from a network in JSON, loads the file into it, and prints the logits of the contexts. */
const LOAD = `
import json, sys
import torch
from torch import nn

class FlattenConsecutive(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.n = n

    def forward(self, x):
        B, T, C = x.shape
        return x.reshape(B, T // self.n, C * self.n).squeeze(1)

class BatchNorm1d(nn.BatchNorm1d):
    def forward(self, x):  # channels are last here, and second in PyTorch
        return super().forward(x) if x.ndim == 2 else super().forward(x.transpose(1, 2)).transpose(1, 2)

MODULES = {
    'Embedding': lambda layer: nn.Embedding(layer['in'], layer['out']),
    'FlattenConsecutive': lambda layer: FlattenConsecutive(layer['n']),
    'Linear': lambda layer: nn.Linear(layer['in'], layer['out'], bias=layer['bias']),
    'BatchNorm1d': lambda layer: BatchNorm1d(layer['size'], eps=layer['eps'], momentum=layer['momentum']),
    'Tanh': lambda layer: nn.Tanh(),
}
file, network, contexts = sys.argv[1], json.loads(sys.argv[2]), json.loads(sys.argv[3])
with open(file, 'rb') as f:
    header = json.loads(f.read(int.from_bytes(f.read(8), 'little')))
    data = bytearray(f.read())
state = {}
for name, entry in header.items():
    dtype = {'F32': torch.float32, 'I64': torch.int64}[entry['dtype']]
    begin, end = entry['data_offsets']
    state[name] = torch.frombuffer(data[begin:end], dtype=dtype).reshape(entry['shape'])
model = nn.Sequential(*(MODULES[layer['kind']](layer) for layer in network))
model.load_state_dict(state, strict=True)
model.eval()
print(json.dumps(model(torch.tensor(contexts)).flatten().tolist()))
`;

const python = pythonWithTorch();

describe.skipIf(!python)('PyTorch', { timeout: 60_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'safetensors-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  beforeAll(async () => {
    await setBackend('cpu');
  });

  test.for(NETWORKS)('loads a file of %s, and has the same logits', async ([name, network, block]) => {
    const state = randomState(network);
    const file = join(folder, name);
    writeFileSync(file, toSafetensors(network, state));
    const contexts = new TorchGenerator(1).randint(0, 27, 5 * block);
    const rows = Array.from({ length: 5 }, (_, i) => [...contexts.subarray(i * block, (i + 1) * block)]);
    const printed = await runPython(python!, ['-c', LOAD, file, JSON.stringify(network), JSON.stringify(rows)]);

    const engine = new TfjsEngine('cpu', network);
    await engine.load(state);
    const logits = await engine.logits(contexts);
    const theirs: number[] = JSON.parse(printed);
    expect(theirs).toHaveLength(logits.length);
    expect(Math.max(...theirs.map((x, i) => Math.abs(x - logits[i]!)))).toBeLessThan(1e-5);
  });
});
