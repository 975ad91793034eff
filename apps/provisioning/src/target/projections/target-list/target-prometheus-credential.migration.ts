import type { MigrationInterface, QueryRunner } from 'typeorm';

export class TargetPrometheusCredential1764400000001 implements MigrationInterface {
  readonly name = 'TargetPrometheusCredential1764400000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE targets ADD COLUMN prometheus_credential jsonb');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE targets DROP COLUMN prometheus_credential');
  }
}
