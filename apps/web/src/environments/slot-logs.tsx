import { Select, Skeleton, Text } from '@mantine/core';
import { lazy, Suspense, useMemo, useState } from 'react';
import { zone } from '../display/format';
import { ToneMark } from '../display/marks';
import { Problem } from '../display/problem';
import { writersOf } from '../release/log-line';
import { useSlotLogs } from './use-slot-logs';

const LogText = lazy(() => import('../release/log-text'));
const ALL = '';

/** What the workloads of a slot write, live, with their colours; searchable, of one replica or all. */
export function SlotLogs({ id }: { id: string }) {
  const { lines, error, following } = useSlotLogs(id);
  const [replica, setReplica] = useState(ALL);
  const replicas = useMemo(() => writersOf(lines).sort(), [lines]);
  const shown = useMemo(() => (replica === ALL ? lines : lines.filter(({ by }) => by === replica)), [lines, replica]);
  const timed = shown.find(({ at }) => at !== null)?.at;
  return (
    <>
      <div className="slot-tools">
        <Select
          aria-label="Replica"
          size="xs"
          w={220}
          value={replica}
          onChange={(value) => setReplica(value ?? ALL)}
          data={[{ value: ALL, label: 'All replicas' }, ...replicas.map((name) => ({ value: name, label: name }))]}
          allowDeselect={false}
        />
        <ToneMark tone={following ? 'ok' : 'neutral'} plain>
          {following ? 'following' : 'connecting'}
        </ToneMark>
        {timed && (
          <Text size="xs" c="var(--quiet)">
            Times in {zone(timed)}
          </Text>
        )}
      </div>
      {Boolean(error) && <Problem error={error} what="The log could not be followed" />}
      {shown.length === 0 ? (
        <Text size="sm" c="var(--quiet)" py="sm">
          Nothing is written yet; lines appear here as they are.
        </Text>
      ) : (
        <Suspense fallback={<Skeleton height={340} mt="xs" />}>
          <LogText lines={shown} follow ofOne={replica !== ALL} />
        </Suspense>
      )}
    </>
  );
}
