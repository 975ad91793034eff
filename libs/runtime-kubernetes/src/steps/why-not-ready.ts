import type { KubeClient } from '../api/kube-client';
import { KINDS } from '../api/kinds';
import { collectionPath, type KubeList, type KubeObject } from '../api/kube-object';
import { isReady, mainStatus, reasonOf, restartsOf, type Pod } from '../slot/pods';

/** The scheduler's word on the first pod that finds no node. */
export function whyUnplaced(pods: readonly Pod[]): string | null {
  const pod = pods.find((candidate) => reasonOf(candidate) === 'Unschedulable');
  const message = pod?.status?.conditions?.find(({ type }) => type === 'PodScheduled')?.message;
  return pod ? `${pod.metadata.name} finds no node: ${message ?? 'Unschedulable'}` : null;
}

/** What keeps a pod from running, in a line. `pullError`: what the node said when it last tried to pull the image. */
export function whyStuck(pod: Pod, pullError: string | undefined): string {
  const status = mainStatus(pod);
  const ended = status?.lastState?.terminated ?? status?.state?.terminated;
  const waiting = status?.state?.waiting;
  const name = pod.metadata.name!;
  if (ended?.reason === 'OOMKilled') return `${name} was killed for its memory (OOMKilled), ${restartsOf(pod)} restarts`;
  if (ended) return `${name} does not stay up: exited with code ${ended.exitCode}, ${restartsOf(pod)} restarts`;
  const message = pullError ?? waiting?.message;
  return `${name} does not start: ${waiting?.reason ?? 'unknown'}${message ? `: ${message}` : ''}`.slice(0, 600);
}

/** What the probe of a pod that is not ready last met, as its node tells it; null when no probe failed. */
export async function whyUnready(client: KubeClient, pods: readonly Pod[]): Promise<string | null> {
  const unready = new Set(pods.filter((pod) => !isReady(pod)).map(({ metadata }) => metadata.uid));
  if (unready.size === 0) return null;
  const query = { fieldSelector: 'reason=Unhealthy', limit: 500 };
  const { items } = await client.json<KubeList<Unhealthy>>({ method: 'GET', path: collectionPath(KINDS.Event, client.namespace), query });
  const last = items.filter(({ involvedObject }) => unready.has(involvedObject.uid)).sort((a, b) => (timeOf(a) < timeOf(b) ? -1 : 1));
  return last.at(-1)?.message?.slice(0, 300) ?? null;
}

type Unhealthy = KubeObject & { involvedObject: { uid?: string }; message?: string; lastTimestamp?: string | null };
const timeOf = ({ lastTimestamp, metadata }: Unhealthy): string => lastTimestamp ?? metadata.creationTimestamp ?? '';
