import { Button, Group, Select, Skeleton, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { lazy, Suspense, useMemo } from 'react';
import { download } from '../display/download';
import { Panel } from '../display/page';
import { Problem } from '../display/problem';
import { sentence, zone } from '../display/format';
import { fileOf, writersOf, type LogLine } from './log-line';

const LogText = lazy(() => import('./log-text'));
const ALL = '';

interface LogPanelProps {
  lines: readonly LogLine[];
  error: unknown;
  live: boolean;
  step: string | null;
  onStep: (step: string | null) => void;
  /** Of the file in which it is downloaded. */
  name: string;
}

/** The log of a release's steps, with colours and search; one step's lines, or all. */
export function LogPanel({ lines, error, live, step, onStep, name }: LogPanelProps) {
  const shown = useMemo(() => (step === null ? lines : lines.filter(({ by }) => by === step)), [lines, step]);
  const first = shown[0];
  return (
    <Panel
      title={first?.at ? `Log, times in ${zone(first.at)}` : 'Log'}
      flush
      aside={
        <Group gap="xs">
          <StepSelect lines={lines} step={step} onStep={onStep} />
          <Button
            size="xs"
            variant="default"
            leftSection={<IconDownload size={14} aria-hidden />}
            disabled={shown.length === 0}
            onClick={() => download(`${name}.log`, 'text/plain', fileOf(shown))}
          >
            Download
          </Button>
        </Group>
      }
    >
      {Boolean(error) && <Problem error={error} what="The log could not be read" />}
      {shown.length === 0 ? (
        <Text size="sm" c="var(--quiet)" p="md">
          {live ? 'Lines appear here as the steps write them.' : 'No step has written a line. Logs are kept for 30 days.'}
        </Text>
      ) : (
        <Suspense fallback={<Skeleton height={320} />}>
          <LogText lines={shown} follow={live} ofOne={step !== null} />
        </Suspense>
      )}
    </Panel>
  );
}

function StepSelect({ lines, step, onStep }: Pick<LogPanelProps, 'lines' | 'step' | 'onStep'>) {
  const steps = useMemo(() => writersOf(lines), [lines]);
  return (
    <Select
      aria-label="Step of the log"
      size="xs"
      w={180}
      value={step ?? ALL}
      onChange={(value) => onStep(value || null)}
      data={[{ value: ALL, label: 'All steps' }, ...steps.map((name) => ({ value: name, label: sentence(name.replaceAll('-', ' ')) }))]}
      allowDeselect={false}
    />
  );
}

/** In place of a log before anything was begun. */
export const NothingRan = ({ ended }: { ended: boolean }) => (
  <Panel title="Log">
    <Text size="sm" c="var(--quiet)">
      {ended ? 'Nothing was run.' : 'Nothing has run yet. What the steps write is shown here once they do.'}
    </Text>
  </Panel>
);
