import type { MigrationInterface, QueryRunner } from 'typeorm';

export class TicketRequests1763650000000 implements MigrationInterface {
  readonly name = 'TicketRequests1763650000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE ticket_requests (
         ticket_id text COLLATE "C" PRIMARY KEY,
         project_id text NOT NULL,
         environment_id text NOT NULL,
         release_id text NOT NULL
       )`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE ticket_requests');
  }
}
