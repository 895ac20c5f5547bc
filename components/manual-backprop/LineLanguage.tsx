/** What a line may be made of, and which notation is understood; src/backprop/language has it all. */
const PARTS: readonly (readonly [string, string])[] = [
  ['a + b, a - b, a * b, a / b, a ** 2', 'number by number; a shorter shape is broadcast'],
  ['a @ b, a.matMul(b)', 'matrix product'],
  ['a.T, transpose(a)', 'transpose'],
  ['a.sum(0), a.sum(1, keepdim=True)', 'also mean and max'],
  ['exp(a), log(a), tanh(a), softmax(a, 1)', 'number by number; rows that add up to 1'],
  ['oneHot(Y, K), argmax(a, 1)', 'a 1 at each place; the place of the largest'],
  ['gather(C, X), scatterAdd(a, X, K)', 'rows read, and rows added to'],
  ['a.view(n, -1), a.view(emb.shape)', 'reshaping'],
  ['onesLike(a), zerosLike(a)', 'a shape full of one number'],
];

export function LineLanguage() {
  return (
    <details class="line-language" open>
      <summary>What a line may be made of</summary>
      <dl>
        {PARTS.map(([code, meaning]) => (
          <div key={code}>
            <dt>
              <code>{code}</code>
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
