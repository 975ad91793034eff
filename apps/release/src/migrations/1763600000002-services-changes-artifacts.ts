import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The read models of services, changes and artifacts, and the index of targets. */
export class ServicesChangesArtifacts1763600000002 implements MigrationInterface {
  readonly name = 'ServicesChangesArtifacts1763600000002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE service (
         service_id text PRIMARY KEY,
         project_id text NOT NULL,
         name text NOT NULL,
         title text NOT NULL,
         kind text NOT NULL,
         created_at timestamptz NOT NULL,
         updated_at timestamptz NOT NULL
       )`,
    );
    await runner.query('CREATE INDEX service_of_project ON service (project_id, name)');
    await runner.query(
      'CREATE TABLE change (change_id text PRIMARY KEY, position bigint NOT NULL, project_id text NOT NULL, view jsonb NOT NULL)',
    );
    await runner.query('CREATE INDEX change_of_project ON change (project_id, position)');
    await runner.query(
      `CREATE TABLE artifact (
         artifact_id text PRIMARY KEY,
         position bigint NOT NULL,
         project_id text NOT NULL,
         service_id text NOT NULL,
         view jsonb NOT NULL
       )`,
    );
    await runner.query('CREATE INDEX artifact_of_project ON artifact (project_id, position)');
    await runner.query('CREATE INDEX artifact_of_service ON artifact (service_id, position)');
    await runner.query('CREATE TABLE target_index (target_id text PRIMARY KEY, environment_id text NOT NULL, name text NOT NULL)');
    await runner.query('CREATE INDEX target_index_of_environment ON target_index (environment_id, name)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE target_index, artifact, change, service');
  }
}
