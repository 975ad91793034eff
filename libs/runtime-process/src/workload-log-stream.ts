import { createInterface } from 'node:readline';
import type { FollowLogsOptions, WorkloadLogLine } from '@slipway/runtime-target';
import type { HostClient } from './client/host-client';

/** `<process>-<index>-<end of the release's id>` */
const REPLICA = /^(?<process>.+)-\d+-.{1,6}$/;

/** What the slot's replicas wrote to stdout and stderr. The host keeps lines, not when they were written. */
export async function* followWorkloadLogs(
  host: HostClient,
  slotId: string,
  options: FollowLogsOptions,
  signal: AbortSignal,
): AsyncGenerator<WorkloadLogLine> {
  const query = new URLSearchParams({ lines: String(options.tail ?? 100), follow: String(options.follow) });
  if (options.releaseId !== undefined) query.set('release', options.releaseId);
  const stop = new AbortController();
  const ended = AbortSignal.any([signal, stop.signal]);
  try {
    const answer = await host.stream(`/slots/${encodeURIComponent(slotId)}/logs?${query.toString()}`, ended);
    for await (const text of createInterface({ input: answer })) {
      const line = lineOf(JSON.parse(text) as Pick<WorkloadLogLine, 'releaseId' | 'replica' | 'line'>);
      if (isWanted(line, options)) yield line;
    }
  } catch (error) {
    if (!ended.aborted) throw error;
  } finally {
    stop.abort();
  }
}

const lineOf = ({ releaseId, replica, line }: Pick<WorkloadLogLine, 'releaseId' | 'replica' | 'line'>): WorkloadLogLine => ({
  releaseId,
  process: REPLICA.exec(replica)?.groups?.['process'] ?? replica,
  replica,
  at: null,
  line,
});

const isWanted = (line: WorkloadLogLine, { process, replica }: FollowLogsOptions): boolean =>
  (process === undefined || line.process === process) && (replica === undefined || line.replica === replica);
