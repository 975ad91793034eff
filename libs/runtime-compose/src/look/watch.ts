import { setTimeout as pause } from 'node:timers/promises';
import type { DriftFinding } from '@slipway/runtime-target';
import { howEnded, REMOVED, type ContainerDetails } from '../engine/container';
import type { EngineClient } from '../engine/engine-client';
import { PAUSED } from './container-changes';
import { inspected } from '../engine/slot-containers';
import { LABELS } from '../slot/slot-names';

interface EngineEvent {
  readonly Action: string;
  readonly timeNano: number;
  readonly Actor: { readonly ID: string; readonly Attributes: Readonly<Record<string, string>> };
}
export interface WatchOptions {
  /** For the events, which are followed. */
  readonly streams: EngineClient;
  readonly engine: EngineClient;
  /** Whether the slot belongs to this target, and whether it is whole: findings that remain. */
  wholeness(slotId: string): Promise<'not-ours' | 'whole' | 'wanting'>;
  onChange(slotId: string, findings: readonly DriftFinding[]): void;
  onError(error: unknown): void;
}

const AFTER_ERROR_MS = 1000;
const LOOK_AGAIN_MS = 250;
const LOOKS = 240;
/** Deaths and starts; what a platform's own change does is told by the slot that is whole right after. */
const DEATHS = ['die', 'oom', 'destroy', 'pause'];
const CHANGES = [...DEATHS, 'start', 'unpause', 'update', 'rename', 'health_status'];

/** Follows the engine's events; after a break it asks for what happened since the last one seen. */
export function watchEvents(options: WatchOptions): () => void {
  const stop = new AbortController();
  const watch = new EventWatch(options, stop.signal);
  void watch.follow();
  return () => stop.abort();
}

class EventWatch {
  private sinceNano = Date.now() * 1e6;
  private readonly looking = new Set<string>();

  constructor(
    private readonly options: WatchOptions,
    private readonly signal: AbortSignal,
  ) {}

  async follow(): Promise<void> {
    while (!this.signal.aborted) {
      try {
        await this.read();
      } catch (error) {
        if (this.signal.aborted) return;
        this.options.onError(error);
      }
      await pause(AFTER_ERROR_MS, undefined, { signal: this.signal }).catch(() => undefined);
    }
  }

  private async read(): Promise<void> {
    const filters = JSON.stringify({ type: ['container'], label: [LABELS.slot], event: CHANGES });
    const since = `${Math.floor(this.sinceNano / 1e9)}.${String(Math.floor(this.sinceNano % 1e9)).padStart(9, '0')}`;
    const answer = await this.options.streams.open('/events', { filters, since }, this.signal);
    let rest = '';
    for await (const chunk of answer.setEncoding('utf8')) {
      const lines = (rest + String(chunk)).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines.filter((text) => text.trim() !== '')) await this.happened(JSON.parse(line) as EngineEvent);
    }
  }

  private async happened(event: EngineEvent): Promise<void> {
    this.sinceNano = Math.max(this.sinceNano, event.timeNano + 1);
    const attributes = event.Actor.Attributes;
    const slotId = attributes[LABELS.slot];
    if (slotId === undefined || !['workload', 'kept', 'proxy'].includes(attributes[LABELS.role] ?? '')) return;
    if ((await this.options.wholeness(slotId)) === 'not-ours') return;
    const finding = DEATHS.includes(event.Action) && (await this.findingOf(event));
    if (finding) this.options.onChange(slotId, [finding]);
    void this.lookUntilWhole(slotId);
  }

  /** Undefined: what happened is the beginning of a removal, which is told when it is done. */
  private async findingOf({ Action, timeNano, Actor: { ID, Attributes } }: EngineEvent): Promise<DriftFinding | undefined> {
    const container = Action === 'die' ? await inspected(this.options.engine, ID) : undefined;
    if (Action === 'die' && (!container || container.State.Status === 'removing')) return undefined;
    const what = Attributes[LABELS.role] === 'proxy' ? 'slot proxy' : (Attributes['name'] ?? 'a container');
    const at = new Date(timeNano / 1e6).toISOString();
    return { kind: Action === 'pause' ? 'changed' : 'missing', what, detail: `${how(Action, Attributes['exitCode'], container)} (${at})` };
  }

  /** A crash heals by itself within moments, or it does not: then the schedule's drift check says what is missing. */
  private async lookUntilWhole(slotId: string): Promise<void> {
    if (this.looking.has(slotId)) return;
    this.looking.add(slotId);
    try {
      for (let look = 0; look < LOOKS && !this.signal.aborted; look++) {
        await pause(LOOK_AGAIN_MS, undefined, { signal: this.signal });
        if ((await this.options.wholeness(slotId)) !== 'whole') continue;
        this.options.onChange(slotId, []);
        return;
      }
    } catch (error) {
      if (!this.signal.aborted) this.options.onError(error);
    } finally {
      this.looking.delete(slotId);
    }
  }
}

function how(action: string, exitCode: string | undefined, container: ContainerDetails | undefined): string {
  if (container)
    return container.State.Running ? `it ended with exit code ${exitCode ?? 'unknown'}, and was started again` : howEnded(container);
  return { oom: 'it ran out of memory', destroy: REMOVED, pause: PAUSED }[action] ?? action;
}
