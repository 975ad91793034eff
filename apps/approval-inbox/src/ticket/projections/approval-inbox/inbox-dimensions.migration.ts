import type { MigrationInterface, QueryRunner } from 'typeorm';

const NULLABLE = ['release_id', 'environment_name', 'environment_type', 'service_name', 'artifact_version'];
/** Sorted behind everything that has a date. */
const NEVER = `timestamptz '9999-12-31 00:00:00+00'`;

/** What the inbox is filtered, sorted and searched by, and what people do with a ticket besides deciding it. */
export class InboxDimensions1763700000001 implements MigrationInterface {
  readonly name = 'InboxDimensions1763700000001';

  async up(runner: QueryRunner): Promise<void> {
    for (const column of NULLABLE) await runner.query(`ALTER TABLE approval_inbox_items ALTER COLUMN ${column} DROP NOT NULL`);
    await runner.query(
      `ALTER TABLE approval_inbox_items
         ADD COLUMN resource_type text NOT NULL DEFAULT 'release',
         ADD COLUMN resource_id text,
         ADD COLUMN risk_reasons text[] NOT NULL DEFAULT '{}',
         ADD COLUMN required_role text,
         ADD COLUMN approvers text[] NOT NULL DEFAULT '{}',
         ADD COLUMN rule text,
         ADD COLUMN policy_version int,
         ADD COLUMN approved_by text[] NOT NULL DEFAULT '{}',
         ADD COLUMN reminder_at timestamptz,
         ADD COLUMN reminded boolean NOT NULL DEFAULT false,
         ADD COLUMN assignee text,
         ADD COLUMN delegates text[] NOT NULL DEFAULT '{}',
         ADD COLUMN mentions text[] NOT NULL DEFAULT '{}',
         ADD COLUMN escalated_at timestamptz,
         ADD COLUMN escalated_to_role text,
         ADD COLUMN ended_because text,
         ADD COLUMN outcome text,
         ADD COLUMN priority_rank smallint GENERATED ALWAYS AS (array_position(ARRAY['P0', 'P1', 'P2', 'P3'], priority)) STORED,
         ADD COLUMN risk_rank smallint GENERATED ALWAYS AS (array_position(ARRAY['critical', 'high', 'medium', 'low'], risk)) STORED,
         ADD COLUMN expiry_sort timestamptz GENERATED ALWAYS AS (coalesce(expires_at, ${NEVER})) STORED,
         ADD COLUMN sla_sort timestamptz GENERATED ALWAYS AS (coalesce(sla_due_at, ${NEVER})) STORED,
         ADD COLUMN search tsvector GENERATED ALWAYS AS (to_tsvector('simple'::regconfig, regexp_replace(
           title || ' ' || summary || ' ' || requested_by || ' ' || ticket_id || ' ' || project_id || ' ' || act || ' ' ||
           coalesce(release_id, '') || ' ' || coalesce(environment_name, '') || ' ' || coalesce(service_name, '') || ' ' ||
           coalesce(artifact_version, ''), '[^[:alnum:]]+', ' ', 'g'))) STORED`,
    );
    await runner.query('UPDATE approval_inbox_items SET resource_id = release_id');
    await runner.query('ALTER TABLE approval_inbox_items ALTER COLUMN resource_id SET NOT NULL');
    await runner.query(`ALTER TABLE approval_inbox_actions ADD COLUMN people text[] NOT NULL DEFAULT '{}'`);
    await runner.query('CREATE INDEX approval_inbox_search ON approval_inbox_items USING gin (search)');
    await runner.query('CREATE INDEX approval_inbox_by_release ON approval_inbox_items (release_id)');
    for (const [name, columns] of [
      ['priority', 'priority_rank, requested_at, ticket_id'],
      ['risk', 'risk_rank, requested_at, ticket_id'],
      ['by_expiry', 'expiry_sort, ticket_id'],
      ['sla', 'sla_sort, ticket_id'],
    ]) {
      await runner.query(`CREATE INDEX approval_inbox_${name} ON approval_inbox_items (${columns}) WHERE status = 'pending'`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    const added =
      'resource_type resource_id risk_reasons required_role approvers rule policy_version approved_by reminder_at reminded assignee delegates ' +
      'mentions escalated_at escalated_to_role ended_because outcome priority_rank risk_rank expiry_sort sla_sort search';
    for (const column of added.split(' ')) await runner.query(`ALTER TABLE approval_inbox_items DROP COLUMN ${column}`);
    await runner.query('ALTER TABLE approval_inbox_actions DROP COLUMN people');
  }
}
