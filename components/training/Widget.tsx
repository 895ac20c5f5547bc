import type { ComponentChildren, Ref } from 'preact';
import type { RunState } from './run-controller.ts';
import './widget.css';

interface Props {
  readonly id: string;
  readonly title: string;
  readonly state: RunState;
  /** Updates made, in a widget that makes them. */
  readonly step?: number;
  /** Loss of the last step, before its update. */
  readonly loss?: number | undefined;
  readonly devLoss?: number | undefined;
  /** The engine that runs the network. */
  readonly engine?: string | undefined;
  /** What a reader is supposed to see, in words. */
  readonly caption: string;
  readonly figureRef?: Ref<HTMLElement>;
  readonly children: ComponentChildren;
}

/** The frame of every widget. Its state is on the element, for tests and for style. */
export function Widget({
  id,
  title,
  state,
  step,
  loss,
  devLoss,
  engine,
  caption,

  figureRef,
  children,
}: Props) {
  const titleId = `${id}-title`;
  return (
    <figure
      ref={figureRef}
      id={id}
      class="widget"
      aria-labelledby={titleId}
      data-widget={id}
      data-state={state}
      data-step={step}
      data-loss={loss}
      data-dev-loss={devLoss}
      data-engine={engine}
    >
      <p class="widget-title" id={titleId}>
        {title}
      </p>
      {children}
      {/* Text alone: with scripting on, a browser parses no elements in here, and hydration would miss them. */}
      <noscript class="widget-noscript">This is the recorded state. With JavaScript the figure runs.</noscript>
      <figcaption>{caption}</figcaption>
    </figure>
  );
}
