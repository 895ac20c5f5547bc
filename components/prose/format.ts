const SUPERSCRIPTS: Record<string, string> = {
  '-': '⁻',
  '0': '⁰',
  '1': '¹',
  '2': '²',
  '3': '³',
  '4': '⁴',
  '5': '⁵',
  '6': '⁶',
  '7': '⁷',
  '8': '⁸',
  '9': '⁹',
};

/**
 * `x` for a sentence, with `digits` digits after the point: thousands are grouped, the minus sign is U+2212, and what
 * rounds to zero has no sign.
 * @throws RangeError where `x` is not finite, so that a figure that went wrong ends the build.
 */
export function fixed(x: number, digits: number): string {
  requireFinite(x);
  return new Intl.NumberFormat('en-US', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    signDisplay: 'negative',
  })
    .format(x)
    .replace('-', '−');
}

/**
 * `x` as a power of ten for a sentence, such as 2.5×10⁻⁸: `digits` digits after the point, a minus sign U+2212, zero as 0.
 * @throws RangeError where `x` is not finite.
 */
export function scientific(x: number, digits: number): string {
  requireFinite(x);
  if (x === 0) return '0';
  const [mantissa, exponent] = x.toExponential(digits).split('e') as [string, string];
  const power = [...String(Number(exponent))].map((character) => SUPERSCRIPTS[character]).join('');
  return `${mantissa.replace('-', '−')}×10${power}`;
}

function requireFinite(x: number): void {
  if (!Number.isFinite(x)) throw new RangeError(`A post quotes a number that is not finite: ${x}.`);
}
