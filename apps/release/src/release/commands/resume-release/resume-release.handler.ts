import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { ReleaseView } from '@slipway/contracts';
import { CommandRunner } from '@slipway/event-sourcing';
import { ResourceDirectory } from '../../../directory/resource.directory';
import type { Changed } from '../../../release.access';
import { decide } from '../../domain/release.decider';
import { releaseType } from '../../domain/release.state';
import { releaseView } from '../../projections/release-list/release-list.view';
import { released } from '../released';
import { ResumeReleaseCommand } from './resume-release.command';

@CommandHandler(ResumeReleaseCommand)
export class ResumeReleaseHandler implements ICommandHandler<ResumeReleaseCommand> {
  constructor(
    private readonly runner: CommandRunner,
    private readonly directory: ResourceDirectory,
  ) {}

  async execute({ request, caller }: ResumeReleaseCommand): Promise<Changed<ReleaseView>> {
    const ref = await this.directory.locate('release', request, caller);
    const command = { type: 'ResumeRelease', reason: request.reason ?? null } as const;
    const { aggregate, position } = await this.runner.run(releaseType, ref, caller.commandContext(), (release) =>
      decide(command, released(release, request.id, caller.principal, 'apply')),
    );
    return { view: releaseView(released(aggregate.state, request.id, caller.principal, 'apply').facts), position };
  }
}
