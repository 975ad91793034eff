import { List, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { ReleaseView } from '../api/client';
import { sentence } from '../display/format';
import type { Tone } from '../display/lifecycle';
import { ToneMark } from '../display/marks';
import { Panel } from '../display/page';
import { Lasting, Moment } from '../display/times';

type Rollback = NonNullable<ReleaseView['rollback']>;
const ROLLBACK_TONE: Readonly<Record<Rollback['status'], Tone>> = {
  pending_approval: 'wait',
  requested: 'undo',
  rolling_back: 'undo',
  completed: 'ok',
  failed: 'bad',
  rejected: 'bad',
};

interface RollbackFactsProps {
  title: string;
  rollback: Pick<Rollback, 'status' | 'automatic' | 'requested_by' | 'reason' | 'requested_at' | 'ended_at'>;
  /** Why it began by itself. */
  because: string;
  /** Where it leads: a term and its description. */
  leads: ReactNode;
  children?: ReactNode;
}

/** Where a rollback came from, where it leads, and how it ended. */
export const RollbackFacts = ({ title, rollback, because, leads, children }: RollbackFactsProps) => (
  <Panel title={title} aside={<ToneMark tone={ROLLBACK_TONE[rollback.status]}>{sentence(rollback.status)}</ToneMark>}>
    <dl className="facts">
      <dt>Origin</dt>
      <dd>{rollback.automatic ? `Automatic: ${because}` : `Asked for by ${rollback.requested_by}`}</dd>
      {rollback.reason && (
        <>
          <dt>Reason</dt>
          <dd>{rollback.reason}</dd>
        </>
      )}
      {leads}
      <dt>Asked for</dt>
      <dd>
        <Moment at={rollback.requested_at} />
      </dd>
      <dt>{rollback.ended_at ? 'Took' : 'Lasts'}</dt>
      <dd>
        <Lasting since={rollback.requested_at} until={rollback.ended_at} />
      </dd>
    </dl>
    {children}
  </Panel>
);

/** A release's rollback to the version before it. */
export const RollbackPanel = ({ rollback }: { rollback: Rollback }) => (
  <RollbackFacts
    title="Rollback"
    rollback={rollback}
    because="the release failed its verification"
    leads={
      <>
        <dt>Back to</dt>
        <dd>
          <Link to="/releases/$id" params={{ id: rollback.to_release_id }} className="quiet-link">
            {rollback.to_artifact_version}
          </Link>
        </dd>
      </>
    }
  >
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
  </RollbackFacts>
);
