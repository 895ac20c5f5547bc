export interface Sample {
  readonly x: number;
  readonly y: number;
}

/**
 * Thins a curve to what a screen can show: of the samples that share a column of pixels, the lowest and the highest stay,
 * in their order. Peaks survive, and 200,000 steps draw as fast as 600.
 * @param every the distance between two samples on the x axis.
 * @param columns how many columns the chart has, over `xMax`.
 */
export function thin(values: ArrayLike<number>, every: number, xMax: number, columns: number): Sample[] {
  const perColumn = Math.max(1, xMax / every / columns);
  if (values.length <= 2 * columns || perColumn <= 2) return Array.from(values, (y, i) => ({ x: i * every, y }));
  const samples: Sample[] = [];
  let end = 0;
  for (let column = 1; end < values.length; column++) {
    const first = end;
    end = Math.min(values.length, Math.ceil(column * perColumn));
    let [low, high] = [first, first];
    for (let i = first; i < end; i++) {
      if (values[i]! < values[low]!) low = i;
      if (values[i]! > values[high]!) high = i;
    }
    for (const i of low < high ? [low, high] : low > high ? [high, low] : [low]) {
      samples.push({ x: i * every, y: values[i]! });
    }
  }
  const last = values.length - 1;
  if (samples.at(-1)!.x !== last * every) samples.push({ x: last * every, y: values[last]! });
  return samples;
}
