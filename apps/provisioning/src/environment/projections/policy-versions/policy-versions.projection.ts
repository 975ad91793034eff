import { Injectable } from '@nestjs/common';
import { actionSubject, type EventOf } from '@slipway/contracts';
import type { Recorded } from '@slipway/event-sourcing';
import type { Projection, Sql } from '@slipway/projections-typeorm';

type Told = EventOf<'environment.created' | 'environment.policy_changed'>;

const CREATED = `INSERT INTO policy_versions (environment_id, version, environment_type, policy, before, reason, changed_by,
    approved_by, ticket_id, changed_at)
  SELECT $1, coalesce(last.version, 0) + 1, $2, $3, last.policy, '', $4, '{}', NULL, $5
  FROM (VALUES (1)) AS one LEFT JOIN (
    SELECT version, policy FROM policy_versions WHERE environment_id = $1 ORDER BY version DESC LIMIT 1) AS last ON true`;
const NEXT = `INSERT INTO policy_versions (environment_id, version, environment_type, policy, before, reason, changed_by,
    approved_by, ticket_id, changed_at)
  SELECT environment_id, version + 1, environment_type, $2, policy, $3, $4, $5, $6, $7
  FROM policy_versions WHERE environment_id = $1 ORDER BY version DESC LIMIT 1`;

/** One row per version of each environment's policy. An environment that is created again goes on counting. */
@Injectable()
export class PolicyVersionsProjection implements Projection {
  readonly name = 'policy-versions';
  readonly subjects = ['environment.created', 'environment.policy_changed'].map(actionSubject);
  readonly tables = ['policy_versions'];

  async apply(events: readonly Recorded[], sql: Sql): Promise<void> {
    for (const { event } of events) await this.one(event as Told, sql);
  }

  private async one(event: Told, sql: Sql): Promise<void> {
    const { resource_id: id, actor_id: actor, occurred_at: at } = event;
    if (event.action === 'environment.created') {
      const { type: environmentType, policy } = event.detail;
      await sql.query(CREATED, [id, environmentType, JSON.stringify(policy), actor, at]);
      return;
    }
    // A change that people approved is carried out by a reaction; it is the change of who asked for it.
    const { policy, reason, requested_by, approved_by = [], ticket_id = null } = event.detail;
    await sql.query(NEXT, [id, JSON.stringify(policy), reason, requested_by ?? actor, approved_by, ticket_id, at]);
  }
}
