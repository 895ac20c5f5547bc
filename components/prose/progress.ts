/** What is kept of an exercise between visits. */
export interface Progress {
  readonly answer: string;
  /** Whether the exercise was ever solved, even if `answer` is a later, wrong one. */
  readonly solved: boolean;
}

type Book = Map<string, Progress>;

/** All exercises of the site are kept under this one key. */
const KEY = 'exercises';

/** Takes the place of localStorage once the browser has refused it; lasts as long as the page. */
let inMemory: Book | undefined;

/** What was kept under this id, if anything. */
export function recall(id: string): Progress | undefined {
  return load().get(id);
}

export function remember(id: string, progress: Progress): void {
  save(load().set(id, progress));
}

export function forget(id: string): void {
  const book = load();
  if (book.delete(id)) save(book);
}

/** Reads anew each time, since another tab may have written. */
function load(): Book {
  if (inMemory) return inMemory;
  try {
    return parseBook(localStorage.getItem(KEY) ?? '{}');
  } catch {
    return new Map();
  }
}

function save(book: Book): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(Object.fromEntries(book)));
  } catch {
    inMemory = book;
  }
}

/** Entries that are not what this file writes are dropped. */
function parseBook(text: string): Book {
  const stored: unknown = JSON.parse(text);
  if (typeof stored !== 'object' || stored === null) return new Map();
  return new Map(Object.entries(stored).filter((entry): entry is [string, Progress] => isProgress(entry[1])));
}

function isProgress(entry: unknown): entry is Progress {
  const { answer, solved } = (entry ?? {}) as Partial<Progress>;
  return typeof answer === 'string' && typeof solved === 'boolean';
}
