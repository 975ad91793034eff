import type { EnvironmentView } from '../api/client';
import { seconds, words } from '../display/format';
import { Panel } from '../display/page';

const within = (value: number | null): string => (value === null ? 'no limit' : seconds(value));
const yes = (value: boolean): string => (value ? 'yes' : 'no');

/** What the environment asks for before something runs in it. */
export const PolicyPanel = ({ policy }: { policy: EnvironmentView['policy'] }) => (
  <Panel title="Policy">
    <dl className="facts">
      <dt>Approval for</dt>
      <dd>{policy.approval_for.length === 0 ? 'nothing' : policy.approval_for.map(words).join(', ')}</dd>
      <dt>By</dt>
      <dd>
        {policy.quorum} with <code>{policy.required_permission}</code>
      </dd>
      <dt>Four eyes</dt>
      <dd>{policy.four_eyes ? 'yes, never who asks for it' : 'no'}</dd>
      <dt>Ticket holds</dt>
      <dd>{within(policy.ticket_ttl_s)}</dd>
      <dt>Preview holds</dt>
      <dd>{seconds(policy.preview_ttl_s)}</dd>
      <dt>SLA</dt>
      <dd>
        {policy.priority}, {within(policy.sla_s)}
      </dd>
      <dt>Rolls back by itself</dt>
      <dd>
        {yes(policy.automatic_rollback)}, within {seconds(policy.rollback_time_bound_s)}
      </dd>
    </dl>
  </Panel>
);
