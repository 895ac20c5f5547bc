/** A number as a figure prints it: 0.0312, −0.5 and 1.2×10⁻⁵ among them. */
export function readNumber(text: string): number {
  const digits = '⁰¹²³⁴⁵⁶⁷⁸⁹';
  const [mantissa, power = '⁰'] = text.replaceAll('−', '-').replace('%', '').split('×10');
  const exponent = power.replace('⁻', '-').replace(/[⁰¹²³⁴-⁹]/g, (digit) => String(digits.indexOf(digit)));
  return Number(mantissa) * 10 ** Number(exponent);
}
