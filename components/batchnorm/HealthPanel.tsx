import type { BatchNormSettings } from '../../src/training/batchnorm/settings.ts';
import type { Health } from '../../src/training/language-model/health-watch.ts';
import { AgreementChart } from '../charts/AgreementChart.tsx';
import { LineChart } from '../charts/LineChart.tsx';
import { agreement, describeHealth, driftSeries, ratioDomain, ratioSeries } from './health-model.ts';
import { LayerRows } from './LayerRows.tsx';
import './health-panel.css';

interface Props {
  /** Undefined before there is a run. */
  readonly health: Health | undefined;
  readonly settings: BatchNormSettings;
}

/** The network’s inside: how fast its weights change, its layers, and its running statistics. */
export function HealthPanel({ health, settings }: Props) {
  return (
    <div class="health">
      <p class="health-story">{health ? describeHealth(health, settings) : 'Press Play to look inside.'}</p>
      <div class="health-ratios">
        <LineChart
          title="log₁₀ of the update-to-data ratio"
          series={health ? ratioSeries(health) : []}
          baselines={[{ label: 'healthy', y: -3 }]}
          xLabel="steps"
          xMax={settings.steps}
          yDomain={health ? ratioDomain(health) : [-4, -2]}
          format={(y) => y.toFixed(1).replace('-', '−')}
          fluid
        />
      </div>
      <section
        class="health-layers"
        aria-label="Layers"
        style={{ '--layers': settings.network === 'mlp' ? 1 : settings.depth }}
      >
        <p class="health-title">{health ? `Layers before step ${health.step.toLocaleString('en-US')}` : 'Layers'}</p>
        <LayerRows layers={health?.layers ?? []} histograms={health?.histograms ?? []} />
      </section>
      <RunningStatistics health={health} settings={settings} />
    </div>
  );
}

function RunningStatistics({ health, settings }: Props) {
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
          <LineChart
            title="How far off"
            series={health ? driftSeries(health) : []}
            xLabel="steps"
            xMax={settings.steps}
            scale="log"
            format={(y) => `${(100 * y).toFixed(1)}%`}
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

function drifted(health: Health | undefined, what: 'mean' | 'std'): string {
  const last = health?.drift[what].at(-1);
  return last === undefined ? 'Nothing yet.' : `On average ${(100 * last).toFixed(1)}% of a deviation apart.`;
}
