import { SlipwayError } from '@slipway/contracts';
import type { StepContext } from '../steps';
import { changeStep } from './change-step';
import type { Change } from './slot-control';

/** A step whose target answers every question with this error. */
const meeting = (error: Error, signal = new AbortController().signal) => {
  const slot = { status: () => Promise.reject(error) };
  const step = changeStep(
    'roll',
    'Roll',
    (context) => ({ context, slot }) as unknown as Change,
    async (change) => {
      await change.slot.status();
      return { outcome: 'succeeded', summary: '', observed: {} };
    },
  );
  return step.run({ signal } as StepContext);
};

describe('what a step meets at its target', () => {
  it.each(['dependency_unavailable', 'outcome_unknown', 'stale_fence'] as const)('is for its caller when it is %s', async (code) => {
    await expect(meeting(new SlipwayError(code, 'no answer'))).rejects.toMatchObject({ code });
  });

  it('is its outcome when it is an answer', async () => {
    await expect(meeting(new SlipwayError('artifact_invalid', 'bad'))).resolves.toMatchObject({ outcome: 'failed' });
    await expect(meeting(new SlipwayError('dependency_failed', 'no port is free'))).resolves.toMatchObject({ outcome: 'errored' });
    await expect(meeting(new TypeError('a bug'))).resolves.toMatchObject({ outcome: 'errored', observed: { code: 'internal' } });
  });

  it('counts for nothing once it was told to stop', async () => {
    const stop = AbortSignal.abort();
    await expect(meeting(new SlipwayError('dependency_unavailable', 'no answer'), stop)).resolves.toMatchObject({ outcome: 'aborted' });
  });
});
