import { AsyncLocalStorage } from 'node:async_hooks';
import type { Cannot, RuntimeHarness } from './harness';

/** Registers one spec, as jest's `it` does. */
export type Specify = (name: string, body: () => Promise<void>) => void;

const begun = new AsyncLocalStorage<Set<string>>();

/** Notes a slot for the spec that runs, which lets go of it at its end. */
export const slotBegun = (slotId: string): void => void begun.getStore()?.add(slotId);

/** So many specs may hang: jest gives one up that runs out of time, but what it began goes on. */
const MAY_HANG = 2;
/** Jest's `maxConcurrency`. */
const SIDE_BY_SIDE = 2;

/**
 * `it` for specs of a harness: each lets go of its own slots at its end. `sideBySide`: several run at a time, where the harness bears
 * it: nothing but the place is shared between them. Where specs hang, those that come after them fail at once: the place is broken or
 * too slow, and each would add to its load and wait for its whole time.
 */
export function specsOf(harness: () => RuntimeHarness, { sideBySide = false }: { readonly sideBySide?: boolean } = {}): Specify {
  const register = sideBySide ? it.concurrent : it;
  const mayRun = MAY_HANG + (sideBySide ? SIDE_BY_SIDE : 1);
  let running = 0;
  return (name, body) => {
    const whole = async (): Promise<void> => {
      if (running >= mayRun) throw new Error(`${running} specs before this one have not come to an end: the target does not do its work`);
      running += 1;
      try {
        await body();
      } finally {
        running -= 1;
        await harness().rest?.([...(begun.getStore() ?? [])]);
      }
    };
    register(name, () => begun.run(new Set(), whole));
  };
}

/** As `it`, or a skipped spec that shows why this runtime cannot. */
export function ableTo(specify: Specify, cannot: Cannot, what: keyof Cannot): Specify {
  const why = cannot[what];
  return why === undefined ? specify : (name, body) => it.skip(`${name} (skipped: ${why})`, body);
}
