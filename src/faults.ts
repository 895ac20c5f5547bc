/*
 * Every fault that a reader can meet, and what the page says of it. A sentence tells what happened; where the fault alone
 * does not know what was kept and what to press, the figure that meets it adds one of the remedies at the end of this file.
 *
 * What a reader types is no fault: it is refused where it is read, with the place in it (settings, expressions, lines of the
 * backward pass, word lists). tools/faults.test.ts holds that no other sentence reaches a reader as an error.
 */

const grouped = (x: number): string => x.toLocaleString('en-US');

/* Engines. `engine` is what a reader calls it, as in the choice of engines. */

export const engineNotFetched = (engine: string): string => `The engine “${engine}” could not be downloaded.`;
export const engineFailed = (engine: string, reason: string): string =>
  `The engine “${engine}” failed on this machine: ${reason}.`;
export const engineNotStarted = (engine: string): string =>
  `The engine “${engine}” could not be started by this browser.`;
export const engineWrong = (engine: string): string =>
  `The engine “${engine}” computes wrong gradients on this machine, and is not used.`;
export const noEngine = (reasons: readonly string[]): string => `No engine could be started. ${reasons.join(' ')}`;
export const noWebAssembly = 'WebAssembly is switched off in this browser.';
export const noSimd = 'This browser’s WebAssembly has no SIMD, on which the project’s own kernels stand.';
export const noOffscreenCanvas =
  'WebGL cannot be had here: this browser has no OffscreenCanvas, which a background worker needs.';
export const noWebGpu = 'WebGPU cannot be had in a background worker of this browser.';
export const halfPrecision = 'WebGL computes in half precision on this machine, and the losses would not be PyTorch’s.';
export const contextLost = 'The browser took the graphics card away from this figure (its WebGL context was lost).';
export const deviceLost = (reason: string): string =>
  `The browser took the graphics card away from this figure (its WebGPU device was lost). ${reason}`.trim();

/* The worker of a figure. */

export const workerStopped = (how: string): string => `The background worker of this figure stopped: ${how}.`;
export const NOT_STARTED = 'its script could not be fetched, or this browser cannot run it';
export const NO_ANSWER = 'it did not answer in time';
export const ENDED = 'it ended by itself';
export const UNREADABLE = 'a message could not be read';
export const workerSilent = (seconds: number): string =>
  `The background worker of this figure has not answered for ${seconds} seconds: it is busy, or it hangs.`;
export const lineTooSlow = (seconds: number): string =>
  `The line was not computed within ${seconds} seconds, and was given up.`;

/* What is fetched. */

/** A module that the page asks for late: the connection is gone, or a deployment has put another file in its place. */
export const partNotFetched =
  'A part of this page could not be fetched: there is no connection, or the site was renewed after this page was opened. Reload the page if it stays so.';
export const recordNotFetched = 'The recorded run with these settings could not be downloaded.';
export const weightsNotFetched = 'The trained weights could not be downloaded.';
export const listUnreachable = (list: string): string => `${list} could not be reached.`;
export const listRefused = (list: string, status: number): string =>
  `${list} could not be had: the server answered ${status}.`;
export const listAltered =
  'What came from the makemore address is not the list that was published: its SHA-256 differs. It was not used.';

/* Runs. */

export const listTooShort = 'The list has too few words to learn from.';
export const loneExample =
  'A minibatch of one example has no spread: BatchNorm would divide by n − 1 = 0. Choose a batch size of 2 or more, or switch BatchNorm off, and press Play.';
/** @param place such as “At step 3”. @param why such as “at a rate of 0.1 the weights ran off”. */
export const ranOff = (place: string, why: string): string =>
  `${place} the loss is no finite number any more: ${why}. Lower the rate and press Reset.`;
export const nothingYet = 'There is no run yet. Press Play or Step first.';
export const weightsRanOff = 'The weights of this run are no numbers any more. Lower the rate and press Reset.';

/* Storage. */

export const notStored = 'This browser does not store the run: it goes on here, but a reload begins anew.';
export const storedElsewhere =
  'This figure runs in another tab, too, whose run is the one that is stored; this one goes on here, but a reload begins anew.';
export const stillStored = 'A run that was put aside here stays where it is.';
export const doesNotFit = 'What was put aside does not fit this word list; the run begins anew.';

/* What was kept, and what to press. */

export const anotherEngine = 'Another engine runs instead.';
export const chooseList = 'Choose another list.';
export const anotherList = 'Check the connection and try again, or choose another list.';
export const lastListStays = 'The last list stays in use.';
export const lastGraphStays = 'The last graph stays; edit the expression to try again.';
export const lastFunctionStays = 'The last function stays; edit it to try again.';
export const lastNetworkStays = 'What is shown is the last network that could be examined.';
export const lineKept = 'Your line is kept; press Check to try again.';
export const answerKept = 'Your answer is kept; press Check to try again.';
export const press = (button: string): string => `Press ${button} to try again.`;
/** @param step of the last state that a run has saved; 0 or undefined where there is none. */
export const keptFrom = (step: number | undefined): string =>
  step ? `What was reached by step ${grouped(step)} is kept, and Play goes on from there.` : press('Play');
export const keptWhileSilent = (step: number | undefined): string =>
  step
    ? `Wait, or press Pause to end it: what was reached by step ${grouped(step)} is kept, and Play goes on from there.`
    : 'Wait, or press Pause to end it.';
