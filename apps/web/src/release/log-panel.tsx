import { Select, Skeleton, Text } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { Panel } from '../display/page';
import { Problem } from '../display/problem';
import { sentence } from '../display/format';
import { useWriter } from '../log/use-writer';
import { useReleaseLogs } from './use-release-logs';

const LogText = lazy(() => import('../log/log-text'));
const ALL = '';

interface LogPanelProps {
  /** The release's id. */
  of: string;
  live: boolean;
  step: string | null;
  onStep: (step: string | null) => void;
}

/** The log of a release's steps, with colours and search; one step's lines, or all. */
export function LogPanel({ of, live, step, onStep }: LogPanelProps) {
  const { log, error } = useReleaseLogs(of, !live);
  const lines = useWriter(log.lines, step);
  return (
    <Panel
      title="Log, times in UTC"
      flush
      aside={
        <Select
          aria-label="Step of the log"
          size="xs"
          w={180}
          value={step ?? ALL}
          onChange={(value) => onStep(value || null)}
          data={[
            { value: ALL, label: 'All steps' },
            ...log.writers.map((name) => ({ value: name, label: sentence(name.replaceAll('-', ' ')) })),
          ]}
          allowDeselect={false}
        />
      }
    >
      {Boolean(error) && <Problem error={error} what="The log could not be read" />}
      {lines.length === 0 ? (
        <Text size="sm" c="var(--quiet)" p="md">
          {live ? 'Lines appear here as the steps write them. Times are UTC.' : 'No step has written a line. Logs are kept for 30 days.'}
        </Text>
      ) : (
        <Suspense fallback={<Skeleton height={320} />}>
          <LogText lines={lines} attributed={step === null} follow={live} />
        </Suspense>
      )}
    </Panel>
  );
}
