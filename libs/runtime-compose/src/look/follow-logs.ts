import type { FollowLogsOptions, WorkloadLogLine } from '@slipway/runtime-target';
import { labelOf, nameOf, type ContainerDetails } from '../engine/container';
import type { EngineClient } from '../engine/engine-client';
import { readLogs } from '../engine/read-logs';
import { LABELS } from '../slot/slot-names';

const DEFAULT_TAIL = 100;
const LOOK_FOR_NEW_MS = 1000;

export interface LogSource {
  readonly engine: EngineClient;
  containers(): Promise<readonly ContainerDetails[]>;
}

/** Lines of all replicas as they come; while it follows, new replicas join in. */
export async function* followSlotLogs(source: LogSource, options: FollowLogsOptions, signal: AbortSignal): AsyncGenerator<WorkloadLogLine> {
  const lines = new LineQueue();
  const ended = new AbortController();
  const stop = AbortSignal.any([signal, ended.signal]);
  const known = new Set<string>();
  const join = async (tail: number): Promise<void> => {
    for (const container of (await source.containers()).filter((candidate) => wanted(candidate, options))) {
      if (known.has(container.Id)) continue;
      known.add(container.Id);
      void lines.drain(linesOf(source.engine, container, { ...options, tail }, stop), stop);
    }
  };
  try {
    await join(options.tail ?? DEFAULT_TAIL);
    const timer = options.follow ? setInterval(() => void join(DEFAULT_TAIL).catch(() => undefined), LOOK_FOR_NEW_MS) : undefined;
    try {
      yield* lines.read(options.follow, signal);
    } finally {
      clearInterval(timer);
    }
  } finally {
    ended.abort();
  }
}

const wanted = (container: ContainerDetails, { releaseId, process, replica }: FollowLogsOptions): boolean =>
  (releaseId === undefined || labelOf(container, LABELS.release) === releaseId) &&
  (process === undefined || labelOf(container, LABELS.process) === process) &&
  (replica === undefined || nameOf(container) === replica);

async function* linesOf(
  engine: EngineClient,
  container: ContainerDetails,
  options: FollowLogsOptions,
  signal: AbortSignal,
): AsyncGenerator<WorkloadLogLine> {
  const query = {
    tail: options.tail ?? DEFAULT_TAIL,
    follow: options.follow,
    ...(options.sinceSeconds !== undefined && { sinceSeconds: options.sinceSeconds }),
  };
  const origin = { releaseId: labelOf(container, LABELS.release), process: labelOf(container, LABELS.process), replica: nameOf(container) };
  for await (const { at, line } of readLogs(engine, container, query, signal)) yield { ...origin, at, line };
}

/** Lines of many sources in the order in which they come. */
class LineQueue {
  private readonly waiting: WorkloadLogLine[] = [];
  private sources = 0;
  private failure: Error | undefined;
  private wake: (() => void) | undefined;

  async drain(source: AsyncIterable<WorkloadLogLine>, signal: AbortSignal): Promise<void> {
    this.sources++;
    try {
      for await (const line of source) {
        this.waiting.push(line);
        this.wake?.();
      }
    } catch (error) {
      if (!signal.aborted) this.failure ??= error instanceof Error ? error : new Error(String(error));
    } finally {
      this.sources--;
      this.wake?.();
    }
  }

  async *read(follow: boolean, signal: AbortSignal): AsyncGenerator<WorkloadLogLine> {
    const wake = (): void => this.wake?.();
    signal.addEventListener('abort', wake);
    try {
      while (!signal.aborted) {
        const line = this.waiting.shift();
        if (line) yield line;
        else if (this.failure !== undefined) throw this.failure;
        else if (this.sources === 0 && !follow) return;
        else await new Promise<void>((resolve) => (this.wake = resolve));
      }
    } finally {
      signal.removeEventListener('abort', wake);
    }
  }
}
