import type { MigrationInterface, QueryRunner } from 'typeorm';

export class TargetCredentials1764000000001 implements MigrationInterface {
  readonly name = 'TargetCredentials1764000000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE targets ADD COLUMN credential jsonb');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE targets DROP COLUMN credential');
  }
}
