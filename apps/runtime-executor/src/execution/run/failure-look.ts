import { setTimeout as delay } from 'node:timers/promises';
import { diagnosisView } from '../../runtime/diagnosis.view';
import type { Scene } from './scene';

const LONGEST_LOOK_MS = 10_000;

/**
 * What the target says about a release that failed, before the way back changes it: states, exit codes, events, last lines. Null when
 * the target does not tell in time: that never holds up the way back.
 */
export async function seenAtTarget({
  runtime,
  change,
  log,
}: Pick<Scene, 'runtime' | 'change' | 'log'>): Promise<Record<string, unknown> | null> {
  const { access, slotId, releaseId } = change.input;
  const given = new AbortController();
  const tooLate = delay(LONGEST_LOOK_MS, null, { signal: given.signal }).catch(() => null);
  try {
    const diagnosis = await Promise.race([runtime.diagnose(access, slotId, releaseId), tooLate]);
    return diagnosis && { ...diagnosisView(diagnosis) };
  } catch (error) {
    log.write(null, `the target could not be asked why: ${error instanceof Error ? error.message : String(error)}`);
    return null;
  } finally {
    given.abort();
  }
}
