import { canaryCases } from './canary-cases';
import { changeCases } from './change-cases';
import { crashCases } from './crash-cases';
import { diagnosisCases } from './diagnosis-cases';
import type { Cannot, RuntimeHarness } from './harness';
import { observationCases } from './observation-cases';
import { taskCases } from './task-cases';

const TIMEOUT_MS = 60_000;

export interface ConformanceOptions {
  /** What this runtime declares that it cannot do, with the reason; its specs are shown as skipped. */
  readonly cannot?: Cannot;
  /** Bound of each spec; default a minute. */
  readonly timeoutMs?: number;
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
    afterEach(() => harness.rest?.());
    afterAll(() => harness.close(), timeoutMs);

    observationCases(() => harness);
    diagnosisCases(() => harness, options.cannot ?? {});
    changeCases(() => harness);
    canaryCases(() => harness, options.cannot ?? {});
    crashCases(() => harness);
    taskCases(() => harness, options.cannot ?? {});
  });
}
