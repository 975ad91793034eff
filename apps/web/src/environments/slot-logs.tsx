import { Select, Skeleton, Text } from '@mantine/core';
import { lazy, Suspense, useMemo, useState } from 'react';
import { ToneMark } from '../display/marks';
import { Problem } from '../display/problem';
import { growing } from '../release/growing';
import { useSlotLogs, type SlotLogLine } from './use-slot-logs';

const LogText = lazy(() => import('../release/log-text'));
const ALL = '';

/** A line as it is shown; undefined where it is of another replica than the wanted one. */
function textOf({ at, replica, line }: SlotLogLine, wanted: string): string | undefined {
  if (wanted !== ALL && replica !== wanted) return undefined;
  return `${at ? `${at.slice(11, 23)}  ` : ''}${wanted === ALL ? `${replica} · ` : ''}${line}`;
}

/** What the workloads of a slot write, live, with their colours; searchable, of one replica or all. */
export function SlotLogs({ id }: { id: string }) {
  const { lines, error, following } = useSlotLogs(id);
  const [replica, setReplica] = useState(ALL);
  const replicas = useMemo(() => [...new Set(lines.map((line) => line.replica))].sort(), [lines]);
  const made = useMemo(() => growing((line: SlotLogLine) => textOf(line, replica)), [replica]);
  const text = useMemo(() => made(lines), [made, lines]);
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
        <Text size="xs" c="var(--quiet)">
          Times are UTC.
        </Text>
      </div>
      {Boolean(error) && <Problem error={error} what="The log could not be followed" />}
      {text.length === 0 ? (
        <Text size="sm" c="var(--quiet)" py="sm">
          Nothing is written yet; lines appear here as they are.
        </Text>
      ) : (
        <Suspense fallback={<Skeleton height={340} mt="xs" />}>
          <LogText lines={text} follow />
        </Suspense>
      )}
    </>
  );
}
