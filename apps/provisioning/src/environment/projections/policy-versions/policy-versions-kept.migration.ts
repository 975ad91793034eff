import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The versions of before an environment was deleted and created again are kept: the projection starts over from the log. */
export class PolicyVersionsKept1764450000000 implements MigrationInterface {
  readonly name = 'PolicyVersionsKept1764450000000';

  async up(runner: QueryRunner): Promise<void> {
    await this.startOver(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    await this.startOver(runner);
  }

  private async startOver(runner: QueryRunner): Promise<void> {
    await runner.query('TRUNCATE policy_versions');
    await runner.query("DELETE FROM checkpoint WHERE name = 'policy-versions'");
  }
}
