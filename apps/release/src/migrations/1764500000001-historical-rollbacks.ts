import type { MigrationInterface, QueryRunner } from 'typeorm';

const WITH = `CREATE INDEX release_ran_in_slot ON release (slot_id, position)
  WHERE status IN ('approved', 'applying', 'verifying', 'applied', 'failed', 'rolling_back', 'rolled_back', 'rollback_failed',
                   'succeeded', 'rollback')`;
const WITHOUT = `CREATE INDEX release_ran_in_slot ON release (slot_id, position)
  WHERE status IN ('approved', 'applying', 'verifying', 'applied', 'succeeded', 'failed', 'rolling_back', 'rolled_back', 'rollback_failed')`;

/** Rows of before this platform that were rolled back ran in their slot, too. */
export class HistoricalRollbacks1764500000001 implements MigrationInterface {
  readonly name = 'HistoricalRollbacks1764500000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX release_ran_in_slot');
    await runner.query(WITH);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX release_ran_in_slot');
    await runner.query(WITHOUT);
  }
}
