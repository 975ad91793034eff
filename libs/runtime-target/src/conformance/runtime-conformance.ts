import { canaryCases } from './canary-cases';
import { changeCases } from './change-cases';
import { crashCases } from './crash-cases';
import { diagnosisCases } from './diagnosis-cases';
import type { Cannot, RuntimeHarness } from './harness';
import { observationCases } from './observation-cases';
import { specsOf } from './specs';
import { taskCases } from './task-cases';

const TIMEOUT_MS = 60_000;

export interface ConformanceOptions {
  /** What this runtime declares that it cannot do, with the reason; its specs are shown as skipped. */
  readonly cannot?: Cannot;
  /** Bound of each spec; default a minute. */
  readonly timeoutMs?: number;
  /** Several specs run at a time. Default: one after the other. */
  readonly sideBySide?: boolean;
}

/** The examination that every runtime passes, in a jest spec: `runtimeConformance('process', makeHarness)`. */
export function runtimeConformance(name: string, makeHarness: () => Promise<RuntimeHarness>, options: ConformanceOptions = {}): void {
  describe(`runtime ${name}`, () => {
    let harness: RuntimeHarness;
    const timeoutMs = options.timeoutMs ?? TIMEOUT_MS;
    jest.setTimeout(timeoutMs);
    beforeAll(async () => {
      harness = await makeHarness();
    }, timeoutMs);
    afterAll(() => harness.close(), timeoutMs);

    const specify = specsOf(() => harness, options);
    observationCases(specify, () => harness);
    diagnosisCases(specify, () => harness, options.cannot ?? {});
    changeCases(specify, () => harness);
    canaryCases(specify, () => harness, options.cannot ?? {});
    crashCases(specify, () => harness);
    taskCases(specify, () => harness, options.cannot ?? {});
  });
}
