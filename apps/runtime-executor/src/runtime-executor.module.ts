import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { ProjectionsModule } from '@slipway/projections-typeorm';
import { DriftCheck } from './drift/drift-check';
import { DriftMonitor } from './drift/drift-monitor';
import { SlotActivity } from './drift/slot-activity';
import { EnvironmentDirectory } from './environment/environment.directory';
import { EnvironmentListProjection } from './environment/projections/environment-list/environment-list.projection';
import { GetEnvironmentLockController } from './environment/queries/get-environment-lock/get-environment-lock.controller';
import { GetEnvironmentLockHandler } from './environment/queries/get-environment-lock/get-environment-lock.query';
import { ExecutionService } from './execution/execution.service';
import { ExecutionMetrics } from './execution/execution.metrics';
import { executorProvider } from './execution/executor.provider';
import { ExecutionListProjection } from './execution/projections/execution-list/execution-list.projection';
import { UnfinishedExecutionList } from './execution/projections/execution-list/unfinished-executions';
import { ProjectionsController } from './operations/projections.controller';
import { ArtifactFiles } from './planning/artifact-files';
import { PlanReleaseController } from './planning/plan-release/plan-release.controller';
import { PlanReleaseHandler } from './planning/plan-release/plan-release.query';
import { MIGRATIONS, SCHEMA } from './runtime-executor.schema';
import { runtimeProviders } from './runtime/runtime.providers';
import { PinSecretController } from './secret/commands/pin-secret/pin-secret.controller';
import { PinSecretHandler } from './secret/commands/pin-secret/pin-secret.handler';
import { PutSecretController } from './secret/commands/put-secret/put-secret.controller';
import { PutSecretHandler } from './secret/commands/put-secret/put-secret.handler';
import { SealSecretController } from './secret/commands/seal-secret/seal-secret.controller';
import { SealSecretHandler } from './secret/commands/seal-secret/seal-secret.handler';
import { ListSecretsController } from './secret/queries/list-secrets/list-secrets.controller';
import { ListSecretsHandler } from './secret/queries/list-secrets/list-secrets.query';
import { CheckSlotDriftController } from './slot/commands/check-slot-drift/check-slot-drift.controller';
import { CheckSlotDriftHandler } from './slot/commands/check-slot-drift/check-slot-drift.handler';
import { HoldSlotController } from './slot/commands/hold-slot/hold-slot.controller';
import { HoldSlotHandler } from './slot/commands/hold-slot/hold-slot.handler';
import { ResumeSlotController } from './slot/commands/resume-slot/resume-slot.controller';
import { ResumeSlotHandler } from './slot/commands/resume-slot/resume-slot.handler';
import { SlotListProjection } from './slot/projections/slot-list/slot-list.projection';
import { SlotRow } from './slot/projections/slot-list/slot-list.row';
import { GetSlotDiagnosisController } from './slot/queries/get-slot-diagnosis/get-slot-diagnosis.controller';
import { GetSlotDiagnosisHandler } from './slot/queries/get-slot-diagnosis/get-slot-diagnosis.query';
import { GetSlotLogSessionController } from './slot/queries/get-slot-log-session/get-slot-log-session.controller';
import { GetSlotLogSessionHandler } from './slot/queries/get-slot-log-session/get-slot-log-session.query';
import { SlotLogSessions } from './slot/queries/get-slot-log-session/slot-log-sessions';
import { GetSlotLogsController } from './slot/queries/get-slot-logs/get-slot-logs.controller';
import { GetSlotLogsHandler } from './slot/queries/get-slot-logs/get-slot-logs.query';
import { GetSlotStatusController } from './slot/queries/get-slot-status/get-slot-status.controller';
import { GetSlotStatusHandler } from './slot/queries/get-slot-status/get-slot-status.query';
import { GetSlotController } from './slot/queries/get-slot/get-slot.controller';
import { GetSlotHandler } from './slot/queries/get-slot/get-slot.query';
import { ListSlotsController } from './slot/queries/list-slots/list-slots.controller';
import { ListSlotsHandler } from './slot/queries/list-slots/list-slots.query';
import { ForgetWhatIsSealedOnDeletedReaction } from './secret/reactions/forget-what-is-sealed-on-deleted.reaction';
import { SealedModule } from './secret/sealed.module';
import { SlotDirectory } from './slot/slot.directory';
import { SlotScenes } from './slot/slot-scene';
import { AdmitTargetController } from './target/commands/admit-target/admit-target.controller';
import { AdmitTargetHandler } from './target/commands/admit-target/admit-target.handler';
import { ForgetCredentialsController } from './target/commands/forget-credentials/forget-credentials.controller';
import { ForgetCredentialsHandler } from './target/commands/forget-credentials/forget-credentials.handler';
import { GetTargetReportController } from './target/queries/get-target-report/get-target-report.controller';
import { GetTargetReportHandler } from './target/queries/get-target-report/get-target-report.query';
import { GetTargetUseController } from './target/queries/get-target-use/get-target-use.controller';
import { GetTargetUseHandler } from './target/queries/get-target-use/get-target-use.query';
import { ConnectionCheck } from './target/connection-check';

const executions = [ExecutionMetrics, executorProvider, UnfinishedExecutionList, ExecutionService];
const drift = [SlotActivity, DriftCheck, DriftMonitor];
const slots = {
  controllers: [
    ListSlotsController,
    GetSlotController,
    GetSlotStatusController,
    GetSlotDiagnosisController,
    GetSlotLogsController,
    GetSlotLogSessionController,
    CheckSlotDriftController,
    HoldSlotController,
    ResumeSlotController,
  ],
  providers: [
    SlotDirectory,
    SlotScenes,
    SlotLogSessions,
    ListSlotsHandler,
    GetSlotHandler,
    GetSlotStatusHandler,
    GetSlotDiagnosisHandler,
    GetSlotLogsHandler,
    GetSlotLogSessionHandler,
    CheckSlotDriftHandler,
    HoldSlotHandler,
    ResumeSlotHandler,
  ],
};
const targets = {
  controllers: [AdmitTargetController, ForgetCredentialsController, GetTargetReportController, GetTargetUseController],
  providers: [AdmitTargetHandler, ConnectionCheck, ForgetCredentialsHandler, GetTargetReportHandler, GetTargetUseHandler],
};
const secrets = {
  controllers: [SealSecretController, PinSecretController, PutSecretController, ListSecretsController],
  providers: [SealSecretHandler, PinSecretHandler, PutSecretHandler, ListSecretsHandler],
};

/** Carries out releases and rollbacks, and watches what they left. The only service with access to targets and secrets. */
@Module({
  imports: [
    CqrsModule.forRoot(),
    SealedModule,
    ProjectionsModule.forService({
      schema: SCHEMA,
      migrations: MIGRATIONS,
      entities: [SlotRow],
      projections: [ExecutionListProjection, SlotListProjection, EnvironmentListProjection],
      reactions: [ForgetWhatIsSealedOnDeletedReaction],
      imports: [SealedModule],
    }),
  ],
  controllers: [
    ...slots.controllers,
    ...secrets.controllers,
    ...targets.controllers,
    PlanReleaseController,
    GetEnvironmentLockController,
    ProjectionsController,
  ],
  providers: [
    ...runtimeProviders,
    ...executions,
    ...drift,
    ...slots.providers,
    ...secrets.providers,
    ...targets.providers,
    PlanReleaseHandler,
    ArtifactFiles,
    EnvironmentDirectory,
    GetEnvironmentLockHandler,
  ],
})
export class RuntimeExecutorModule {}
