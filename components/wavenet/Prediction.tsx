import { type Predicted, SYMBOLS } from '../../src/training/wavenet/receptive-field.ts';
import { BarRow } from '../charts/BarRow.tsx';
import { scientific } from '../prose/format.ts';

interface Props {
  /** Undefined before the network ran. */
  readonly predicted: Predicted | undefined;
  readonly word: string;
  /** The place whose prediction is drawn. */
  readonly place: number;
}

/** What the trained network expects at a place, how it fares with the whole name, and what both orders cost. */
export function Prediction({ predicted, word, place }: Props) {
  if (!predicted || predicted.probabilities.length !== word.length + 1) return <div class="prediction" />;
  const { probabilities, trees, convolution, difference } = predicted;
  const letters = [...word, '.'];
  const here = probabilities[place]!;
  const share = (i: number) => probabilities[i]![SYMBOLS.indexOf(letters[i]!)]!;
  const loss = letters.reduce((sum, _, i) => sum - Math.log(share(i)), 0) / letters.length;
  const ratio = trees.multiplications / convolution.multiplications;
  const grouped = (x: number) => x.toLocaleString('en-US');
  return (
    <div class="prediction">
      <p>
        Here it gives <code>{letters[place]}</code> a probability of {share(place).toFixed(3)}.
      </p>
      <BarRow description="Probability of each next character" labels={SYMBOLS} shares={here} />
      <ol class="prediction-letters" aria-label="Probability of each character of the name">
        {letters.map((letter, i) => (
          <li key={i} class={i === place ? 'is-current' : undefined}>
            <b>{letter}</b> {share(i).toFixed(2)}
          </li>
        ))}
      </ol>
      <p>
        The loss of the name is {loss.toFixed(3)} on average over its characters. Tree by tree:{' '}
        {grouped(trees.multiplications)} multiplications; all places at once: {grouped(convolution.multiplications)},{' '}
        {ratio.toFixed(2)} times fewer, and the same logits
        {difference > 0 && `, to within ${scientific(difference, 0)}`}.
      </p>
    </div>
  );
}
