const SOON_MS = 500;
const SELDOM_MS = 3_000;

/** When to look again: soon after something happened, and ever less often while nothing does. */
export class Pace {
  private nextMs = SOON_MS;
  private hurry: () => void = () => undefined;

  /** Something happened: what it led to may be seen soon. */
  hasten(): void {
    this.nextMs = SOON_MS;
    this.hurry();
  }

  /** Until it is time to look again, or the signal aborts. */
  async pause(signal: AbortSignal): Promise<void> {
    const ms = this.nextMs;
    this.nextMs = Math.min(ms * 1.5, SELDOM_MS);
    await new Promise<void>((resolve) => {
      if (signal.aborted) return resolve();
      const end = (): void => {
        timers.forEach(clearTimeout);
        signal.removeEventListener('abort', end);
        this.hurry = () => undefined;
        resolve();
      };
      const timers = [setTimeout(end, ms)];
      this.hurry = () => {
        // Once a pause: what happens all the time does not put off the look at it.
        this.hurry = () => undefined;
        timers.push(setTimeout(end, SOON_MS));
      };
      signal.addEventListener('abort', end, { once: true });
    });
  }
}
