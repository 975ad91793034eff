import { Select, Skeleton, Text } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { ToneMark } from '../display/marks';
import { Problem } from '../display/problem';
import { useWriter } from '../log/use-writer';
import { useSlotLogs } from './use-slot-logs';

const LogText = lazy(() => import('../log/log-text'));
const ALL = '';

/** What the workloads of a slot write, live, with their colours; searchable, of one replica or all. */
export function SlotLogs({ id }: { id: string }) {
  const { log, error, following } = useSlotLogs(id);
  const [replica, setReplica] = useState<string | null>(null);
  const lines = useWriter(log.lines, replica);
  return (
    <>
      <div className="slot-tools">
        <Select
          aria-label="Replica"
          size="xs"
          w={220}
          value={replica ?? ALL}
          onChange={(value) => setReplica(value || null)}
          data={[{ value: ALL, label: 'All replicas' }, ...[...log.writers].sort()]}
          allowDeselect={false}
        />
        <ToneMark tone={following ? 'ok' : 'neutral'} plain>
          {following ? 'following' : 'connecting'}
        </ToneMark>
        <Text size="xs" c="var(--quiet)">
          Times are UTC.
        </Text>
      </div>
      {Boolean(error) && <Problem error={error} what="The log could not be followed" />}
      {lines.length === 0 ? (
        <Text size="sm" c="var(--quiet)" py="sm">
          Nothing is written yet; lines appear here as they are.
        </Text>
      ) : (
        <Suspense fallback={<Skeleton height={340} mt="xs" />}>
          <LogText lines={lines} attributed={replica === null} follow />
        </Suspense>
      )}
    </>
  );
}
