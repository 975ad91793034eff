import { Injectable } from '@nestjs/common';
import { typeSubjects, type PolicyEvent } from '@slipway/contracts';
import type { Recorded } from '@slipway/event-sourcing';
import type { Projection, Sql } from '@slipway/projections-typeorm';

/** The proposed changes of policy that wait for approval, by environment. */
@Injectable()
export class PolicyProposalsProjection implements Projection {
  readonly name = 'policy-proposals';
  readonly subjects = typeSubjects('policy');
  readonly tables = ['policy_proposals'];

  async apply(events: readonly Recorded[], sql: Sql): Promise<void> {
    for (const { event } of events as readonly Recorded<PolicyEvent>[]) {
      const { resource_id: id, environment_id: environment } = event;
      if (event.action === 'policy.approval_requested') {
        await sql.query('INSERT INTO policy_proposals (policy_change_id, environment_id) VALUES ($1, $2)', [id, environment]);
      } else {
        await sql.query('DELETE FROM policy_proposals WHERE policy_change_id = $1', [id]);
      }
    }
  }
}
