/** A number as figures and messages show it: about four digits behind the point, a true minus sign, powers of ten where it is very large or small. */
export function numberText(x: number): string {
  if (x === 0) return '0';
  const size = Math.abs(x);
  if (size >= 1e5 || size < 1e-3) {
    const [digits, exponent] = x.toExponential(2).split('e');
    return `${digits}e${Number(exponent)}`.replaceAll('-', '−');
  }
  const text = size < 0.1 ? x.toPrecision(4) : x.toFixed(size >= 1000 ? 1 : size >= 10 ? 2 : 4);
  return text.replace(/\.?0+$/, '').replace('-', '−');
}
