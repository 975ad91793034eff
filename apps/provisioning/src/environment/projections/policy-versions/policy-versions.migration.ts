import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What held when in an environment, and who changed it; and the proposals that wait. */
export class PolicyVersions1764200000002 implements MigrationInterface {
  readonly name = 'PolicyVersions1764200000002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE policy_versions (
         environment_id text COLLATE "C" NOT NULL,
         version int NOT NULL,
         environment_type text NOT NULL,
         policy jsonb NOT NULL,
         before jsonb,
         reason text NOT NULL,
         changed_by text NOT NULL,
         approved_by text[] NOT NULL,
         ticket_id text,
         changed_at timestamptz NOT NULL,
         PRIMARY KEY (environment_id, version)
       )`,
    );
    await runner.query(
      `CREATE TABLE policy_proposals (
         policy_change_id text COLLATE "C" PRIMARY KEY,
         environment_id text COLLATE "C" NOT NULL
       )`,
    );
    await runner.query('CREATE INDEX policy_proposals_of_environment ON policy_proposals (environment_id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE policy_proposals');
    await runner.query('DROP TABLE policy_versions');
  }
}
