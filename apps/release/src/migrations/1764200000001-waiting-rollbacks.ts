import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Few rollbacks wait for approval at a time; a change of policy asks for them. */
export class WaitingRollbacks1764200000001 implements MigrationInterface {
  readonly name = 'WaitingRollbacks1764200000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE INDEX release_waiting_rollback ON release (environment_id) WHERE facts ->> 'rollback_status' = 'pending_approval'`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX release_waiting_rollback');
  }
}
