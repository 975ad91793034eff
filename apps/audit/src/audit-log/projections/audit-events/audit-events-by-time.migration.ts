import type { MigrationInterface, QueryRunner } from 'typeorm';

/** From times to positions, out of the index alone: the lists of events are ordered by position. */
export class AuditEventsByTime1763900000000 implements MigrationInterface {
  readonly name = 'AuditEventsByTime1763900000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE INDEX audit_event_by_time ON audit_event (occurred_at, position)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX audit_event_by_time');
  }
}
