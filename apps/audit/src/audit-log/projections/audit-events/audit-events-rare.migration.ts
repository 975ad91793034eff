import type { MigrationInterface, QueryRunner } from 'typeorm';

/** One index for an action of a project, newest first, and for a rare action of the whole platform. */
export class AuditEventsRare1763650000003 implements MigrationInterface {
  readonly name = 'AuditEventsRare1763650000003';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE INDEX audit_event_of_action ON audit_event (action, project_id, position)');
    await runner.query('DROP INDEX audit_event_by_action');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE INDEX audit_event_by_action ON audit_event (project_id, action, position)');
    await runner.query('DROP INDEX audit_event_of_action');
  }
}
