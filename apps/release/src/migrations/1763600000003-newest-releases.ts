import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The newest releases of all projects, and of several, without reading every release. */
export class NewestReleases1763600000003 implements MigrationInterface {
  readonly name = 'NewestReleases1763600000003';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE INDEX release_newest ON release (position)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX release_newest');
  }
}
