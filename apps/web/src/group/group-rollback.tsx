import type { GroupView } from '../api/client';
import { sentence } from '../display/format';
import { ToneMark } from '../display/marks';
import { Panel } from '../display/page';
import { Lasting, Moment } from '../display/times';
import { ROLLBACK_TONE } from '../release/rollback-panel';

/** Where the rollback of all together came from, and how it ended. */
export const GroupRollback = ({ rollback }: { rollback: NonNullable<GroupView['rollback']> }) => (
  <Panel title="Rollback of all" aside={<ToneMark tone={ROLLBACK_TONE[rollback.status]}>{sentence(rollback.status)}</ToneMark>}>
    <dl className="facts">
      <dt>Origin</dt>
      <dd>{rollback.automatic ? 'Automatic: a member of the group failed' : `Asked for by ${rollback.requested_by}`}</dd>
      {rollback.reason && (
        <>
          <dt>Reason</dt>
          <dd>{rollback.reason}</dd>
        </>
      )}
      <dt>Order</dt>
      <dd>The last applied goes back first</dd>
      <dt>Asked for</dt>
      <dd>
        <Moment at={rollback.requested_at} />
      </dd>
      <dt>{rollback.ended_at ? 'Took' : 'Lasts'}</dt>
      <dd>
        <Lasting since={rollback.requested_at} until={rollback.ended_at} />
      </dd>
    </dl>
  </Panel>
);
