import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The newest releases of any status, however rare: the index of the active ones alone left the others to a scan of all releases. */
export class ReleasesByStatus1763600000004 implements MigrationInterface {
  readonly name = 'ReleasesByStatus1763600000004';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE INDEX release_by_status ON release (status, position)');
    await runner.query('DROP INDEX release_active');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE INDEX release_active ON release (status, position)
       WHERE status IN ('pending_approval', 'approved', 'applying', 'verifying', 'rolling_back')`,
    );
    await runner.query('DROP INDEX release_by_status');
  }
}
