import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { CommandRunner } from '@slipway/event-sourcing';
import { isPassing, type DriftFinding } from '@slipway/runtime-target';
import { Clock, LOGGER, type Logger } from '@slipway/service-kit';
import { Repository } from 'typeorm';
import { targetBriefType } from '../execution/briefs/place.brief';
import { RUNTIMES, type Runtimes } from '../runtime/runtimes';
import { SlotObserver } from '../runtime/slot-observer';
import { TargetAccesses } from '../runtime/target-accesses';
import { RuntimeExecutorConfig } from '../runtime-executor.config';
import { SlotRow } from '../slot/projections/slot-list/slot-list.row';
import { DriftAges, type LastCheck } from './drift-ages';
import { DriftCheck } from './drift-check';
import { TargetRounds, type Look } from './target-rounds';
import { within } from './within';

const SOON_MS = 500;
const LONGEST_LOOK_MS = 20_000;

/**
 * Watches every slot for drift: on a schedule, and when a target tells by itself. Every executor does; what they find is
 * one fact, because only a change of it is recorded. A target that does not answer leaves its own slots unknown, and no others.
 */
@Injectable()
export class DriftMonitor implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly ages: DriftAges;
  /** By target; anew when its connection or credential changed. */
  private readonly watches = new Map<string, { readonly key: string; readonly stop: () => void }>();
  private readonly notes = new Map<string, Promise<void>>();
  private readonly soon = new Set<NodeJS.Timeout>();
  private readonly stop = new AbortController();
  private readonly rounds: TargetRounds<SlotRow>;
  private timer: NodeJS.Timeout | undefined;
  private round: Promise<void> = Promise.resolve();

  constructor(
    private readonly check: DriftCheck,
    private readonly runner: CommandRunner,
    private readonly observer: SlotObserver,
    private readonly accesses: TargetAccesses,
    clock: Clock,
    private readonly config: RuntimeExecutorConfig,
    @Inject(RUNTIMES) private readonly runtimes: Runtimes,
    @Inject(LOGGER) private readonly logger: Logger,
    @InjectRepository(SlotRow) private readonly rows: Repository<SlotRow>,
  ) {
    this.ages = new DriftAges(config.SLIPWAY_DRIFT_INTERVAL_MS, () => clock.now());
    this.rounds = new TargetRounds({
      look: (row) => this.lookAt(row),
      passOver: ({ slotId }) => this.ages.failed(slotId),
      intervalMs: config.SLIPWAY_DRIFT_INTERVAL_MS,
    });
  }

  onApplicationBootstrap(): void {
    const look = (): void => void (this.round = this.lookAtAll());
    this.timer = setInterval(look, this.config.SLIPWAY_DRIFT_INTERVAL_MS);
    look();
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    this.stop.abort();
    this.soon.forEach(clearTimeout);
    for (const { stop } of this.watches.values()) stop();
    await this.round;
  }

  /** When the slot was last looked at, and whether that told anything. */
  lastCheck(slotId: string): LastCheck {
    return this.ages.of(slotId);
  }

  /** A round over all slots, now; of one target there is one at a time. */
  async lookAtAll(): Promise<void> {
    try {
      await this.rounds.go(await this.rows.find());
    } catch (error) {
      this.logger.warn({ error }, 'slots could not be checked for drift');
    }
  }

  /** Looks at one slot, now. A target that cannot be reached leaves its slot `unknown`. */
  async lookNow(row: SlotRow): Promise<void> {
    await this.lookAt(row);
  }

  /** Looks at one slot shortly: its execution has ended, and lets go of the environment. */
  lookSoon(slotId: string): void {
    this.observer.forget(slotId);
    const timer = setTimeout(() => {
      this.soon.delete(timer);
      void this.lookAtOne(slotId);
    }, SOON_MS);
    this.soon.add(timer);
  }

  private async lookAtOne(slotId: string): Promise<void> {
    try {
      const row = await this.rows.findOneBy({ slotId });
      if (row) await this.lookAt(row);
    } catch (error) {
      this.logger.warn({ error, slot_id: slotId }, 'slot could not be checked for drift');
    }
  }

  private async lookAt(row: SlotRow): Promise<Look> {
    if (this.stop.signal.aborted) return 'silent';
    try {
      await this.watchTargetOf(row);
      if (await within(this.check.look(row), LONGEST_LOOK_MS, this.stop.signal)) this.ages.looked(row.slotId);
      return 'done';
    } catch (error) {
      this.logger.warn({ error, slot_id: row.slotId }, 'slot could not be checked for drift');
      this.ages.failed(row.slotId);
      return isPassing(error) ? 'silent' : 'failed';
    }
  }

  private async watchTargetOf({ projectId, targetId }: SlotRow): Promise<void> {
    const { state: target } = await this.runner.load(targetBriefType, { projectId, type: 'target', id: targetId });
    if (target.phase === 'unknown') return;
    const runtime = this.runtimes.get(target.runtimeType);
    const access = this.accesses.of({ projectId, targetId }, target);
    const watched = this.watches.get(targetId);
    if (!runtime || watched?.key === access.key || this.stop.signal.aborted) return;
    watched?.stop();
    this.watches.set(targetId, { key: access.key, stop: runtime.watch(access, (slotId, findings) => this.noticed(slotId, findings)) });
  }

  /** One after the other for each slot: a loss and its repair are told in this order. */
  private noticed(slotId: string, findings: readonly DriftFinding[]): void {
    this.observer.forget(slotId);
    const before = this.notes.get(slotId) ?? Promise.resolve();
    const note = before
      .then(() => this.note(slotId, findings))
      .catch((error: unknown) => this.logger.warn({ error, slot_id: slotId }, 'drift could not be recorded'));
    this.notes.set(slotId, note);
    void note.then(() => this.notes.get(slotId) === note && this.notes.delete(slotId));
  }

  private async note(slotId: string, findings: readonly DriftFinding[]): Promise<void> {
    const row = await this.rows.findOneBy({ slotId });
    if (row && (await this.check.note(row, findings))) this.ages.looked(slotId);
  }
}
