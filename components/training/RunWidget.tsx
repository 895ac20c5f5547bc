import type { ComponentProps } from 'preact';
import type { Progress, RunController, RunTable } from './run-controller.ts';
import { Widget } from './Widget.tsx';

type WidgetProps = ComponentProps<typeof Widget>;

interface Props<T extends RunTable, Saved extends Progress, Frame extends Progress & { readonly done: boolean }>
  extends Omit<WidgetProps, 'state' | 'step' | 'loss' | 'devLoss' | 'engine'> {
  readonly run: RunController<T, Saved, Frame>;
  /** What is on the element beside state and step. */
  readonly about: (frame: Frame) => Pick<WidgetProps, 'loss' | 'devLoss' | 'engine'>;
}

/** The frame of a figure that runs; it follows the run, and what is in it looks after itself. */
export function RunWidget<
  T extends RunTable,
  Saved extends Progress,
  Frame extends Progress & { readonly done: boolean },
>({ run, about, ...props }: Props<T, Saved, Frame>) {
  const frame = run.frame.value;
  return <Widget {...props} {...(frame && about(frame))} state={run.state.value} step={frame?.step ?? 0} />;
}
