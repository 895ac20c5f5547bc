/** How long a speed stands before it is measured anew. */
const WINDOW_MS = 500;

/** Steps a second, over windows of half a second; the first speed is there after the first steps. */
export class StepClock {
  /** Undefined until some steps were made. */
  speed: number | undefined;
  private steps = 0;
  private ms = 0;

  add(steps: number, ms: number): void {
    this.steps += steps;
    this.ms += ms;
    if (this.ms < WINDOW_MS && this.speed !== undefined) return;
    this.speed = (1000 * this.steps) / this.ms;
    this.steps = 0;
    this.ms = 0;
  }
}
