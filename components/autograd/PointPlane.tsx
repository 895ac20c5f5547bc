import { useSignal } from '@preact/signals';
import { numberText } from '../../src/autograd/number-text.ts';
import { EXTENT, MAX_POINTS, snap } from '../../src/training/tiny-network/own-points.ts';
import { DecisionSurface, type SurfacePoint } from '../charts/DecisionSurface.tsx';
import { Numbers } from '../charts/Numbers.tsx';
import type { PictureFrame } from './use-picture.ts';

interface Props {
  readonly points: readonly SurfacePoint[];
  readonly frame: PictureFrame | undefined;
  /** Whether the reader may add points and take them away. */
  readonly drawing: boolean;
  readonly onDraw: (points: SurfacePoint[]) => void;
}

type Tool = 'circle' | 'square' | 'erase';
const TOOLS: Record<Tool, string> = { circle: 'Circles', square: 'Squares', erase: 'Erase' };
const NUDGE = EXTENT / 16;
/** The eraser takes points this near. */
const REACH = 0.12;

/** The plane with the points to divide and what the net says of it; the reader may draw points with pointer or keyboard. */
export function PointPlane({ points, frame, drawing, onDraw }: Props) {
  const tool = useSignal<Tool>('circle');
  const cursor = useSignal<{ x: number; y: number } | undefined>(undefined);

  const use = (x: number, y: number) => {
    if (tool.value === 'erase') onDraw(points.filter((point) => Math.hypot(point.x - x, point.y - y) > REACH));
    else if (points.length < MAX_POINTS) {
      onDraw([...points, { x, y, label: tool.value === 'circle' ? 1 : -1 }]);
    }
  };
  const onClick = (event: MouseEvent) => {
    const box = (event.currentTarget as HTMLElement).getBoundingClientRect();
    const across = (position: number, size: number) => (position / size) * 2 * EXTENT - EXTENT;
    cursor.value = {
      x: snap(across(event.clientX - box.left, box.width)),
      y: snap(-across(event.clientY - box.top, box.height)),
    };
    use(cursor.value.x, cursor.value.y);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const move = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
    const { x, y } = cursor.value ?? { x: 0, y: 0 };
    const clamp = (z: number) => Math.min(EXTENT, Math.max(-EXTENT, z));
    if (move) cursor.value = { x: clamp(x + move[0]! * NUDGE), y: clamp(y + move[1]! * NUDGE) };
    else if (event.key === 'Enter' || event.key === ' ') use(x, y);
    else return;
    event.preventDefault();
  };

  const surface = (
    <DecisionSurface
      bands={frame?.bands ?? []}
      extent={EXTENT}
      points={points}
      description={describe(points, frame)}
      cursor={drawing ? cursor.value : undefined}
    />
  );
  const numbers = (
    <Numbers
      title="the points and their scores"
      columns={['point', 'x', 'y', 'score there']}
      rows={() =>
        points.map(({ x, y, label }, i) => [
          `${i + 1}, ${label > 0 ? 'circle' : 'square'}`,
          place(x),
          place(y),
          frame ? place(frame.scoreAt(x, y)) : '–',
        ])
      }
    />
  );
  if (!drawing)
    return (
      <div class="point-plane">
        {surface}
        {numbers}
      </div>
    );
  return (
    <div class="point-plane">
      <div
        class="point-plane-canvas"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a drawing surface takes keys; role application says so.
        tabIndex={0}
        role="application"
        aria-label="Drawing surface: arrow keys move the cursor, Enter sets or erases a point."
        onClick={onClick}
        onKeyDown={onKeyDown}
        onFocus={() => {
          cursor.value ??= { x: 0, y: 0 };
        }}
        onBlur={() => {
          cursor.value = undefined;
        }}
      >
        {surface}
      </div>
      <div class="point-plane-tools" role="group" aria-label="Draw">
        {(Object.keys(TOOLS) as Tool[]).map((name) => (
          <button
            key={name}
            type="button"
            aria-pressed={tool.value === name}
            onClick={() => {
              tool.value = name;
            }}
          >
            {TOOLS[name]}
          </button>
        ))}
        <button type="button" onClick={() => onDraw([])}>
          Clear
        </button>
        <span role="status">
          {points.length} of {MAX_POINTS} points
          {cursor.value && `, cursor at ${place(cursor.value.x)}, ${place(cursor.value.y)}`}
        </span>
      </div>
      {numbers}
    </div>
  );
}

const place = (x: number): string => numberText(Math.round(100 * x) / 100);

function describe(points: readonly SurfacePoint[], frame: PictureFrame | undefined): string {
  const circles = points.filter(({ label }) => label > 0).length;
  const drawn = `${circles} circles and ${points.length - circles} squares`;
  const accuracy = frame?.accuracies.at(-1);
  if (accuracy === undefined) return `${drawn} in the plane.`;
  return `${drawn} in the plane, colored by the net’s score; ${Math.round(100 * accuracy)}% lie on their own side of its boundary.`;
}
