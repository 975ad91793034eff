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

/** Takes away what was replaced or dropped: never the version that the log pins, whatever was asked. */
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
    const [before, prometheus] = [request.before_version, request.prometheus_before_version ?? 1];
    await this.credentials.forgetBefore({ projectId, targetId }, Math.min(before, credential?.version ?? before));
    const place = { projectId, targetId, use: 'prometheus' } as const;
    await this.credentials.forgetBefore(place, Math.min(prometheus, prometheusCredential?.version ?? prometheus));
    return { forgotten: true };
  }
}
