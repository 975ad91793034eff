import { canaryCases } from './canary-cases';
import { changeCases } from './change-cases';
import { crashCases } from './crash-cases';
import type { RuntimeHarness } from './harness';
import { observationCases } from './observation-cases';

const TIMEOUT_MS = 60_000;

/** The examination that every runtime passes, in a jest spec: `runtimeConformance('process', makeHarness)`. */
export function runtimeConformance(name: string, makeHarness: () => Promise<RuntimeHarness>): void {
  describe(`runtime ${name}`, () => {
    let harness: RuntimeHarness;
    jest.setTimeout(TIMEOUT_MS);
    beforeAll(async () => {
      harness = await makeHarness();
    }, TIMEOUT_MS);
    afterAll(() => harness.close(), TIMEOUT_MS);

    observationCases(() => harness);
    changeCases(() => harness);
    canaryCases(() => harness);
    crashCases(() => harness);
  });
}
