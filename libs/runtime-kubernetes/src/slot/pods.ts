import type { V1ContainerStatus, V1DeploymentSpec, V1DeploymentStatus, V1PodSpec, V1PodStatus } from '@kubernetes/client-node';
import type { ObservedReplica } from '@slipway/runtime-target';
import type { KubeObject } from '../api/kube-object';
import { ANNOTATION, LABEL } from './names';

export type Pod = KubeObject & { spec?: V1PodSpec; status?: V1PodStatus };
export type Deployment = KubeObject & { spec: V1DeploymentSpec; status?: V1DeploymentStatus };

/** Pods of tasks carry the slot's label, too, and serve nothing. */
export const isReplica = (pod: Pod): boolean => pod.metadata.labels?.[LABEL.effect] === undefined;
export const releaseOf = (object: KubeObject): string => object.metadata.labels?.[LABEL.release] ?? '';
export const processOf = (object: KubeObject): string => object.metadata.labels?.[LABEL.process] ?? '';

/** The container that is the process; others are sidecars that somebody injected. */
export function mainStatus(pod: Pod): V1ContainerStatus | undefined {
  const statuses = pod.status?.containerStatuses ?? [];
  return statuses.find(({ name }) => name === processOf(pod)) ?? statuses[0];
}

/** Told to go, and nothing in it runs any more: the object that remains is no replica. */
export const hasEnded = ({ metadata, status }: Pod): boolean =>
  metadata.deletionTimestamp !== undefined && (status?.containerStatuses ?? []).every(({ state }) => !state?.running);

/** Replicas that are there: not those of tasks, and not what is left of one that has gone. */
export const standing = (pods: readonly Pod[]): readonly Pod[] => pods.filter((pod) => isReplica(pod) && !hasEnded(pod));

export const isReady = (pod: Pod): boolean =>
  pod.metadata.deletionTimestamp === undefined &&
  (pod.status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') ?? false);

export const restartsOf = (pod: Pod): number =>
  (pod.status?.containerStatuses ?? []).reduce((sum, { restartCount }) => sum + restartCount, 0);

/** `name@sha256:...` or `sha256:...` as the node resolved it, to the digest. */
export const observedDigest = (imageId: string | undefined): string | null => /sha256:[0-9a-f]{64}/.exec(imageId ?? '')?.[0] ?? null;

export function replicaOf(pod: Pod): ObservedReplica {
  const status = mainStatus(pod);
  const ended = status?.lastState?.terminated ?? status?.state?.terminated;
  return {
    name: pod.metadata.name!,
    process: processOf(pod),
    instanceId: pod.metadata.uid!,
    releaseId: releaseOf(pod),
    artifactDigest: pod.metadata.annotations?.[ANNOTATION.artifact] ?? '',
    manifestDigest: pod.metadata.annotations?.[ANNOTATION.manifest] ?? '',
    image: observedDigest(status?.imageID),
    node: pod.spec?.nodeName ?? null,
    pid: null,
    port: pod.spec?.containers[0]?.ports?.[0]?.containerPort ?? null,
    state: stateOf(pod, status),
    reason: reasonOf(pod),
    ready: isReady(pod),
    restarts: restartsOf(pod),
    startedAt: pod.status?.startTime ? String(pod.status.startTime) : null,
    lastExit: ended
      ? { code: ended.exitCode, signal: ended.signal ? String(ended.signal) : null, at: String(ended.finishedAt ?? '') }
      : null,
  };
}

function stateOf(pod: Pod, status: V1ContainerStatus | undefined): ObservedReplica['state'] {
  if (pod.metadata.deletionTimestamp !== undefined) return 'stopping';
  if (pod.status?.phase === 'Unknown') return 'unknown';
  if (status?.state?.running) return 'running';
  if (status?.state?.terminated) return status.state.terminated.exitCode === 0 ? 'exited' : 'crashed';
  if (status?.state?.waiting?.reason === 'CrashLoopBackOff') return 'crashed';
  if (pod.status?.phase === 'Failed') return 'crashed';
  return 'starting';
}

/** Why it is not running, in the target's word. */
export function reasonOf(pod: Pod): string | null {
  const status = mainStatus(pod);
  const last = status?.lastState?.terminated?.reason;
  if (last === 'OOMKilled' || status?.state?.terminated?.reason === 'OOMKilled') return 'OOMKilled';
  const waiting = status?.state?.waiting?.reason;
  if (waiting !== undefined && waiting !== 'ContainerCreating') return waiting;
  const unscheduled = pod.status?.conditions?.find(({ type, status: is }) => type === 'PodScheduled' && is === 'False');
  return unscheduled?.reason ?? pod.status?.reason ?? status?.state?.terminated?.reason ?? null;
}
