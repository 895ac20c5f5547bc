import { type Histogram, histogram } from '../diagnostics/histogram.ts';
import {
  deadUnits,
  gradientToData,
  type Spread,
  saturatedPlaces,
  saturation,
  spread,
  updateToData,
} from '../diagnostics/statistics.ts';
import type { Inspection } from '../engines/engine.ts';
import { type Network, parametersOf } from '../networks/index.ts';

/** Gradients are drawn up to at least this many times the widest layer’s spread. */
const REACH = 3;
/** How many bins a histogram has that is drawn. */
export const BINS = 48;

/** One tanh layer on some examples. */
export interface LayerHealth {
  /** Its place in the network. */
  readonly layer: number;
  readonly units: number;
  /** What leaves it. */
  readonly values: Spread;
  /** The gradient of the loss by that. */
  readonly gradient: Spread;
  /** Which share of the outputs lies in the flat tails of tanh. */
  readonly saturation: number;
  /** The units that are saturated on every example. */
  readonly dead: readonly number[];
}

/** The outputs that are saturated, for each tanh layer: places in (examples, units). */
export const saturationMaps = (network: Network, activations: Inspection['activations']): number[][] =>
  tanhLayers(network, activations).map(({ values }) => saturatedPlaces(values));

/** A scale for the gradients of all layers: a power of two, so that it stays while they change a little. */
export function gradientReach(layers: readonly LayerHealth[]): number {
  const widest = Math.max(...layers.map(({ gradient }) => gradient.std));
  return widest > 0 && Number.isFinite(widest) ? 2 ** Math.ceil(Math.log2(REACH * widest)) : 1;
}

/** The tanh layers of a network. @param activations as `Engine.inspect` gives them. */
export function layerHealth(network: Network, activations: Inspection['activations']): LayerHealth[] {
  return tanhLayers(network, activations).map(({ layer, units, values, gradient }) => ({
    layer,
    units,
    values: spread(values),
    gradient: spread(gradient),
    saturation: saturation(values),
    dead: deadUnits(values, units),
  }));
}

/** The layers with so many digits that count, for a record. */
export function roundedHealth(layers: readonly LayerHealth[], digits: number): LayerHealth[] {
  const round = (x: number): number => Number(x.toPrecision(digits));
  const rounded = ({ mean, std }: Spread): Spread => ({ mean: round(mean), std: round(std) });
  return layers.map((layer) => ({ ...layer, values: rounded(layer.values), gradient: rounded(layer.gradient) }));
}

/** What leaves a tanh layer, and the gradient of the loss by it, as histograms. */
export interface LayerHistograms {
  /** Its place in the network. */
  readonly layer: number;
  readonly values: Histogram;
  readonly gradient: Histogram;
}

/** @param reach the gradients are drawn from `-reach` to `reach`; unless told, to their own largest. */
export function layerHistograms(
  network: Network,
  activations: Inspection['activations'],
  bins: number,
  reach?: number,
): LayerHistograms[] {
  return tanhLayers(network, activations).map(({ layer, values, gradient }) => {
    const limit = reach ?? (Number(largest(gradient).toPrecision(2)) || 1);
    return { layer, values: histogram(values, -1, 1, bins), gradient: histogram(gradient, -limit, limit, bins) };
  });
}

/** How the gradient of one weight matrix compares with the weights. */
export interface WeightHealth {
  /** Its place in `parametersOf`. */
  readonly parameter: number;
  readonly shape: readonly number[];
  readonly std: number;
  readonly gradientStd: number;
  readonly gradientToData: number;
  /** As a power of ten. */
  readonly updateToData: number;
}

/** The places of the weight matrices in `parametersOf`: what is multiplied by activations, and the table of the embedding. */
export const matricesOf = (network: Network): number[] =>
  parametersOf(network).flatMap(({ shape }, i) => (shape.length === 2 ? [i] : []));

export function weightHealth(
  network: Network,
  parameters: readonly Float32Array[],
  gradients: readonly Float32Array[],
  rate: number,
): WeightHealth[] {
  const specs = parametersOf(network);
  return matricesOf(network).map((parameter) => {
    const weight = spread(parameters[parameter]!);
    const gradient = spread(gradients[parameter]!);
    return {
      parameter,
      shape: specs[parameter]!.shape,
      std: weight.std,
      gradientStd: gradient.std,
      gradientToData: gradientToData(gradient, weight),
      updateToData: updateToData(gradient, weight, rate),
    };
  });
}

const largest = (values: Float32Array): number => values.reduce((most, x) => Math.max(most, Math.abs(x)), 0);

function tanhLayers(network: Network, activations: Inspection['activations']) {
  let units = 0;
  return network.flatMap((layer, i) => {
    if (layer.kind === 'Embedding' || layer.kind === 'Linear') units = layer.out;
    return layer.kind === 'Tanh' ? [{ layer: i, units, ...activations[i]! }] : [];
  });
}
