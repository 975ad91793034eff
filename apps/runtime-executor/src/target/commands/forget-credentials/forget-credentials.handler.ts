import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { RpcRequest, RpcResponse } from '@slipway/contracts';
import { CommandRunner } from '@slipway/event-sourcing';
import { CredentialStore } from '@slipway/secrets';
import type { CallerContext } from '@slipway/service-kit';
import { targetBriefType } from '../../../execution/briefs/place.brief';
import { requireIn, requireOperator } from '../../../runtime-executor.access';

export class ForgetCredentials extends Command<RpcResponse<'runtime-executor', 'forget-credentials'>> {
  constructor(
    readonly request: RpcRequest<'runtime-executor', 'forget-credentials'>,
    readonly caller: CallerContext,
  ) {
    super();
  }
}

/** Takes away what a rotation replaced: never the version that the log pins, whatever was asked. */
@CommandHandler(ForgetCredentials)
export class ForgetCredentialsHandler implements ICommandHandler<ForgetCredentials> {
  constructor(
    private readonly credentials: CredentialStore,
    private readonly runner: CommandRunner,
  ) {}

  async execute({ request, caller }: ForgetCredentials): Promise<{ forgotten: boolean }> {
    const { project_id: projectId, target_id: targetId } = request;
    requireOperator(caller.principal);
    const { state } = await this.runner.load(targetBriefType, { projectId, type: 'target', id: targetId });
    if (state.phase === 'unknown') return { forgotten: false };
    requireIn(caller.principal, { projectId, environmentId: state.environmentId }, 'target', targetId);
    const { credential, prometheusCredential } = state;
    await this.credentials.forgetBefore({ projectId, targetId }, Math.min(request.before_version, credential?.version ?? 1));
    const before = Math.min(request.prometheus_before_version ?? 1, prometheusCredential?.version ?? 1);
    await this.credentials.forgetBefore({ projectId, targetId, use: 'prometheus' }, before);
    return { forgotten: true };
  }
}
