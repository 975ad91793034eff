import { List, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReleaseView } from '../api/client';
import { sentence } from '../display/format';
import type { Tone } from '../display/lifecycle';
import { ToneMark } from '../display/marks';
import { Panel } from '../display/page';
import { Lasting, Moment } from '../display/times';

type Rollback = NonNullable<ReleaseView['rollback']>;
export const ROLLBACK_TONE: Readonly<Record<Rollback['status'], Tone>> = {
  pending_approval: 'wait',
  requested: 'undo',
  rolling_back: 'undo',
  completed: 'ok',
  failed: 'bad',
  rejected: 'bad',
};

/** Where a rollback came from, what it goes back to, and how it ended. */
export function RollbackPanel({ rollback }: { rollback: Rollback }) {
  return (
    <Panel title="Rollback" aside={<ToneMark tone={ROLLBACK_TONE[rollback.status]}>{sentence(rollback.status)}</ToneMark>}>
      <dl className="facts">
        <dt>Origin</dt>
        <dd>{rollback.automatic ? 'Automatic: the release failed its verification' : `Asked for by ${rollback.requested_by}`}</dd>
        {rollback.reason && (
          <>
            <dt>Reason</dt>
            <dd>{rollback.reason}</dd>
          </>
        )}
        <dt>Back to</dt>
        <dd>
          <Link to="/releases/$id" params={{ id: rollback.to_release_id }} className="quiet-link">
            {rollback.to_artifact_version}
          </Link>
        </dd>
        <dt>Asked for</dt>
        <dd>
          <Moment at={rollback.requested_at} />
        </dd>
        <dt>{rollback.ended_at ? 'Took' : 'Lasts'}</dt>
        <dd>
          <Lasting since={rollback.requested_at} until={rollback.ended_at} />
        </dd>
      </dl>
      {rollback.warnings && rollback.warnings.length > 0 && (
        <>
          <Text size="sm" fw={600} mt="sm">
            Does not come back by itself
          </Text>
          <List size="sm">
            {rollback.warnings.map((warning) => (
              <List.Item key={warning}>{warning}</List.Item>
            ))}
          </List>
        </>
      )}
    </Panel>
  );
}
