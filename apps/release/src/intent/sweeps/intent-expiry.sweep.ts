import { Injectable } from '@nestjs/common';
import { CommandRunner, timerContext } from '@slipway/event-sourcing';
import { RowSweep } from '@slipway/projections-typeorm';
import { Clock } from '@slipway/service-kit';
import { expireIntent } from '../domain/intent.decider';
import { intentType } from '../domain/intent.state';

/** Proposals run out by themselves: `intent.expired`. A confirmation is refused at the same moment, whether or not this has come by. */
@Injectable()
export class IntentExpirySweep extends RowSweep {
  readonly name = 'intent-expiry';
  protected readonly waiting = { table: 'intent', idColumn: 'intent_id', dueColumn: 'expires_at', condition: `status = 'proposed'` };

  constructor(
    private readonly runner: CommandRunner,
    private readonly clock: Clock,
  ) {
    super();
  }

  protected async expireRow(projectId: string, id: string): Promise<void> {
    const context = timerContext('release', this.name, [id], this.clock);
    await this.runner.run(intentType, { projectId, type: 'intent', id }, context, (intent) => expireIntent(context.now, intent));
  }
}
