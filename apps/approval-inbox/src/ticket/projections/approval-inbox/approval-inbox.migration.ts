import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tables of spec 002, section 1.2. */
export class ApprovalInbox1763650000001 implements MigrationInterface {
  readonly name = 'ApprovalInbox1763650000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE approval_inbox_items (
         ticket_id text COLLATE "C" PRIMARY KEY,
         project_id text NOT NULL,
         team_id text NOT NULL,
         environment_id text NOT NULL,
         environment_name text NOT NULL,
         environment_type text NOT NULL,
         release_id text NOT NULL,
         preview_ref text NOT NULL,
         act text NOT NULL,
         service_name text NOT NULL,
         artifact_version text NOT NULL,
         title text NOT NULL,
         summary text NOT NULL,
         risk text NOT NULL,
         priority text NOT NULL,
         required_permission text NOT NULL,
         quorum int NOT NULL,
         four_eyes boolean NOT NULL,
         requested_by text NOT NULL,
         requested_by_type text NOT NULL,
         previewed_by text NOT NULL,
         requested_at timestamptz NOT NULL,
         expires_at timestamptz,
         sla_due_at timestamptz,
         status text NOT NULL,
         approvals int NOT NULL,
         decided_at timestamptz,
         decided_by text[] NOT NULL,
         version int NOT NULL
       )`,
    );
    await runner.query(
      `CREATE TABLE approval_inbox_actions (
         ticket_id text COLLATE "C" NOT NULL,
         version int NOT NULL,
         action text NOT NULL,
         actor_id text NOT NULL,
         actor_type text NOT NULL,
         comment text,
         at timestamptz NOT NULL,
         PRIMARY KEY (ticket_id, version)
       )`,
    );
    await runner.query('CREATE INDEX approval_inbox_newest ON approval_inbox_items (requested_at DESC, ticket_id DESC)');
    await runner.query('CREATE INDEX approval_inbox_by_project ON approval_inbox_items (project_id, requested_at DESC, ticket_id DESC)');
    await runner.query('CREATE INDEX approval_inbox_by_requester ON approval_inbox_items (requested_by, requested_at DESC)');
    await runner.query(
      `CREATE INDEX approval_inbox_pending ON approval_inbox_items (requested_at DESC, ticket_id DESC) WHERE status = 'pending'`,
    );
    await runner.query(`CREATE INDEX approval_inbox_expiry ON approval_inbox_items (expires_at) WHERE status = 'pending'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE approval_inbox_actions');
    await runner.query('DROP TABLE approval_inbox_items');
  }
}
