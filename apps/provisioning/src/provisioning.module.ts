import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { ProjectionsModule } from '@slipway/projections-typeorm';
import { accessSlices } from './access/access.slices';
import { ChangeEnvironmentPolicyController } from './environment/commands/change-environment-policy/change-environment-policy.controller';
import { ChangeEnvironmentPolicyHandler } from './environment/commands/change-environment-policy/change-environment-policy.handler';
import { CreateEnvironmentController } from './environment/commands/create-environment/create-environment.controller';
import { CreateEnvironmentHandler } from './environment/commands/create-environment/create-environment.handler';
import { DeleteEnvironmentController } from './environment/commands/delete-environment/delete-environment.controller';
import { DeleteEnvironmentHandler } from './environment/commands/delete-environment/delete-environment.handler';
import { UpdateEnvironmentController } from './environment/commands/update-environment/update-environment.controller';
import { UpdateEnvironmentHandler } from './environment/commands/update-environment/update-environment.handler';
import { EnvironmentReferences } from './environment/environment.references';
import { EnvironmentListProjection } from './environment/projections/environment-list/environment-list.projection';
import { EnvironmentRow } from './environment/projections/environment-list/environment-list.row';
import { PolicyVersionRow } from './environment/projections/policy-versions/policy-version.row';
import { PolicyVersionsProjection } from './environment/projections/policy-versions/policy-versions.projection';
import { ComparePolicyVersionsController } from './environment/queries/compare-policy-versions/compare-policy-versions.controller';
import { ComparePolicyVersionsHandler } from './environment/queries/compare-policy-versions/compare-policy-versions.query';
import { GetEnvironmentController } from './environment/queries/get-environment/get-environment.controller';
import { GetEnvironmentHandler } from './environment/queries/get-environment/get-environment.query';
import { ListEnvironmentsController } from './environment/queries/list-environments/list-environments.controller';
import { ListEnvironmentsHandler } from './environment/queries/list-environments/list-environments.query';
import { ListPolicyVersionsController } from './environment/queries/list-policy-versions/list-policy-versions.controller';
import { ListPolicyVersionsHandler } from './environment/queries/list-policy-versions/list-policy-versions.query';
import { RemoveFreezeWindowController } from './gate/commands/remove-freeze-window/remove-freeze-window.controller';
import { RemoveFreezeWindowHandler } from './gate/commands/remove-freeze-window/remove-freeze-window.handler';
import { ResumeLineController } from './gate/commands/resume-line/resume-line.controller';
import { ResumeLineHandler } from './gate/commands/resume-line/resume-line.handler';
import { SetFreezeWindowController } from './gate/commands/set-freeze-window/set-freeze-window.controller';
import { SetFreezeWindowHandler } from './gate/commands/set-freeze-window/set-freeze-window.handler';
import { StopLineController } from './gate/commands/stop-line/stop-line.controller';
import { StopLineHandler } from './gate/commands/stop-line/stop-line.handler';
import { Gates } from './gate/gates';
import { GetGateController } from './gate/queries/get-gate/get-gate.controller';
import { GetGateHandler } from './gate/queries/get-gate/get-gate.query';
import { PolicyProposalsProjection } from './policy-change/projections/policy-proposals/policy-proposals.projection';
import { StaleProposals } from './policy-change/stale-proposals';
import { FollowOnPolicyDecidedReaction } from './policy-change/reactions/follow-on-policy-decided.reaction';
import { ProjectionsController } from './operations/projections.controller';
import { CreateProjectController } from './project/commands/create-project/create-project.controller';
import { CreateProjectHandler } from './project/commands/create-project/create-project.handler';
import { UpdateProjectController } from './project/commands/update-project/update-project.controller';
import { UpdateProjectHandler } from './project/commands/update-project/update-project.handler';
import { ProjectListProjection } from './project/projections/project-list/project-list.projection';
import { ProjectRow } from './project/projections/project-list/project-list.row';
import { GetProjectController } from './project/queries/get-project/get-project.controller';
import { GetProjectHandler } from './project/queries/get-project/get-project.query';
import { ListProjectsController } from './project/queries/list-projects/list-projects.controller';
import { ListProjectsHandler } from './project/queries/list-projects/list-projects.query';
import { MIGRATIONS, SCHEMA } from './provisioning.schema';
import { CreateTargetController } from './target/commands/create-target/create-target.controller';
import { CreateTargetHandler } from './target/commands/create-target/create-target.handler';
import { DeleteTargetController } from './target/commands/delete-target/delete-target.controller';
import { DeleteTargetHandler } from './target/commands/delete-target/delete-target.handler';
import { RotateCredentialController } from './target/commands/rotate-credential/rotate-credential.controller';
import { RotateCredentialHandler } from './target/commands/rotate-credential/rotate-credential.handler';
import { UpdateTargetController } from './target/commands/update-target/update-target.controller';
import { UpdateTargetHandler } from './target/commands/update-target/update-target.handler';
import { TargetListProjection } from './target/projections/target-list/target-list.projection';
import { TargetRow } from './target/projections/target-list/target-list.row';
import { GetTargetController } from './target/queries/get-target/get-target.controller';
import { GetTargetHandler } from './target/queries/get-target/get-target.query';
import { GetTargetReportController } from './target/queries/get-target-report/get-target-report.controller';
import { GetTargetReportHandler } from './target/queries/get-target-report/get-target-report.query';
import { ListTargetsController } from './target/queries/list-targets/list-targets.controller';
import { ListTargetsHandler } from './target/queries/list-targets/list-targets.query';
import { TargetUses } from './target/target.use';
import { DeleteTargetOnEnvironmentDeletedReaction } from './target/reactions/delete-target-on-environment-deleted.reaction';
import { TargetAdmission } from './target/target.admission';
import { TargetReferences } from './target/target.references';
import { TargetsOfEnvironment } from './target/targets-of-environment';

const projects = {
  controllers: [CreateProjectController, UpdateProjectController, GetProjectController, ListProjectsController],
  providers: [CreateProjectHandler, UpdateProjectHandler, GetProjectHandler, ListProjectsHandler],
};
const environments = {
  controllers: [
    CreateEnvironmentController,
    UpdateEnvironmentController,
    ChangeEnvironmentPolicyController,
    DeleteEnvironmentController,
    GetEnvironmentController,
    ListEnvironmentsController,
    ListPolicyVersionsController,
    ComparePolicyVersionsController,
  ],
  providers: [
    EnvironmentReferences,
    CreateEnvironmentHandler,
    UpdateEnvironmentHandler,
    ChangeEnvironmentPolicyHandler,
    DeleteEnvironmentHandler,
    GetEnvironmentHandler,
    ListEnvironmentsHandler,
    ListPolicyVersionsHandler,
    ComparePolicyVersionsHandler,
  ],
};
const gates = {
  controllers: [SetFreezeWindowController, RemoveFreezeWindowController, StopLineController, ResumeLineController, GetGateController],
  providers: [Gates, SetFreezeWindowHandler, RemoveFreezeWindowHandler, StopLineHandler, ResumeLineHandler, GetGateHandler],
};
const targets = {
  controllers: [
    CreateTargetController,
    UpdateTargetController,
    RotateCredentialController,
    DeleteTargetController,
    GetTargetController,
    GetTargetReportController,
    ListTargetsController,
  ],
  providers: [
    TargetReferences,
    TargetsOfEnvironment,
    TargetAdmission,
    RotateCredentialHandler,
    GetTargetReportHandler,
    CreateTargetHandler,
    UpdateTargetHandler,
    DeleteTargetHandler,
    TargetUses,
    GetTargetHandler,
    ListTargetsHandler,
  ],
};

/** Projects, environments and targets. Nodes, clusters, install tasks and infrastructure join as folders beside these. */
@Module({
  imports: [
    CqrsModule.forRoot(),
    ProjectionsModule.forService({
      schema: SCHEMA,
      migrations: MIGRATIONS,
      entities: [ProjectRow, EnvironmentRow, TargetRow, PolicyVersionRow],
      projections: [
        ProjectListProjection,
        EnvironmentListProjection,
        TargetListProjection,
        PolicyVersionsProjection,
        PolicyProposalsProjection,
      ],
      reactions: [FollowOnPolicyDecidedReaction, DeleteTargetOnEnvironmentDeletedReaction],
      providers: [TargetsOfEnvironment, StaleProposals],
    }),
  ],
  controllers: [
    ...projects.controllers,
    ...environments.controllers,
    ...gates.controllers,
    ...targets.controllers,
    ...accessSlices.controllers,
    ProjectionsController,
  ],
  providers: [...projects.providers, ...environments.providers, ...gates.providers, ...targets.providers, ...accessSlices.providers],
})
export class ProvisioningModule {}
