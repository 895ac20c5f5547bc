import { useRef } from 'preact/hooks';
import { embeddingMapTable, mlpOf } from '../../src/training/mlp/settings.ts';
import { PointMap } from '../charts/PointMap.tsx';
import type { SiteLists } from '../training/corpus-source.ts';
import { LanguageModelTraining } from '../training/LanguageModelTraining.tsx';
import type { LanguageModelView, RecordIn } from '../training/language-model.ts';
import { type Axes, axesOf, pointsOf, vowelDistances } from './embedding-model.ts';
import './embedding-map.css';

interface Props {
  readonly caption: string;
  readonly recorded: RecordIn<typeof embeddingMapTable>;
  /** The address of its trained weights. */
  readonly weights?: string;
  readonly lists: SiteLists;
}

/** The vectors of the symbols as points that move while the network trains. */
export function EmbeddingMap(props: Props) {
  const axes = useRef<Axes>(undefined);
  const picture = (view: LanguageModelView | undefined) => {
    if (!view?.embedding) return <Empty />;
    const { embedding, symbols } = view;
    const dimensions = embedding.length / symbols.length;
    axes.current = axesOf(embedding, dimensions, axes.current);
    const distances = vowelDistances(embedding, dimensions, symbols);
    return (
      <div class="embedding-map">
        <PointMap
          title="where each symbol is"
          description={`${symbols.length} symbols as points. ${distances ? describe(distances) : ''}`}
          points={pointsOf(embedding, dimensions, symbols, axes.current)}
        />
        <p class="help">
          {dimensions > 2 && `The ${dimensions} numbers of each symbol, seen along their two principal axes. `}
          {distances && describe(distances)}
        </p>
      </div>
    );
  };
  return (
    <LanguageModelTraining
      {...props}
      id="embedding-map"
      title="Where the network puts each letter"
      table={embeddingMapTable}
      networkOf={mlpOf}
      kind="mlp"
      watching="embedding"
      picture={picture}
    />
  );
}

const describe = ({ vowels, letters }: { vowels: number; letters: number }): string =>
  `The vowels are ${vowels.toFixed(2)} from each other on average, all letters ${letters.toFixed(2)}.`;

const Empty = () => (
  <div class="embedding-map">
    <PointMap title="where each symbol is" description="No run yet." points={[]} />
    <p class="help">Press Play.</p>
  </div>
);
