import { Injectable } from '@nestjs/common';

/** Whatever can forbid commands for now, e.g. `LogIntegrity` of libs/projections-typeorm. */
export interface CommandCondition {
  /** @throws SlipwayError while no command may be accepted. */
  assertSound(): void;
}

/** Asked before every command that comes in by RPC. */
@Injectable()
export class CommandGate {
  private readonly conditions: CommandCondition[] = [];

  add(condition: CommandCondition): void {
    this.conditions.push(condition);
  }

  /** @throws SlipwayError of the first condition that forbids, e.g. `log_behind_checkpoint`. */
  assertOpen(): void {
    for (const condition of this.conditions) condition.assertSound();
  }
}
