import { AsyncLocalStorage } from 'node:async_hooks';
import type { Cannot, RuntimeHarness } from './harness';

/** Registers one spec, as jest's `it` does. */
export type Specify = (name: string, body: () => Promise<void>) => void;

const begun = new AsyncLocalStorage<Set<string>>();

/** Notes a slot for the spec that runs, which lets go of it at its end. */
export const slotBegun = (slotId: string): void => void begun.getStore()?.add(slotId);

/**
 * `it` for specs of a harness: each lets go of its own slots at its end. `sideBySide`: several run at a time (jest's `maxConcurrency`),
 * where the harness bears it: nothing but the place is shared between them.
 */
export function specsOf(harness: () => RuntimeHarness, { sideBySide = false }: { readonly sideBySide?: boolean } = {}): Specify {
  const register = sideBySide ? it.concurrent : it;
  return (name, body) => {
    const whole = async (): Promise<void> => {
      try {
        await body();
      } finally {
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
