import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { type NormalizeBatchSettings, normalizeBatchTable } from '../../src/training/batchnorm/settings.ts';
import { readLink, writeLink } from '../../src/training/link.ts';
import { defaultsOf, parseSettings, type Refusal } from '../../src/training/settings.ts';
import { reachable } from '../charts/reachable.ts';
import { CopyLink } from '../training/CopyLink.tsx';
import { DraftInput } from '../training/DraftInput.tsx';
import { Refusals } from '../training/Refusals.tsx';
import { Widget } from '../training/Widget.tsx';
import { NumberLines } from './NumberLines.tsx';
import { describeBatch, normalizedBatch, SUBSCRIPTS } from './normalize-model.ts';
import { shortNumber } from './short-number.ts';
import '../charts/charts.css';
import './normalize-batch.css';

const ID = 'normalize-batch';
const NAMES = ['x1', 'x2', 'x3', 'x4', 'x5'] as const;
const { min, max } = normalizeBatchTable.x1;

/** Five numbers under the reader’s hand, the same normalized, and the slopes of one of these. */
export function NormalizeBatch({ caption }: { readonly caption: string }) {
  const settings = useSignal<NormalizeBatchSettings>(defaultsOf(normalizeBatchTable));
  const refusals = useSignal<readonly Refusal[]>([]);
  const change = (raw: Readonly<Record<string, string>>) => {
    const parsed = parseSettings(normalizeBatchTable, raw, settings.value);
    settings.value = parsed.settings;
    refusals.value = parsed.refusals;
  };
  useEffect(() => change(readLink(ID, location.search)), []);

  const numbers = NAMES.map((name) => settings.value[name]);
  const of = Number(settings.value.of) - 1;
  const batch = normalizedBatch(numbers, of);

  return (
    <Widget id={ID} title="Five numbers, normalized" state="idle" caption={caption}>
      <p class="chart-title chart">
        <span class="key tone-value">mean and standard deviation, and the normalized numbers below</span>
        <span class="key tone-gradient">slopes of x̂{SUBSCRIPTS[of]}</span>
      </p>
      <NumberLines
        {...{ numbers, batch, min, max }}
        onMove={(i, x) => change({ [NAMES[i]!]: String(Number(x.toFixed(2))) })}
      />
      <p class="normalize-story">{describeBatch(batch, of)}</p>
      <div class="scrolls" ref={reachable}>
        <table class="normalize-table">
          <thead>
            <tr>
              <th scope="col">example</th>
              {NAMES.map((name, i) => (
                <th key={name} scope="col">
                  {i + 1}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <tr>
              <th scope="row">number</th>
              {NAMES.map((name, i) => (
                <td key={name}>
                  <span class="typed-number">{shortNumber(numbers[i]!)}</span>
                  <DraftInput
                    class="needs-script"
                    aria-label={`Number ${i + 1}`}
                    inputMode="decimal"
                    text={String(numbers[i])}
                    onCommit={(text) => change({ [name]: text.replace('−', '-') })}
                  />
                </td>
              ))}
            </tr>
            <tr class="tone-value">
              <th scope="row">normalized</th>
              {batch.values.map((x, i) => (
                <td key={NAMES[i]}>{shortNumber(x)}</td>
              ))}
            </tr>
            <tr class="tone-gradient">
              <th scope="row">slope</th>
              {batch.slopes.map((slope, i) => (
                <td key={NAMES[i]}>{shortNumber(slope)}</td>
              ))}
            </tr>
          </tbody>
        </table>
      </div>
      <Refusals refusals={refusals.value} />
      <div class="normalize-controls needs-script">
        <div class="slopes-of" role="group" aria-label="Slopes of">
          <span>Slopes of</span>
          {NAMES.map((name, i) => (
            <button key={name} type="button" aria-pressed={i === of} onClick={() => change({ of: String(i + 1) })}>
              x̂{SUBSCRIPTS[i]}
            </button>
          ))}
        </div>
        <button
          type="button"
          onClick={() => {
            settings.value = defaultsOf(normalizeBatchTable);
            refusals.value = [];
          }}
        >
          Reset
        </button>
        <CopyLink what="batch" address={() => writeLink(location.href, ID, normalizeBatchTable, settings.value)} />
      </div>
    </Widget>
  );
}
