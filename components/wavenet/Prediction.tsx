import { type Predicted, SYMBOLS } from '../../src/training/wavenet/receptive-field.ts';
import { BarRow } from '../charts/BarRow.tsx';
import { scientific } from '../prose/format.ts';

interface Props {
  /** Undefined before the network ran. */
  readonly predicted: Predicted | undefined;
  /** The place whose prediction is drawn. */
  readonly place: number;
}

const NOTHING = SYMBOLS.map(() => 0);

/** What the trained network expects at a place, how it fares with the whole name, and what both orders cost. */
export function Prediction({ predicted, place }: Props) {
  if (!predicted)
    return (
      <div class="prediction">
        <p>For this name, run the trained network.</p>
        <BarRow title="the prediction" description="No prediction yet" labels={SYMBOLS} shares={NOTHING} full={1} />
      </div>
    );
  const { word, probabilities, trees, convolution, difference } = predicted;
  const letters = [...word, '.'];
  const here = probabilities[place]!;
  const share = (i: number) => probabilities[i]![SYMBOLS.indexOf(letters[i]!)]!;
  const loss = letters.reduce((sum, _, i) => sum - Math.log(share(i)), 0) / letters.length;
  const grouped = (x: number) => x.toLocaleString('en-US');
  return (
    <div class="prediction">
      <p>
        The trained network gives <code>{letters[place]}</code> a probability of {share(place).toFixed(3)}.
      </p>
      <BarRow
        title="the prediction"
        description={`Probability of each next character, 0 to 1. ${likeliest(here)}`}
        labels={SYMBOLS}
        shares={here}
        full={1}
      />
      <ol class="prediction-letters" aria-label="Probability of each character of the name">
        {letters.map((letter, i) => (
          <li key={i} class={i === place ? 'is-current' : undefined}>
            <b>{letter}</b> {share(i).toFixed(2)}
          </li>
        ))}
      </ol>
      <p>
        The loss of the name is {loss.toFixed(3)} on average over its characters. Tree by tree: {grouped(trees)}{' '}
        multiplications; all places at once: {grouped(convolution)}, {timesInWords(trees / convolution)}, and the same
        logits
        {difference > 0 && `, to within ${scientific(difference, 0)}`}.
      </p>
    </div>
  );
}

function likeliest(shares: ArrayLike<number>): string {
  const order = [...SYMBOLS.keys()].toSorted((a, b) => shares[b]! - shares[a]!).slice(0, 3);
  return `The likeliest are ${order.map((i) => `${SYMBOLS[i]} with ${shares[i]!.toFixed(3)}`).join(', ')}.`;
}

/** A short name is dots for the most part, on which the lower levels of the convolution work too. */
const timesInWords = (ratio: number): string =>
  ratio >= 1 ? `${ratio.toFixed(2)} times fewer` : `${(1 / ratio).toFixed(2)} times as many`;
