import { tellingLine, type ReplicaDiagnosis } from '@slipway/runtime-target';
import { movedScale } from '../manifest/compose-manifest';
import type { ComposeSlotStatus } from '../slot/slot-status';

/** What shells and engines mean by an exit code. */
const CODES: Readonly<Record<number, string>> = { 126: 'its command cannot be executed', 127: 'its command was not found' };

/** What of a slot's status the summary is made of. */
export type SummarisedStatus = Pick<ComposeSlotStatus, 'current' | 'releases' | 'proxy'>;

/** One line for a person: what is wrong of a release, with which container, and what that said. `replicas` are the release's. */
export function summaryOf(replicas: readonly ReplicaDiagnosis[], status: SummarisedStatus | null, releaseId: string | undefined): string {
  const missing = missingOf(replicas, status, releaseId);
  if (!status || (replicas.length === 0 && missing.length === 0)) return 'Nothing of it runs at the host.';
  const wrong = [...proxyFault(status, releaseId), ...missing, ...unwellFault(replicas)];
  if (wrong.length > 0) return `${wrong.join('; ')}.`;
  const restarts = replicas.reduce((sum, replica) => sum + replica.restarts, 0);
  return `All ${replicas.length} containers are ready${restarts > 0 ? `; they ${restarted(restarts)}` : ''}.`;
}

/** Containers that the release has by its scale, and that are not there. */
function missingOf(replicas: readonly ReplicaDiagnosis[], status: SummarisedStatus | null, releaseId: string | undefined): string[] {
  const release = status?.releases.find((candidate) => candidate.releaseId === (releaseId ?? status.current));
  if (!release) return [];
  const { manifest } = release.file;
  const kept = Object.fromEntries(manifest.kept.map((name) => [name, manifest.scale[name] ?? 1]));
  // What has data is another release's as long as that one owns the slot.
  const wanted = { ...movedScale(manifest), ...release.scale, ...(status?.current === release.releaseId && kept) };
  return Object.entries(wanted).flatMap(([process, count]) => {
    const found = replicas.filter((replica) => replica.process === process && replica.releaseId === release.releaseId).length;
    return found < count ? [`${count - found} of ${count} containers of ${process} ${count - found === 1 ? 'is' : 'are'} missing`] : [];
  });
}

function proxyFault(status: SummarisedStatus, releaseId: string | undefined): string[] {
  const serves = status.releases.some((release) => release.releaseId === (releaseId ?? status.current) && release.serving !== undefined);
  if (!serves || status.proxy.servers) return [];
  const { container } = status.proxy;
  const what = container ? `is ${container.State.Status} and does not answer` : 'was removed';
  return [`The slot's proxy ${what}: nothing reaches the containers`];
}

function unwellFault(replicas: readonly ReplicaDiagnosis[]): string[] {
  const unwell = replicas.filter(({ ready }) => !ready);
  const worst = unwell.find(({ oomKilled, exitCode }) => oomKilled || (exitCode ?? 0) !== 0) ?? unwell[0];
  if (!worst) return [];
  const said = tellingLine(worst.lastLines);
  const last = said === undefined ? '' : `; it said: ${said.slice(0, 300)}`;
  return [`${unwell.length} of ${replicas.length} containers are not ready: ${worst.name} ${faultOf(worst)}${last}`];
}

const restarted = (times: number): string => (times === 1 ? 'restarted once' : `restarted ${times} times`);

function faultOf({ oomKilled, exitCode, signal, failingProbe, restarts, state, reason }: ReplicaDiagnosis): string {
  const again = restarts > 0 ? `, ${restarted(restarts)}` : '';
  if (oomKilled) return `ran out of memory and was killed${again}`;
  if (signal !== null && exitCode !== null) return `was ended by ${signal}${again}`;
  if (exitCode !== null) return `exited with code ${exitCode}${CODES[exitCode] ? ` (${CODES[exitCode]})` : ''}${again}`;
  return failingProbe ? `fails its ${failingProbe}` : `is ${state}${reason === null ? '' : ` (${reason})`}`;
}
