import { useSignal } from '@preact/signals';
import { useEffect, useId, useMemo } from 'preact/hooks';
import { ENGINE_LABELS } from '../../src/engines/engine.ts';
import type { Examination } from '../../src/training/initialization/lab.ts';
import { initializationTable } from '../../src/training/initialization/settings.ts';
import { readLink, writeLink } from '../../src/training/link.ts';
import { changedSettings, defaultsOf } from '../../src/training/settings.ts';
import { CopyLink } from '../training/CopyLink.tsx';
import { CorpusPicker, OWN_LIST_IS_MISSING } from '../training/CorpusPicker.tsx';
import type { SiteLists } from '../training/corpus-source.ts';
import { startEngineWorker } from '../training/engine-worker.ts';
import { RunButton } from '../training/RunButton.tsx';
import { SettingsForm } from '../training/SettingsForm.tsx';
import { StatusLine } from '../training/StatusLine.tsx';
import { Widget } from '../training/Widget.tsx';
import { GainSlider } from './GainSlider.tsx';
import { LabHalf } from './LabHalf.tsx';
import { LabController } from './lab-controller.ts';
import { describeLook } from './lab-model.ts';
import './initialization-lab.css';

const ID = 'initialization-lab';
const { corpus: _, gain: __, ...formTable } = initializationTable;

interface Props {
  readonly caption: string;
  readonly recorded: Examination;
  readonly lists: SiteLists;
}

/** The deep network before its first step, at any gain, without BatchNorm and with it. */
export function InitializationLab({ caption, recorded, lists }: Props) {
  const mapId = useId();
  const lab = useMemo(() => new LabController({ startWorker: startEngineWorker, lists }), []);
  const mapped = useSignal(0);
  useEffect(() => {
    lab.open(readLink(ID, location.search));
    return () => lab.dispose();
  }, [lab]);

  const settings = lab.settings.value;
  const isDefault = changedSettings(initializationTable, settings, defaultsOf(initializationTable)).length === 0;
  const found = lab.found.value ?? (isDefault ? recorded : undefined);
  const depth = found?.plain.layers.length ?? settings.depth;
  const change = (raw: Record<string, string>) => lab.change(raw);

  return (
    <Widget
      id={ID}
      title="A deep network before its first step"
      state={lab.state.value}
      step={0}
      loss={found?.plain.loss}
      engine={lab.found.value?.engine}
      caption={caption}
    >
      <GainSlider
        gain={settings.gain}
        refusals={lab.refusals.value.filter(({ name }) => name === 'gain')}
        onChange={change}
      />
      <div class="lab">
        {(['plain', 'normalized'] as const).map((half) => (
          <LabHalf
            key={half}
            title={half === 'plain' ? 'Without BatchNorm' : 'With BatchNorm'}
            look={found?.[half]}
            story={
              found ? describeLook(found[half], half === 'normalized', found.settings) : 'Press Initialize to see it.'
            }
            batch={found?.settings.batch ?? settings.batch}
            depth={settings.depth}
            mapped={mapped.value}
          />
        ))}
      </div>
      <div class="run-controls">
        <div class="transport needs-script" role="group" aria-label="Network">
          <RunButton primary onClick={() => lab.examine()}>
            Initialize
          </RunButton>
          <RunButton onClick={() => lab.reset()}>Reset</RunButton>
          <RunButton onClick={() => lab.newSeed()}>New seed</RunButton>
        </div>
        <div class="setting map-layer needs-script">
          <label for={mapId}>Map of layer</label>
          <select
            id={mapId}
            value={String(Math.min(mapped.value, depth - 1))}
            onChange={(event) => {
              mapped.value = Number(event.currentTarget.value);
            }}
          >
            {Array.from({ length: depth }, (_, i) => (
              <option key={i} value={String(i)}>
                {i + 1}
              </option>
            ))}
          </select>
        </div>
        <div class="run-status">
          <StatusLine state={lab.state.value} failure={lab.failure.value}>
            {lab.state.value === 'loading' ? lab.progress.value : describe(lab.found.value, found)}
          </StatusLine>
        </div>
      </div>
      <SettingsForm
        table={formTable}
        settings={settings}
        refusals={lab.refusals.value.filter(({ name }) => name !== 'gain')}
        onChange={change}
      />
      <CorpusPicker
        name={settings.corpus}
        summary={lab.found.value?.notes.join(' ') ?? ''}
        notes={[]}
        busy={false}
        failure=""
        onChoose={(corpus) => {
          if (corpus === settings.corpus)
            lab.examine(); // another list of the reader’s own
          else change({ corpus });
        }}
      />
      <CopyLink
        what="network"
        address={() => writeLink(location.href, ID, initializationTable, lab.settings.value)}
        except={settings.corpus === 'own' ? OWN_LIST_IS_MISSING : ''}
      />
    </Widget>
  );
}

function describe(live: Examination | undefined, shown: Examination | undefined): string {
  if (!shown) return 'Press Initialize to draw this network.';
  const { gain, seed, batch } = shown.settings;
  const about = `gain ${Number(gain.toPrecision(4))}, seed ${seed}, ${batch} ${batch === 1 ? 'example' : 'examples'}`;
  return live ? `Drawn on ${ENGINE_LABELS[live.engine]}: ${about}.` : `Recorded: ${about}.`;
}
