import { Text } from '@mantine/core';
import { IconLock, IconLockOpen } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { EnvironmentView } from '../api/client';
import { lockQuery } from '../api/queries';
import { ToneMark } from '../display/marks';
import { Panel, Rows } from '../display/page';
import { Problem } from '../display/problem';
import { Lasting, Moment } from '../display/times';

/** Who holds the environment, why, since when, when last heard of, and what blocks. */
export function LockPanel({ environment }: { environment: EnvironmentView }) {
  const { data: lock, error, refetch } = useQuery(lockQuery(environment.environment_id));
  return (
    <Panel
      title="Lock"
      aside={
        lock &&
        (lock.held ? (
          <ToneMark tone="run" icon={IconLock}>
            Held
          </ToneMark>
        ) : (
          <ToneMark tone="ok" icon={IconLockOpen}>
            Free
          </ToneMark>
        ))
      }
    >
      {error && !lock ? (
        <Problem error={error} what="The lock could not be read" onRetry={() => void refetch()} />
      ) : !lock ? (
        <Rows count={2} />
      ) : lock.held ? (
        <dl className="facts">
          <dt>Holder</dt>
          <dd>{lock.holder}</dd>
          <dt>Reason</dt>
          <dd>{lock.reason ?? 'not given'}</dd>
          {lock.acquired_at && (
            <>
              <dt>Age</dt>
              <dd>
                <Lasting since={lock.acquired_at} />
              </dd>
            </>
          )}
          {lock.heartbeat_at && (
            <>
              <dt>Heartbeat</dt>
              <dd>
                <Moment at={lock.heartbeat_at} relative />
              </dd>
            </>
          )}
          {lock.release_id && (
            <>
              <dt>For</dt>
              <dd>
                <Link to="/releases/$id" params={{ id: lock.release_id }}>
                  the release that holds it
                </Link>
              </dd>
            </>
          )}
        </dl>
      ) : (
        <Text size="sm" c="var(--quiet)">
          Nothing runs against this environment now. One execution at a time holds it.
        </Text>
      )}
    </Panel>
  );
}
