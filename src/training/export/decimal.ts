/** Enough digits to tell any two numbers in single precision apart. */
const SINGLE_DIGITS = 9;

/** The shortest decimal that reads back, in single precision, as `x` does: 0.1 for 0.10000000149011612. */
export function singleDecimal(x: number): string {
  const single = Math.fround(x);
  let decimal = single;
  for (let digits = 1; digits <= SINGLE_DIGITS; digits++) {
    decimal = Number(single.toPrecision(digits));
    if (Math.fround(decimal) === single) break;
  }
  return String(decimal);
}
