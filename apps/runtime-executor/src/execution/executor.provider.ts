import { randomBytes } from 'node:crypto';
import type { Provider } from '@nestjs/common';
import type { NatsConnection } from '@nats-io/transport-node';
import { BlobStore } from '@slipway/blob-store';
import { logSubject } from '@slipway/contracts';
import { CommandRunner, type EventStore } from '@slipway/event-sourcing';
import { LeaseLock } from '@slipway/locks';
import { SecretStore } from '@slipway/secrets';
import { Clock, EVENT_STORE, LOGGER, NATS, type Logger } from '@slipway/service-kit';
import { RUNTIMES, type Runtimes } from '../runtime/runtimes';
import { TargetAccesses } from '../runtime/target-accesses';
import { RuntimeExecutorConfig } from '../runtime-executor.config';
import { ExecutionMetrics } from './execution.metrics';
import { UnfinishedExecutionList } from './projections/execution-list/unfinished-executions';
import { PATIENCE } from './run/patience';
import type { LogSink } from './run/run.ports';
import { WorkRoom } from './run/work-room';
import { Executor } from './work/executor';

/** Lines go out without waiting; the stream LOGS keeps them. */
const logSinkOf = (connection: NatsConnection): LogSink => ({
  publish: (runId, line) => {
    if (!connection.isClosed()) connection.publish(logSubject(runId), JSON.stringify(line));
  },
});

/** The executor of this process. Its id is new at every start: claims of an earlier life are another's. */
export const executorProvider: Provider = {
  provide: Executor,
  inject: [
    EVENT_STORE,
    CommandRunner,
    Clock,
    LeaseLock,
    BlobStore,
    SecretStore,
    RUNTIMES,
    TargetAccesses,
    UnfinishedExecutionList,
    RuntimeExecutorConfig,
    NATS,
    LOGGER,
    ExecutionMetrics,
  ],
  useFactory: (
    store: EventStore,
    runner: CommandRunner,
    clock: Clock,
    leases: LeaseLock,
    blobs: BlobStore,
    secrets: SecretStore,
    runtimes: Runtimes,
    accesses: TargetAccesses,
    unfinished: UnfinishedExecutionList,
    config: RuntimeExecutorConfig,
    connection: NatsConnection,
    logger: Logger,
    meter: ExecutionMetrics,
  ): Executor =>
    new Executor({
      store,
      runner,
      clock,
      leases,
      blobs,
      secrets,
      runtimes,
      accesses,
      unfinished,
      logs: logSinkOf(connection),
      logger,
      meter,
      executorId: `${config.SLIPWAY_INSTANCE ?? 'executor'}-${randomBytes(4).toString('hex')}`,
      leaseTtlMs: config.SLIPWAY_EXECUTION_LEASE_MS,
      patience: PATIENCE,
      room: new WorkRoom(config.SLIPWAY_MAX_EXECUTIONS),
    }),
};
