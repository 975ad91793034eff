import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { NatsConnection } from '@nats-io/transport-node';
import type { EventStore } from '@slipway/event-sourcing';
import { LogIntegrity } from '@slipway/projections-typeorm';
import { EVENT_STORE, LOGGER, NATS, type Logger } from '@slipway/service-kit';
import { RuntimeExecutorConfig } from '../runtime-executor.config';
import { DriftMonitor } from '../drift/drift-monitor';
import { ExecutionMetrics } from './execution.metrics';
import { UnfinishedExecutionList } from './projections/execution-list/unfinished-executions';
import { Executor } from './work/executor';
import { LiveSignals } from './work/live-signals';
import { OrphanScan } from './work/orphan-scan';
import { WorkIntake } from './work/work-intake';

const STEP_GRACE_MS = 4_000;
const HAND_OVER_MS = 2_000;
const WAKING = ['release.superseded', 'release.cancelled', 'release.rollback_rejected'] as const;

/** Starts and stops what gives this process work: the consumer, the look-out for orphans, the signals of the moment. */
@Injectable()
export class ExecutionService implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly intake: WorkIntake;
  private readonly orphans: OrphanScan;
  private readonly signals: LiveSignals;

  constructor(
    private readonly executor: Executor,
    private readonly drift: DriftMonitor,
    private readonly metrics: ExecutionMetrics,
    unfinished: UnfinishedExecutionList,
    config: RuntimeExecutorConfig,
    integrity: LogIntegrity,
    @Inject(NATS) connection: NatsConnection,
    @Inject(EVENT_STORE) store: EventStore,
    @Inject(LOGGER) logger: Logger,
  ) {
    const assertSound = (): void => integrity.assertSound();
    this.intake = new WorkIntake({ connection, store, executor, logger, assertSound });
    this.orphans = new OrphanScan(unfinished, executor, logger, config.SLIPWAY_ORPHAN_SCAN_MS, assertSound);
    this.signals = new LiveSignals(connection, logger);
  }

  onApplicationBootstrap(): void {
    this.signals.on(['release.cancel_requested'], ({ detail }) => this.executor.cancel(String(detail['execution_id'])));
    this.signals.on(WAKING, () => this.executor.moved());
    this.signals.on(['execution.succeeded'], ({ detail }) => this.drift.lookSoon(String(detail['slot_id'])));
    this.metrics.follow(this.executor, this.intake);
    this.intake.start();
    this.orphans.start();
  }

  async onModuleDestroy(): Promise<void> {
    this.signals.stop();
    this.orphans.stop();
    await Promise.all([this.intake.stop(), this.executor.drain(STEP_GRACE_MS, HAND_OVER_MS)]);
  }
}
