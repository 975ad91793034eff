import type { Diagnosis, ReplicaDiagnosis, TargetEventNote, WorkloadLogLine } from '@slipway/runtime-target';
import type { HostClient } from './client/host-client';
import type { SlotClient } from './client/slot-client';
import type { JournalEntry, JournalPage, ReplicaStatus, SlotStatus } from './protocol';

export interface DiagnosisSources {
  readonly host: HostClient;
  readonly slot: SlotClient;
  lastLines(releaseId: string): Promise<readonly WorkloadLogLine[]>;
}

const MAX_EVENTS = 50;
const NOT_NEWS = new Set<JournalEntry['kind']>(['replica_adopted', 'slot_whole', 'host_started']);

/** Why the slot is as it is: its replicas, the last that they wrote, and the host's journal about them. */
export async function diagnoseSlot(sources: DiagnosisSources, releaseId?: string): Promise<Diagnosis> {
  const status = await sources.slot.status();
  if (!status) return { summary: 'Nothing of this slot is on this host.', replicas: [], events: [] };
  const wanted = releaseId ?? status.current ?? status.releases[0]?.releaseId;
  const lines = wanted === undefined ? [] : await sources.lastLines(wanted);
  const replicas = status.replicas
    .filter((replica) => wanted === undefined || replica.releaseId === wanted)
    .map((replica) => replicaDiagnosis(replica, lines));
  return { summary: summaryOf(status, replicas, wanted), replicas, events: await journalOf(sources.host, status.slotId) };
}

function replicaDiagnosis(replica: ReplicaStatus, lines: readonly WorkloadLogLine[]): ReplicaDiagnosis {
  const { lastExit } = replica;
  return {
    name: replica.name,
    process: replica.process,
    releaseId: replica.releaseId,
    state: replica.state,
    reason: replica.crashLooping ? 'CrashLoop' : lastExit?.signal === 'SIGKILL' ? 'Killed' : null,
    message: lastExit ? `last exit ${lastExit.signal ?? `with code ${lastExit.code}`} at ${lastExit.at}` : null,
    ready: replica.ready,
    restarts: replica.restarts,
    exitCode: lastExit?.code ?? null,
    signal: lastExit?.signal ?? null,
    oomKilled: false,
    image: null,
    failingProbe: replica.state === 'starting' && replica.pid !== null && !replica.ready ? 'its probes have not succeeded yet' : null,
    lastLines: lines.filter((line) => line.replica === replica.name).map(({ line }) => line),
  };
}

function summaryOf(status: SlotStatus, replicas: readonly ReplicaDiagnosis[], releaseId: string | undefined): string {
  if (replicas.length === 0) return releaseId === undefined ? 'The slot is empty.' : `Release ${releaseId} has no replica here.`;
  const bad = replicas.find(({ ready }) => !ready);
  if (status.port !== null && !status.listening) return `Another program holds port ${status.port} of the slot.`;
  if (!bad) return `All ${replicas.length} replicas are ready.`;
  const said = bad.lastLines.at(-1);
  const exit = bad.exitCode !== null ? `, exited with code ${bad.exitCode}` : bad.signal !== null ? `, ended by ${bad.signal}` : '';
  const probe = bad.failingProbe ? `: ${bad.failingProbe}` : '';
  return `${bad.name} is ${bad.state}${exit}${probe}, ${bad.restarts} restarts${said ? `; it said last: ${said}` : ''}`.slice(0, 1000);
}

async function journalOf(host: HostClient, slotId: string): Promise<readonly TargetEventNote[]> {
  const page = await host.call<JournalPage>('GET', '/journal?after=0&wait_ms=0');
  return page.entries
    .filter((entry) => entry.slotId === slotId && !NOT_NEWS.has(entry.kind))
    .slice(-MAX_EVENTS)
    .map((entry) => ({
      at: entry.at,
      severity: entry.unexpected ? 'warning' : 'normal',
      subject: entry.replica ?? entry.releaseId ?? slotId,
      reason: entry.kind,
      message: entry.detail,
      count: 1,
    }));
}
