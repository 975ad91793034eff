import { Select, Skeleton, Text } from '@mantine/core';
import { lazy, Suspense, useMemo } from 'react';
import { Panel } from '../display/page';
import { Problem } from '../display/problem';
import { sentence } from '../display/format';
import type { LogEntry } from './use-release-logs';

const LogText = lazy(() => import('./log-text'));
const ALL = '';

interface LogPanelProps {
  lines: readonly LogEntry[];
  error: unknown;
  live: boolean;
  step: string | null;
  onStep: (step: string | null) => void;
}

/** The log of a release's steps, with colours and search; one step's lines, or all. */
export function LogPanel({ lines, error, live, step, onStep }: LogPanelProps) {
  const steps = useMemo(() => [...new Set(lines.map((line) => line.step).filter((name) => name !== null))], [lines]);
  const text = useMemo(() => {
    const wanted = step === null ? lines : lines.filter((line) => line.step === step);
    return wanted.map(({ at, step: of, line }) => `${at.slice(11, 23)}  ${step === null && of ? `${of} · ` : ''}${line}`).join('\n');
  }, [lines, step]);
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
          data={[{ value: ALL, label: 'All steps' }, ...steps.map((name) => ({ value: name, label: sentence(name.replaceAll('-', ' ')) }))]}
          allowDeselect={false}
        />
      }
    >
      {Boolean(error) && <Problem error={error} what="The log could not be read" />}
      {text === '' ? (
        <Text size="sm" c="var(--quiet)" p="md">
          {live ? 'Lines appear here as the steps write them. Times are UTC.' : 'No step has written a line. Logs are kept for 30 days.'}
        </Text>
      ) : (
        <Suspense fallback={<Skeleton height={320} />}>
          <LogText text={text} follow={live} />
        </Suspense>
      )}
    </Panel>
  );
}
