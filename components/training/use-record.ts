import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { LanguageModelTable, RecordIn, SettingsIn } from './language-model.ts';

/** A recorded run that a page does not come with. */
export interface RecordElsewhere<T extends LanguageModelTable> {
  readonly settings: SettingsIn<T>;
  /** Of its file. */
  readonly address: string;
}

type Fetched<T extends LanguageModelTable> = RecordIn<T> | 'failed' | undefined;

/** The recorded run at an address, undefined while it is on its way; `failed` where it cannot be had, until it is asked for again. */
export function useRecord<T extends LanguageModelTable>(address: string | undefined): Fetched<T> {
  const had = useSignal<Readonly<Record<string, Fetched<T>>>>({});
  useEffect(() => {
    if (address === undefined || typeof had.peek()[address] === 'object') return;
    const keep = (fetched: Fetched<T>) => {
      had.value = { ...had.peek(), [address]: fetched };
    };
    keep(undefined);
    fetchRecord<T>(address).then(keep, () => keep('failed'));
  }, [address]);
  return address === undefined ? undefined : had.value[address];
}

async function fetchRecord<T extends LanguageModelTable>(address: string): Promise<RecordIn<T>> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  return response.json();
}
