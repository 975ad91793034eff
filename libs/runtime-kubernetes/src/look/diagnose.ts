import type { V1ContainerStatus } from '@kubernetes/client-node';
import type { Diagnosis, ReplicaDiagnosis, TargetEventNote } from '@slipway/runtime-target';
import type { KubeClient } from '../api/kube-client';
import { KINDS } from '../api/kinds';
import { collectionPath, type KubeList, type KubeObject } from '../api/kube-object';
import { isReady, mainStatus, processOf, reasonOf, releaseOf, replicaOf, restartsOf, type Deployment, type Pod } from '../slot/pods';
import { SlotReader } from '../slot/slot-reader';
import { lastLines } from '../steps/last-words';

type Event = KubeObject & {
  involvedObject: { kind?: string; name?: string; uid?: string };
  reason?: string;
  message?: string;
  type?: string;
  count?: number;
  lastTimestamp?: string;
  eventTime?: string;
};

const MAX_EVENTS = 50;
const MAX_UNWELL = 10;

/** Why a slot is as it is: states, exit codes, events and last lines, and one line for a person. */
export async function diagnose(client: KubeClient, slotId: string, releaseId?: string): Promise<Diagnosis> {
  const reader = new SlotReader(client, slotId);
  const [allPods, allDeployments] = await Promise.all([reader.pods(), reader.deployments()]);
  const mine = (object: KubeObject): boolean => releaseId === undefined || releaseOf(object) === releaseId;
  const [pods, deployments] = [allPods.filter(mine), allDeployments.filter(mine)];
  const events = await eventsOf(client, pods, deployments);
  const unwell = pods.filter((pod) => !isReady(pod)).slice(0, MAX_UNWELL);
  const words = new Map(await Promise.all(unwell.map(async (pod) => [pod.metadata.name!, await lastLines(client, pod, 50)] as const)));
  const replicas = pods.map((pod) => diagnosisOf(pod, words.get(pod.metadata.name!) ?? [], events));
  return { summary: summaryOf(replicas, deployments, events), replicas, events: events.map(noteOf) };
}

async function eventsOf(client: KubeClient, pods: readonly Pod[], deployments: readonly Deployment[]): Promise<readonly Event[]> {
  const names = [...pods, ...deployments].map(({ metadata }) => metadata.name!);
  const { items } = await client.json<KubeList<Event>>({
    method: 'GET',
    path: collectionPath(KINDS.Event, client.namespace),
    query: { limit: 2000 },
  });
  return items
    .filter(({ involvedObject }) => names.some((name) => involvedObject.name === name || involvedObject.name?.startsWith(`${name}-`)))
    .sort((a, b) => (timeOf(a) < timeOf(b) ? -1 : 1))
    .slice(-MAX_EVENTS);
}

const timeOf = ({ lastTimestamp, eventTime, metadata }: Event): string => lastTimestamp ?? eventTime ?? metadata.creationTimestamp ?? '';

const noteOf = (event: Event): TargetEventNote => ({
  at: timeOf(event) || null,
  severity: event.type === 'Warning' ? 'warning' : 'normal',
  subject: `${event.involvedObject.kind ?? ''} ${event.involvedObject.name ?? ''}`.trim(),
  reason: event.reason ?? '',
  message: (event.message ?? '').slice(0, 1000),
  count: event.count ?? 1,
});

function diagnosisOf(pod: Pod, lines: readonly string[], events: readonly Event[]): ReplicaDiagnosis {
  const status = mainStatus(pod);
  const ended = status?.state?.terminated ?? status?.lastState?.terminated;
  return {
    name: pod.metadata.name!,
    process: processOf(pod),
    releaseId: releaseOf(pod),
    state: replicaOf(pod).state,
    reason: reasonOf(pod),
    message: messageOf(pod, status),
    ready: isReady(pod),
    restarts: restartsOf(pod),
    exitCode: ended?.exitCode ?? null,
    signal: ended?.signal ? String(ended.signal) : null,
    oomKilled: reasonOf(pod) === 'OOMKilled',
    image: status?.image ?? pod.spec?.containers[0]?.image ?? null,
    failingProbe: isReady(pod) ? null : failingProbe(pod, events),
    lastLines: lines,
  };
}

function messageOf(pod: Pod, status: V1ContainerStatus | undefined): string | null {
  const unscheduled = pod.status?.conditions?.find(({ type, status: is }) => type === 'PodScheduled' && is === 'False');
  const message = status?.state?.waiting?.message ?? unscheduled?.message ?? pod.status?.message ?? null;
  return message === null ? null : message.slice(0, 1000);
}

function failingProbe(pod: Pod, events: readonly Event[]): string | null {
  const failure = events.filter(({ reason, involvedObject }) => reason === 'Unhealthy' && involvedObject.uid === pod.metadata.uid).at(-1);
  return failure?.message?.slice(0, 500) ?? null;
}

function summaryOf(replicas: readonly ReplicaDiagnosis[], deployments: readonly Deployment[], events: readonly Event[]): string {
  const wanted = deployments.reduce((sum, { spec }) => sum + (spec.replicas ?? 0), 0);
  const worst = [...replicas].filter(({ ready, state }) => !ready && state !== 'stopping').sort((a, b) => severity(b) - severity(a))[0];
  if (worst) return worstSummary(worst).slice(0, 500);
  const ready = replicas.filter((replica) => replica.ready).length;
  if (wanted === 0 && ready === 0) return 'Nothing runs in this slot.';
  if (ready >= wanted) return `All ${ready} replicas are ready.`;
  const warning = events.filter(({ type }) => type === 'Warning').at(-1);
  return `${ready} of ${wanted} replicas are ready${warning ? `: ${warning.reason}: ${warning.message}` : '.'}`.slice(0, 500);
}

const severity = ({ restarts, reason, exitCode }: ReplicaDiagnosis): number => restarts + (reason === null ? 0 : 10) + (exitCode ? 5 : 0);

function worstSummary({
  name,
  reason,
  message,
  exitCode,
  restarts,
  failingProbe: probe,
  lastLines: lines,
  state,
}: ReplicaDiagnosis): string {
  const ended = exitCode === null ? '' : `, exit code ${exitCode}`;
  const why = reason ?? (probe ? 'not ready' : state);
  const said = lines.at(-1) ?? probe ?? message;
  return `${name}: ${why}${ended}${restarts > 0 ? `, ${restarts} restarts` : ''}${said ? `: ${said}` : ''}`;
}
