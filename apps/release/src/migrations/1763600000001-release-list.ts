import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The read model of releases: newest first in a project, a slot, an environment or of a service. */
export class ReleaseList1763600000001 implements MigrationInterface {
  readonly name = 'ReleaseList1763600000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE release (
         release_id text PRIMARY KEY,
         position bigint NOT NULL,
         project_id text NOT NULL,
         service_id text NOT NULL,
         environment_id text NOT NULL,
         slot_id text NOT NULL,
         status text NOT NULL,
         expires_at timestamptz,
         facts jsonb NOT NULL
       )`,
    );
    await runner.query('CREATE INDEX release_of_project ON release (project_id, position)');
    await runner.query('CREATE INDEX release_of_service ON release (service_id, position)');
    await runner.query('CREATE INDEX release_of_environment ON release (environment_id, position)');
    await runner.query('CREATE INDEX release_of_slot ON release (slot_id, position)');
    await runner.query(
      `CREATE INDEX release_ran_in_slot ON release (slot_id, position)
       WHERE status IN ('approved', 'applying', 'verifying', 'applied', 'succeeded', 'failed', 'rolling_back', 'rolled_back', 'rollback_failed')`,
    );
    await runner.query(
      `CREATE INDEX release_active ON release (status, position)
       WHERE status IN ('pending_approval', 'approved', 'applying', 'verifying', 'rolling_back')`,
    );
    await runner.query(`CREATE INDEX release_expiring ON release (expires_at) WHERE status = 'previewed'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE release');
  }
}
