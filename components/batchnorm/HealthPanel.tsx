import type { BatchNormSettings } from '../../src/training/batchnorm/settings.ts';
import type { Health } from '../../src/training/language-model/health-watch.ts';
import { AgreementChart } from '../charts/AgreementChart.tsx';
import { LineChart } from '../charts/LineChart.tsx';
import { Numbers } from '../charts/Numbers.tsx';
import type { LanguageModelView } from '../training/language-model.ts';
import { agreement, describeHealth, driftSeries, ratioDomain, ratioSeries, ratioText } from './health-model.ts';
import { LayerRows } from './LayerRows.tsx';
import { shortNumber } from './short-number.ts';
import './health-panel.css';

interface Props {
  /** Undefined before there is a run. */
  readonly view: LanguageModelView | undefined;
  readonly settings: BatchNormSettings;
}

/** The network’s inside: how fast its weights change, its layers, and its running statistics. */
export function HealthPanel({ view, settings }: Props) {
  const { health } = view ?? {};
  return (
    <div class="health" style={{ '--layers': settings.network === 'mlp' ? 1 : settings.depth }}>
      <p class="health-story">
        {view && health ? describeHealth(view, health, settings) : 'Press Play to look inside.'}
      </p>
      <div class="health-ratios">
        <LineChart
          title="log₁₀ of the update-to-data ratio"
          series={health ? ratioSeries(health) : []}
          baselines={[{ label: 'healthy', y: -3 }]}
          xLabel="steps"
          xMax={settings.steps}
          yDomain={health ? ratioDomain(health) : [-4, -2]}
          format={ratioText}
          wide
        />
      </div>
      <section class="health-layers" aria-label="Layers">
        <p class="health-title">{health ? `Layers before step ${health.step.toLocaleString('en-US')}` : 'Layers'}</p>
        <LayerRows layers={health?.layers ?? []} histograms={health?.histograms ?? []} />
      </section>
      <RunningStatistics health={health} settings={settings} />
    </div>
  );
}

interface RunningProps {
  readonly health: Health | undefined;
  readonly settings: BatchNormSettings;
}

function RunningStatistics({ health, settings }: RunningProps) {
  const { statistics } = health ?? {};
  return (
    <section class="health-running" aria-label="Running statistics">
      <p class="health-title">Running statistics</p>
      {settings.norm === 'off' ? (
        <p class="help">Without BatchNorm there are none.</p>
      ) : (
        <>
          <div class="health-agreement">
            <AgreementChart
              title="means"
              description={`Running means against true ones. ${drifted(health, 'mean')}`}
              xLabel="true"
              yLabel="running"
              groups={statistics ? agreement(statistics, 'mean') : []}
            />
            <AgreementChart
              title="deviations"
              description={`Running deviations against true ones. ${drifted(health, 'std')}`}
              xLabel="true"
              yLabel="running"
              groups={statistics ? agreement(statistics, 'std') : []}
            />
          </div>
          {statistics && (
            <Numbers
              title="running statistics against true ones"
              columns={['layer', 'true mean', 'running', 'true deviation', 'running']}
              rows={() =>
                statistics.layers.map(({ layer, running, actual }) => [
                  `${layer}, its ${actual.mean.length} units on average`,
                  ...[actual.mean, running.mean, actual.std, running.std].map((values) => shortNumber(average(values))),
                ])
              }
            />
          )}
          <LineChart
            title="How far off"
            series={health ? driftSeries(health) : []}
            xLabel="steps"
            xMax={settings.steps}
            scale="log"
            format={percent}
          />
          <p class="help">
            {statistics &&
              `True: over ${statistics.examples.toLocaleString('en-US')} examples of the train split. Every dot is a unit, every color a layer.`}
          </p>
        </>
      )}
    </section>
  );
}

const average = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((sum, x) => sum + x, 0) / values.length;

/** Of units that all have no spread, nothing can be said. */
const percent = (x: number): string => (Number.isFinite(x) ? `${(100 * x).toFixed(1)}%` : 'nothing');

function drifted(health: Health | undefined, what: 'mean' | 'std'): string {
  const last = health?.drift[what].at(-1);
  return last === undefined ? 'Nothing yet.' : `On average ${percent(last)} of a deviation apart.`;
}
