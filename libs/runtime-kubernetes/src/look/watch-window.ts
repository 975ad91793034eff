import { setTimeout as pause } from 'node:timers/promises';
import { servingProcess, type ChangeInput, type VerificationCheck } from '@slipway/runtime-target';
import type { KubeClient } from '../api/kube-client';
import type { KubernetesManifest } from '../render/manifest';
import { releaseOf, restartsOf, type Pod } from '../slot/pods';
import type { SlotReader } from '../slot/slot-reader';
import { unavailable } from './release-health';
import { askService, check, said, type Context } from './verify';

const LOOK_EVERY_MS = 250;
/** A replica may miss a probe; out of the Service for this long it is not well. */
const UNREADY_MS = 2_000;

/** Nothing restarts and everything stays ready for as long as the artifact asks, and the health endpoint still answers at the end. */
export async function watched(
  reader: SlotReader,
  client: KubeClient,
  input: ChangeInput,
  manifest: KubernetesManifest,
  context: Context,
): Promise<VerificationCheck> {
  const { watch_ms } = manifest.verification;
  const startAt = performance.now();
  const before = restarts(await podsOf(reader, input));
  let readyAt = startAt;
  for (;;) {
    const pods = await podsOf(reader, input);
    const at = performance.now();
    const missing = unavailable(pods, manifest);
    if (missing.length === 0) readyAt = at;
    const over = at >= startAt + watch_ms;
    const observed = { watch_ms, restarts: restarts(pods) - before };
    if (observed.restarts > 0) return check('watch', 'fail', 'a replica restarted while the release was watched', observed);
    if (missing.length > 0 && (over || at - readyAt >= UNREADY_MS))
      return check('watch', 'fail', `${missing.join('; ')} while the release was watched`, { ...observed, missing });
    if (over) return atTheEnd(await healthFault(client, manifest, context), observed);
    await pause(LOOK_EVERY_MS, undefined, { signal: context.signal });
  }
}

const podsOf = async (reader: SlotReader, { releaseId }: ChangeInput): Promise<readonly Pod[]> =>
  (await reader.pods()).filter((pod) => releaseOf(pod) === releaseId && pod.metadata.deletionTimestamp === undefined);

const restarts = (pods: readonly Pod[]): number => pods.reduce((sum, pod) => sum + restartsOf(pod), 0);

const atTheEnd = (fault: string | undefined, observed: Record<string, unknown>): VerificationCheck =>
  fault ? check('watch', 'fail', fault, observed) : check('watch', 'pass', 'nothing restarted and everything stayed ready', observed);

async function healthFault(client: KubeClient, manifest: KubernetesManifest, { signal }: Context): Promise<string | undefined> {
  const { health } = manifest.verification;
  if (!health || servingProcess(manifest) === undefined) return undefined;
  const answer = await askService(client, manifest, health.path, signal);
  return answer.status === health.expect_status
    ? undefined
    : `after the watch window GET ${health.path} answers ${said(answer)}, expected ${health.expect_status}`;
}
