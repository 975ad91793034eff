import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { ProjectionsModule } from '@slipway/projections-typeorm';
import { RegisterArtifactController } from './artifact/commands/register-artifact/register-artifact.controller';
import { RegisterArtifactHandler } from './artifact/commands/register-artifact/register-artifact.handler';
import { ArtifactListProjection } from './artifact/projections/artifact-list/artifact-list.projection';
import { GetArtifactController } from './artifact/queries/get-artifact/get-artifact.controller';
import { GetArtifactHandler } from './artifact/queries/get-artifact/get-artifact.query';
import { ListArtifactsController } from './artifact/queries/list-artifacts/list-artifacts.controller';
import { ListArtifactsHandler } from './artifact/queries/list-artifacts/list-artifacts.query';
import { RecordChangeController } from './change/commands/record-change/record-change.controller';
import { RecordChangeHandler } from './change/commands/record-change/record-change.handler';
import { ChangeListProjection } from './change/projections/change-list/change-list.projection';
import { GetChangeController } from './change/queries/get-change/get-change.controller';
import { GetChangeHandler } from './change/queries/get-change/get-change.query';
import { ListChangesController } from './change/queries/list-changes/list-changes.controller';
import { ListChangesHandler } from './change/queries/list-changes/list-changes.query';
import { ResourceDirectory } from './directory/resource.directory';
import { ApplyGroupController } from './group/commands/apply-group/apply-group.controller';
import { ApplyGroupHandler } from './group/commands/apply-group/apply-group.handler';
import { CancelGroupController } from './group/commands/cancel-group/cancel-group.controller';
import { CancelGroupHandler } from './group/commands/cancel-group/cancel-group.handler';
import { PreviewGroupController } from './group/commands/preview-group/preview-group.controller';
import { PreviewGroupHandler } from './group/commands/preview-group/preview-group.handler';
import { RollbackGroupController } from './group/commands/rollback-group/rollback-group.controller';
import { RollbackGroupHandler } from './group/commands/rollback-group/rollback-group.handler';
import { GetGroupController } from './group/queries/get-group/get-group.controller';
import { GetGroupHandler } from './group/queries/get-group/get-group.query';
import { GetGroupPreviewController } from './group/queries/get-group-preview/get-group-preview.controller';
import { GetGroupPreviewHandler } from './group/queries/get-group-preview/get-group-preview.query';
import { ListGroupsController } from './group/queries/list-groups/list-groups.controller';
import { ListGroupsHandler } from './group/queries/list-groups/list-groups.query';
import { GroupMembers } from './group/group.members';
import { GroupPreviews } from './group/group.previews';
import { GroupListProjection } from './group/projections/group-list/group-list.projection';
import { MemberStatuses } from './group/projections/group-list/member-statuses';
import { FollowGroupOnApprovalDecidedReaction } from './group/reactions/follow-group-on-approval-decided.reaction';
import { MoveGroupOnItsMembersReaction } from './group/reactions/move-group-on-its-members.reaction';
import { RejudgeGroupOnPolicyChangedReaction } from './group/reactions/rejudge-group-on-policy-changed.reaction';
import { GroupExpirySweep } from './group/sweeps/group-expiry.sweep';
import { CancelIntentController } from './intent/commands/cancel-intent/cancel-intent.controller';
import { CancelIntentHandler } from './intent/commands/cancel-intent/cancel-intent.handler';
import { ConfirmIntentController } from './intent/commands/confirm-intent/confirm-intent.controller';
import { ConfirmIntentHandler } from './intent/commands/confirm-intent/confirm-intent.handler';
import { RecordIntentController } from './intent/commands/record-intent/record-intent.controller';
import { RecordIntentHandler } from './intent/commands/record-intent/record-intent.handler';
import { IntentListProjection } from './intent/projections/intent-list/intent-list.projection';
import { Proposals } from './intent/proposals';
import { GetIntentController } from './intent/queries/get-intent/get-intent.controller';
import { GetIntentHandler } from './intent/queries/get-intent/get-intent.query';
import { ListIntentsController } from './intent/queries/list-intents/list-intents.controller';
import { ListIntentsHandler } from './intent/queries/list-intents/list-intents.query';
import { IntentExpirySweep } from './intent/sweeps/intent-expiry.sweep';
import { ProjectionsController } from './operations/projections.controller';
import { MIGRATIONS, ROWS, SCHEMA } from './release.schema';
import { BasisModule } from './release/basis/basis.module';
import { PlanReader } from './release/basis/plan.reader';
import { PreviewPolicyController } from './release/queries/preview-policy/preview-policy.controller';
import { PreviewPolicyHandler } from './release/queries/preview-policy/preview-policy.query';
import { PreviewBasisReader } from './release/basis/preview.basis';
import { ApplyReleaseController } from './release/commands/apply-release/apply-release.controller';
import { ApplyReleaseHandler } from './release/commands/apply-release/apply-release.handler';
import { CancelReleaseController } from './release/commands/cancel-release/cancel-release.controller';
import { CancelReleaseHandler } from './release/commands/cancel-release/cancel-release.handler';
import { PreviewReleaseController } from './release/commands/preview-release/preview-release.controller';
import { PreviewReleaseHandler } from './release/commands/preview-release/preview-release.handler';
import { ResumeReleaseController } from './release/commands/resume-release/resume-release.controller';
import { ResumeReleaseHandler } from './release/commands/resume-release/resume-release.handler';
import { RollbackReleaseController } from './release/commands/rollback-release/rollback-release.controller';
import { RollbackReleaseHandler } from './release/commands/rollback-release/rollback-release.handler';
import { ReleaseListProjection } from './release/projections/release-list/release-list.projection';
import { TargetIndexProjection } from './release/projections/target-index/target-index.projection';
import { GetPreviewController } from './release/queries/get-preview/get-preview.controller';
import { GetPreviewHandler } from './release/queries/get-preview/get-preview.query';
import { PreviewReader } from './release/queries/get-preview/preview.reader';
import { GetReleaseController } from './release/queries/get-release/get-release.controller';
import { GetReleaseHandler } from './release/queries/get-release/get-release.query';
import { ListReleasesController } from './release/queries/list-releases/list-releases.controller';
import { ListReleasesHandler } from './release/queries/list-releases/list-releases.query';
import { FollowOnApprovalDecidedReaction } from './release/reactions/follow-on-approval-decided.reaction';
import { FollowOnExecutionReaction } from './release/reactions/follow-on-execution.reaction';
import { RejudgeOnBasisMovedReaction } from './release/reactions/rejudge-on-basis-moved.reaction';
import { RollBackOnReleaseFailedReaction } from './release/reactions/roll-back-on-release-failed.reaction';
import { SupersedeOnApplyReaction } from './release/reactions/supersede-on-apply.reaction';
import { PreviewExpirySweep } from './release/sweeps/preview-expiry.sweep';
import { CreateServiceController } from './service/commands/create-service/create-service.controller';
import { CreateServiceHandler } from './service/commands/create-service/create-service.handler';
import { DeleteServiceController } from './service/commands/delete-service/delete-service.controller';
import { ServiceUse } from './service/service.use';
import { DeleteServiceHandler } from './service/commands/delete-service/delete-service.handler';
import { UpdateServiceController } from './service/commands/update-service/update-service.controller';
import { UpdateServiceHandler } from './service/commands/update-service/update-service.handler';
import { ServiceListProjection } from './service/projections/service-list/service-list.projection';
import { GetServiceController } from './service/queries/get-service/get-service.controller';
import { GetServiceHandler } from './service/queries/get-service/get-service.query';
import { ListServicesController } from './service/queries/list-services/list-services.controller';
import { ListServicesHandler } from './service/queries/list-services/list-services.query';

const services = {
  controllers: [CreateServiceController, UpdateServiceController, DeleteServiceController, GetServiceController, ListServicesController],
  providers: [CreateServiceHandler, UpdateServiceHandler, ServiceUse, DeleteServiceHandler, GetServiceHandler, ListServicesHandler],
};
const changes = {
  controllers: [RecordChangeController, GetChangeController, ListChangesController],
  providers: [RecordChangeHandler, GetChangeHandler, ListChangesHandler],
};
const artifacts = {
  controllers: [RegisterArtifactController, GetArtifactController, ListArtifactsController],
  providers: [RegisterArtifactHandler, GetArtifactHandler, ListArtifactsHandler],
};
const releases = {
  controllers: [
    PreviewReleaseController,
    ApplyReleaseController,
    RollbackReleaseController,
    CancelReleaseController,
    ResumeReleaseController,
    GetReleaseController,
    GetPreviewController,
    PreviewPolicyController,
    ListReleasesController,
  ],
  providers: [
    PreviewReleaseHandler,
    ApplyReleaseHandler,
    RollbackReleaseHandler,
    CancelReleaseHandler,
    ResumeReleaseHandler,
    GetReleaseHandler,
    GetPreviewHandler,
    ListReleasesHandler,
    PreviewBasisReader,
    PlanReader,
    PreviewPolicyHandler,
    PreviewReader,
  ],
};
const groups = {
  controllers: [
    PreviewGroupController,
    ApplyGroupController,
    RollbackGroupController,
    CancelGroupController,
    GetGroupController,
    GetGroupPreviewController,
    ListGroupsController,
  ],
  providers: [
    PreviewGroupHandler,
    ApplyGroupHandler,
    RollbackGroupHandler,
    CancelGroupHandler,
    GetGroupHandler,
    GetGroupPreviewHandler,
    ListGroupsHandler,
    GroupMembers,
    GroupPreviews,
    MemberStatuses,
  ],
};
const intents = {
  controllers: [RecordIntentController, ConfirmIntentController, CancelIntentController, GetIntentController, ListIntentsController],
  providers: [RecordIntentHandler, ConfirmIntentHandler, CancelIntentHandler, GetIntentHandler, ListIntentsHandler, Proposals],
};
/** Services, changes, artifacts, releases, release groups and intents: everything from intent to a draft that may be executed. */
@Module({
  imports: [
    CqrsModule.forRoot(),
    BasisModule,
    ProjectionsModule.forService({
      schema: SCHEMA,
      migrations: MIGRATIONS,
      entities: ROWS,
      projections: [
        ServiceListProjection,
        ChangeListProjection,
        ArtifactListProjection,
        ReleaseListProjection,
        TargetIndexProjection,
        GroupListProjection,
        IntentListProjection,
      ],
      reactions: [
        FollowOnApprovalDecidedReaction,
        FollowOnExecutionReaction,
        RollBackOnReleaseFailedReaction,
        SupersedeOnApplyReaction,
        RejudgeOnBasisMovedReaction,
        FollowGroupOnApprovalDecidedReaction,
        MoveGroupOnItsMembersReaction,
        RejudgeGroupOnPolicyChangedReaction,
      ],
      sweeps: [PreviewExpirySweep, GroupExpirySweep, IntentExpirySweep],
      imports: [BasisModule],
      providers: [GroupMembers],
    }),
  ],
  controllers: [
    ...services.controllers,
    ...changes.controllers,
    ...artifacts.controllers,
    ...releases.controllers,
    ...groups.controllers,
    ...intents.controllers,
    ProjectionsController,
  ],
  providers: [
    ResourceDirectory,
    ...services.providers,
    ...changes.providers,
    ...artifacts.providers,
    ...releases.providers,
    ...groups.providers,
    ...intents.providers,
  ],
})
export class ReleaseModule {}
