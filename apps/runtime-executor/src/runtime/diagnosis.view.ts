import type { SlotDiagnosisView } from '@slipway/contracts';
import type { Diagnosis, ReplicaDiagnosis, TargetEventNote } from '@slipway/runtime-target';

const cut = (text: string, length: number): string => text.slice(0, length);
const cutOrNull = (text: string | null, length: number): string | null => (text === null ? null : cut(text, length));

/** A diagnosis in the API's words, bounded. */
export const diagnosisView = ({ summary, replicas, events }: Diagnosis): Omit<SlotDiagnosisView, 'slot_id' | 'diagnosed_at'> => ({
  summary: cut(summary, 1000),
  replicas: replicas.slice(0, 100).map(replicaView),
  events: events.slice(-50).map(eventView),
});

const replicaView = (replica: ReplicaDiagnosis): SlotDiagnosisView['replicas'][number] => ({
  name: cut(replica.name, 300),
  process: cut(replica.process, 100),
  release_id: replica.releaseId,
  state: cut(replica.state, 60),
  reason: cutOrNull(replica.reason, 300),
  message: cutOrNull(replica.message, 2000),
  ready: replica.ready,
  restarts: replica.restarts,
  exit_code: replica.exitCode,
  signal: cutOrNull(replica.signal, 60),
  oom_killed: replica.oomKilled,
  image: cutOrNull(replica.image, 600),
  failing_probe: cutOrNull(replica.failingProbe, 1000),
  last_lines: replica.lastLines.slice(-50).map((line) => cut(line, 4096)),
});

const eventView = ({ at, severity, subject, reason, message, count }: TargetEventNote): SlotDiagnosisView['events'][number] => ({
  at,
  severity,
  subject: cut(subject, 300),
  reason: cut(reason, 300),
  message: cut(message, 2000),
  count,
});
