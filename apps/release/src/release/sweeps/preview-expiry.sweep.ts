import { Injectable } from '@nestjs/common';
import { CommandRunner, timerContext } from '@slipway/event-sourcing';
import { RowSweep } from '@slipway/projections-typeorm';
import { Clock } from '@slipway/service-kit';
import { decide } from '../domain/release.decider';
import { releaseType } from '../domain/release.state';

/** Previews run out by themselves: `release.expired`. Apply refuses at the same moment, whether or not this has come by. */
@Injectable()
export class PreviewExpirySweep extends RowSweep {
  readonly name = 'preview-expiry';
  protected readonly waiting = { table: 'release', idColumn: 'release_id', dueColumn: 'expires_at', condition: `status = 'previewed'` };

  constructor(
    private readonly runner: CommandRunner,
    private readonly clock: Clock,
  ) {
    super();
  }

  protected async expireRow(projectId: string, id: string): Promise<void> {
    const context = timerContext('release', this.name, [id], this.clock);
    await this.runner.run(releaseType, { projectId, type: 'release', id }, context, (release) =>
      decide({ type: 'ExpirePreview', now: context.now }, release),
    );
  }
}
