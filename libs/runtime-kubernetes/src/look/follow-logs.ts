import { setMaxListeners } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import type { FollowLogsOptions, WorkloadLogLine } from '@slipway/runtime-target';
import type { KubeClient } from '../api/kube-client';
import { KINDS } from '../api/kinds';
import { KubeApiError } from '../api/kube-errors';
import { objectPath } from '../api/kube-object';
import { LiveList } from '../api/live-list';
import { slotSelector } from '../slot/names';
import { isReplica, mainStatus, processOf, releaseOf, type Pod } from '../slot/pods';
import { LineQueue } from './line-queue';

const AGAIN_MS = 500;
const MAX_LINE = 10_000;
const STREAM_TIMEOUT_MS = 3_600_000;
/** Pods that one listener follows: each is a connection to the API server, and a stream of its node. */
export const MAX_FOLLOWED = 50;

/**
 * What the replicas of a slot write, as it comes; a replica that restarts or is replaced is followed, too. At most fifty at a time: that
 * there are more is a line of its own.
 */
export async function* followLogs(
  client: KubeClient,
  slotId: string,
  options: FollowLogsOptions,
  signal: AbortSignal,
): AsyncGenerator<WorkloadLogLine> {
  const stop = new AbortController();
  const both = AbortSignal.any([signal, stop.signal]);
  // Every pod that is followed listens to it.
  setMaxListeners(0, both);
  const queue = new LineQueue<WorkloadLogLine>();
  const followed = new Map<string, Promise<void>>();
  const look = (pods: readonly Pod[]): void => {
    for (const pod of pods.filter((candidate) => isReplica(candidate) && wants(candidate, options))) {
      const uid = pod.metadata.uid!;
      if (followed.has(uid)) continue;
      if (followed.size >= MAX_FOLLOWED) {
        if (!told) queue.put(notFollowed(pod));
        told = true;
        break;
      }
      const reading = followPod(
        client,
        pod,
        options,
        () => find(pod),
        both,
        (line) => queue.put(line),
      );
      followed.set(
        uid,
        reading.then(
          () => void (options.follow && followed.delete(uid)),
          (error: unknown) => (both.aborted ? undefined : queue.fail(error)),
        ),
      );
    }
  };
  let told = false;
  let live: LiveList<Pod> | undefined;
  const find = (pod: Pod): Pod | undefined => live?.items.find(({ metadata }) => metadata.uid === pod.metadata.uid);
  both.addEventListener('abort', () => queue.end(), { once: true });
  try {
    const listing = { labelSelector: slotSelector(slotId), signal: both, onChange: () => live && options.follow && look(live.items) };
    live = await LiveList.open<Pod>(client, KINDS.Pod, listing);
    look(live.items);
    if (!options.follow) void Promise.all(followed.values()).then(() => queue.end());
    yield* queue;
  } finally {
    stop.abort();
  }
}

const wants = (pod: Pod, { releaseId, process, replica }: FollowLogsOptions): boolean =>
  (releaseId === undefined || releaseOf(pod) === releaseId) &&
  (process === undefined || processOf(pod) === process) &&
  (replica === undefined || pod.metadata.name === replica);

const notFollowed = (pod: Pod): WorkloadLogLine => ({
  process: processOf(pod),
  releaseId: releaseOf(pod),
  replica: pod.metadata.name!,
  at: null,
  line: `[slipway] not followed: ${MAX_FOLLOWED} replicas are followed at a time; choose a process, a release or a replica`,
});

/** One pod's log; taken up again after a restart from the last line's time on. */
async function followPod(
  client: KubeClient,
  pod: Pod,
  options: FollowLogsOptions,
  find: () => Pod | undefined,
  signal: AbortSignal,
  put: (line: WorkloadLogLine) => void,
): Promise<void> {
  let last: string | undefined;
  const from = { process: processOf(pod), releaseId: releaseOf(pod), replica: pod.metadata.name! };
  do {
    const query = {
      container: mainStatus(pod)?.name ?? pod.spec?.containers[0]?.name,
      follow: options.follow,
      timestamps: true,
      ...(last === undefined ? { tailLines: options.tail ?? 100, sinceSeconds: options.sinceSeconds } : { sinceTime: last }),
    };
    try {
      const path = `${objectPath(KINDS.Pod, client.namespace, from.replica)}/log`;
      const response = await client.stream({ method: 'GET', path, query, signal, timeoutMs: STREAM_TIMEOUT_MS });
      for await (const text of createInterface({ input: response })) {
        const { at, line } = stamped(text);
        // The node's word, not the workload's: the container went while it was asked for.
        if (at === null && line.startsWith('unable to retrieve container logs')) continue;
        if (last !== undefined && at !== null && at <= last) continue;
        last = at ?? last;
        put({ ...from, at, line: line.slice(0, MAX_LINE) });
      }
    } catch (error) {
      // Not started yet, or gone: it is asked again for as long as it is there.
      if (!(error instanceof KubeApiError) || ![400, 404].includes(error.status)) throw error;
    }
    if (options.follow) await pause(AGAIN_MS, undefined, { signal });
  } while (options.follow && find());
}

function stamped(text: string): { at: string | null; line: string } {
  const match = /^(\d{4}-\d\d-\d\dT\S+Z) ?(.*)$/s.exec(text);
  return match ? { at: match[1]!, line: match[2]! } : { at: null, line: text };
}
