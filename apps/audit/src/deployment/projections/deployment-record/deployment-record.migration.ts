import type { MigrationInterface, QueryRunner } from 'typeorm';

/** `requested_at` is the stream position of the request to run; a release that was only previewed has none. */
export class DeploymentRecord1763650000002 implements MigrationInterface {
  readonly name = 'DeploymentRecord1763650000002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE deployment_record (
         release_id text COLLATE "C" PRIMARY KEY,
         project_id text COLLATE "C" NOT NULL,
         environment_id text COLLATE "C" NOT NULL,
         service_id text COLLATE "C" NOT NULL,
         requested_at bigint,
         record json NOT NULL
       )`,
    );
    for (const column of ['project_id', 'environment_id', 'service_id']) {
      await runner.query(
        `CREATE INDEX deployment_record_by_${column} ON deployment_record (${column}, requested_at) WHERE requested_at IS NOT NULL`,
      );
    }
    await runner.query('CREATE INDEX deployment_record_by_request ON deployment_record (requested_at) WHERE requested_at IS NOT NULL');
    await runner.query('CREATE TABLE deployment_origin (resource_id text COLLATE "C" PRIMARY KEY, at text NOT NULL)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE deployment_record');
    await runner.query('DROP TABLE deployment_origin');
  }
}
