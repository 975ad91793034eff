import { Injectable } from '@nestjs/common';
import { SlipwayError } from '@slipway/contracts';
import { Readiness } from '../health/readiness';

/** Whatever can forbid commands for now, e.g. `LogIntegrity` of libs/projections-typeorm. */
export interface CommandCondition {
  /** @throws SlipwayError while no command may be accepted. */
  assertSound(): void;
}

/**
 * Asked before every command that comes in by RPC: a command is refused while the log or the database cannot be written,
 * rather than accepted by a process whose reactions and read models stand still.
 */
@Injectable()
export class CommandGate {
  private readonly conditions: CommandCondition[] = [];

  constructor(private readonly readiness: Readiness) {}

  add(condition: CommandCondition): void {
    this.conditions.push(condition);
  }

  /** @throws SlipwayError of the first condition that forbids, e.g. `log_behind_checkpoint`; `dependency_unavailable` */
  async assertOpen(): Promise<void> {
    for (const condition of this.conditions) condition.assertSound();
    const { status, failing } = await this.readiness.recent();
    if (status === 'ready') return;
    const message = `Commands are not accepted while the platform cannot write (${failing.join(', ')}); try again shortly.`;
    throw new SlipwayError('dependency_unavailable', message, { failing });
  }
}
