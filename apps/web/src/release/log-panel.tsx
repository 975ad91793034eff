import { Select, Skeleton, Text } from '@mantine/core';
import { lazy, Suspense, useMemo } from 'react';
import { Panel } from '../display/page';
import { Problem } from '../display/problem';
import { sentence } from '../display/format';
import { growing } from './growing';
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

function stepsOf(lines: readonly LogEntry[]): string[] {
  const steps = new Set<string>();
  for (const { step } of lines) if (step !== null) steps.add(step);
  return [...steps];
}

/** A line as it is shown; undefined where it is of another step than the wanted one. */
function textOf({ at, step, line }: LogEntry, wanted: string | null): string | undefined {
  if (wanted !== null) return step === wanted ? `${at.slice(11, 23)}  ${line}` : undefined;
  return `${at.slice(11, 23)}  ${step ? `${step} · ` : ''}${line}`;
}

/** The log of a release's steps, with colours and search; one step's lines, or all. */
export function LogPanel({ lines, error, live, step, onStep }: LogPanelProps) {
  const steps = useMemo(() => stepsOf(lines), [lines]);
  const made = useMemo(() => growing((line: LogEntry) => textOf(line, step)), [step]);
  const text = useMemo(() => made(lines), [made, lines]);
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
      {text.length === 0 ? (
        <Text size="sm" c="var(--quiet)" p="md">
          {live ? 'Lines appear here as the steps write them. Times are UTC.' : 'No step has written a line. Logs are kept for 30 days.'}
        </Text>
      ) : (
        <Suspense fallback={<Skeleton height={320} />}>
          <LogText lines={text} follow={live} />
        </Suspense>
      )}
    </Panel>
  );
}
