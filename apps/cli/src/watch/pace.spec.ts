import { Pace } from './pace';

describe('the pace of a watch', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  const { signal } = new AbortController();
  /** How long a pause takes. */
  async function lengthOf(pace: Pace, during: () => void = () => undefined): Promise<number> {
    const since = performance.now();
    const paused = pace.pause(signal).then(() => performance.now() - since);
    during();
    await jest.runAllTimersAsync();
    return paused;
  }

  it('slows down to once in three seconds while nothing happens, and is quick again when something did', async () => {
    const pace = new Pace();
    const lengths: number[] = [];
    for (let n = 0; n < 7; n++) lengths.push(Math.round(await lengthOf(pace)));
    expect([lengths[0], lengths[1], lengths.at(-1)]).toEqual([500, 750, 3_000]);
    pace.hasten();
    expect(Math.round(await lengthOf(pace))).toBe(500);
  });

  it('shortens the pause in which something happens, once however much does', async () => {
    const pace = new Pace();
    for (let n = 0; n < 7; n++) await lengthOf(pace);
    const busy = (): void => {
      for (let ms = 1_000; ms < 3_000; ms += 100) setTimeout(() => pace.hasten(), ms);
    };
    expect(Math.round(await lengthOf(pace, busy))).toBe(1_500);
  });
});
