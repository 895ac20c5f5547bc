import type { RateChange, Schedule } from './schedule.ts';

/**
 * The settings of a widget are one table: it is the form, the address and the bounds. A value comes in as text, from a
 * form or from the address, and is parsed here and nowhere else.
 */
interface FieldBase<T> {
  readonly label: string;
  readonly default: T;
  /** What the setting does, in a few words, for the form. */
  readonly help?: string;
  /** Whether a run that is under way may take a new value and go on. Others begin a new run. */
  readonly live?: boolean;
  /** Kept out of the form: the widget has a control of its own for it. */
  readonly hidden?: boolean;
}

export interface NumberField extends FieldBase<number> {
  readonly kind: 'number' | 'integer';
  readonly min: number;
  readonly max: number;
  /** Where only powers of this number are taken. */
  readonly powerOf?: number;
}

export interface ChoiceField extends FieldBase<string> {
  readonly kind: 'choice';
  /** What each value is called in the form. */
  readonly options: Readonly<Record<string, string>>;
}

/** A list of layer widths, such as 16,16. */
export interface WidthsField extends FieldBase<readonly number[]> {
  readonly kind: 'widths';
  readonly maxLayers: number;
  readonly maxWidth: number;
}

export interface TextField extends FieldBase<string> {
  readonly kind: 'text';
  readonly maxLength: number;
}

/** A learning rate over the steps, such as 0:0.1,1200:0.05; empty for none. The bounds are those of a rate. */
export interface ScheduleField extends FieldBase<Schedule> {
  readonly kind: 'schedule';
  readonly min: number;
  readonly max: number;
  readonly maxStep: number;
  readonly maxPieces: number;
}

export type Field = NumberField | ChoiceField | WidthsField | TextField | ScheduleField;
export type SettingsTable = Readonly<Record<string, Field>>;

type ValueOf<F extends Field> = F extends NumberField
  ? number
  : F extends ChoiceField
    ? keyof F['options'] & string
    : F extends WidthsField
      ? readonly number[]
      : F extends ScheduleField
        ? Schedule
        : string;

/** The parsed values of a table’s fields. */
export type SettingsOf<T extends SettingsTable> = { readonly [K in keyof T]: ValueOf<T[K]> };

/** A value that was not taken: the default stands, and the sentence says why. */
export interface Refusal {
  readonly name: string;
  readonly sentence: string;
}

export function defaultsOf<T extends SettingsTable>(table: T): SettingsOf<T> {
  return Object.fromEntries(Object.entries(table).map(([name, field]) => [name, field.default])) as SettingsOf<T>;
}

/**
 * Reads what is given of `raw` (text by setting's name). Whatever is missing or refused keeps its value in `standing`.
 */
export function parseSettings<T extends SettingsTable>(
  table: T,
  raw: Readonly<Record<string, string>>,
  standing: SettingsOf<T> = defaultsOf(table),
): { settings: SettingsOf<T>; refusals: Refusal[] } {
  const settings: Record<string, unknown> = { ...standing };
  const refusals: Refusal[] = [];
  for (const [name, text] of Object.entries(raw)) {
    const field = Object.hasOwn(table, name) ? table[name] : undefined;
    if (!field) {
      const known = Object.keys(table).join(', ');
      refusals.push({ name, sentence: `There is no setting “${shorten(name)}” here. There are ${known}.` });
      continue;
    }
    const parsed = parseField(field, text.trim());
    if (parsed.ok) settings[name] = parsed.value;
    else
      refusals.push({
        name,
        sentence: `${field.label}: ${parsed.sentence} ${stands(field, settings[name])}`,
      });
  }
  return { settings: settings as SettingsOf<T>, refusals };
}

function stands(field: Field, value: unknown): string {
  const text = formatField(field, value);
  return text === '' ? 'It stays empty.' : `It stays at ${shorten(text)}.`;
}

/** A setting's value as the text that `parseSettings` reads back. */
export function formatField(field: Field, value: unknown): string {
  if (field.kind === 'widths') return (value as readonly number[]).join(',');
  if (field.kind === 'schedule') return (value as Schedule).map(({ from, rate }) => `${from}:${rate}`).join(',');
  return String(value);
}

/** All settings as text: for an address, for storage, to compare. */
export function formatSettings<T extends SettingsTable>(table: T, settings: SettingsOf<T>): Record<string, string> {
  return Object.fromEntries(Object.entries(table).map(([name, field]) => [name, formatField(field, settings[name])]));
}

/** The names of the settings in which two differ. */
export function changedSettings<T extends SettingsTable>(
  table: T,
  a: SettingsOf<T>,
  b: SettingsOf<T>,
): (keyof T & string)[] {
  return Object.keys(table).filter((name) => formatField(table[name]!, a[name]) !== formatField(table[name]!, b[name]));
}

type Parsed<T> = { ok: true; value: T } | { ok: false; sentence: string };
const refuse = (sentence: string): { ok: false; sentence: string } => ({ ok: false, sentence });

function parseField(field: Field, text: string): Parsed<unknown> {
  switch (field.kind) {
    case 'integer':
    case 'number':
      return parseNumber(field, text);
    case 'choice':
      if (Object.hasOwn(field.options, text)) return { ok: true, value: text };
      return refuse(`“${shorten(text)}” is none of ${Object.keys(field.options).join(', ')}.`);
    case 'widths':
      return parseWidths(field, text);
    case 'schedule':
      return parseSchedule(field, text);
    case 'text':
      if (text.length <= field.maxLength) return { ok: true, value: text };
      return refuse(`the text has ${count(text.length)} characters, and at most ${count(field.maxLength)} are read.`);
  }
}

const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

type Bounds = Pick<NumberField, 'kind' | 'min' | 'max' | 'powerOf'>;

function parseNumber({ kind, min, max, powerOf }: Bounds, text: string): Parsed<number> {
  if (!DECIMAL.test(text)) return refuse(`“${shorten(text)}” is not a number.`);
  const value = Number(text);
  if (value < min || value > max) return refuse(`${shorten(text)} is outside ${count(min)} to ${count(max)}.`);
  if (kind === 'integer' && !Number.isInteger(value)) return refuse(`${shorten(text)} is not a whole number.`);
  if (powerOf && !Number.isInteger(Math.log(value) / Math.log(powerOf)))
    return refuse(`${shorten(text)} is not a power of ${powerOf}.`);
  return { ok: true, value };
}

function parseWidths({ maxLayers, maxWidth }: WidthsField, text: string): Parsed<readonly number[]> {
  const parts = text.split(',').map((part) => part.trim());
  if (parts.length > maxLayers) return refuse(`${parts.length} layers are more than ${maxLayers}.`);
  const widths: number[] = [];
  for (const part of parts) {
    const parsed = parseNumber({ kind: 'integer', min: 1, max: maxWidth }, part);
    if (!parsed.ok) {
      return refuse(
        `a layer has 1 to ${maxWidth} neurons, and ${parsed.sentence.slice(0, -1)}. Write widths as 16,16.`,
      );
    }
    widths.push(parsed.value);
  }
  return { ok: true, value: widths };
}

const SCHEDULE_HINT = 'Write it as 0:0.1,1200:0.05.';

function parseSchedule({ min, max, maxStep, maxPieces }: ScheduleField, text: string): Parsed<Schedule> {
  const parts = text === '' ? [] : text.split(',');
  if (parts.length > maxPieces) return refuse(`${parts.length} pieces are more than ${maxPieces}.`);
  const pieces: RateChange[] = [];
  for (const part of parts) {
    const [left = '', right = '', ...rest] = part.split(':');
    const step = parseNumber({ kind: 'integer', min: 0, max: maxStep }, left.trim());
    const rate = parseNumber({ kind: 'number', min, max }, right.trim());
    if (!step.ok) return refuse(`the step ${step.sentence} ${SCHEDULE_HINT}`);
    if (!rate.ok) return refuse(`the rate ${rate.sentence} ${SCHEDULE_HINT}`);
    if (rest.length > 0) return refuse(`“${shorten(part)}” is no step and rate. ${SCHEDULE_HINT}`);
    pieces.push({ from: step.value, rate: rate.value });
  }
  const isInOrder = pieces.every(({ from }, i) => (i === 0 ? from === 0 : from > pieces[i - 1]!.from));
  return isInOrder ? { ok: true, value: pieces } : refuse(`the steps begin at 0 and grow. ${SCHEDULE_HINT}`);
}

const count = (x: number): string => x.toLocaleString('en-US', { maximumSignificantDigits: 12 });
const shorten = (text: string): string => (text.length > 24 ? `${text.slice(0, 24)}…` : text);
