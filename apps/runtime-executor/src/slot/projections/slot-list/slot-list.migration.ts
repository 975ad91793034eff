import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Slots1763650000001 implements MigrationInterface {
  readonly name = 'Slots1763650000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE slots (
         slot_id text COLLATE "C" PRIMARY KEY,
         project_id text COLLATE "C" NOT NULL,
         environment_id text COLLATE "C" NOT NULL,
         service_id text COLLATE "C" NOT NULL,
         service_name text COLLATE "C" NOT NULL,
         target_id text COLLATE "C" NOT NULL,
         release_id text COLLATE "C" NOT NULL,
         execution_id text COLLATE "C" NOT NULL,
         artifact_version text NOT NULL,
         artifact_digest text NOT NULL,
         url text,
         hold jsonb,
         drifted boolean NOT NULL,
         deployed_at timestamptz NOT NULL,
         version int NOT NULL
       ) WITH (fillfactor = 70)`,
    );
    await runner.query('CREATE INDEX slots_by_service ON slots (project_id, service_name, slot_id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE slots');
  }
}
