import { Skeleton, Stack } from '@mantine/core';
import { lazy, Suspense, useMemo, useState } from 'react';
import type { ReleaseView, TimelineEntry } from '../api/client';
import { hasEnded } from '../display/lifecycle';
import { canaryPoints } from './canary';
import { executionsOf, haveBegun } from './executions';
import { LogPanel, NothingRan } from './log-panel';
import { StepsPanel } from './steps-panel';
import { useReleaseLogs } from './use-release-logs';

const CanaryCharts = lazy(() => import('./canary-charts'));

/** What the executor does and says: steps, canary figures and log, as they come. */
export function ReleaseProgress({ release, entries }: { release: ReleaseView; entries: readonly TimelineEntry[] }) {
  const executions = useMemo(() => executionsOf(entries), [entries]);
  const points = useMemo(() => canaryPoints(executions), [executions]);
  const [step, setStep] = useState<string | null>(null);
  const ended = hasEnded(release);
  const begun = haveBegun(executions);
  const logs = useReleaseLogs({ id: release.release_id, runs: executions.length, begun, ended });
  return (
    <Stack gap="md">
      {executions
        .filter(({ steps }) => steps.length > 0)
        .map((execution) => (
          <StepsPanel key={execution.id} execution={execution} selected={step} onSelect={setStep} />
        ))}
      {points.length > 0 && (
        <Suspense fallback={<Skeleton height={210} />}>
          <CanaryCharts points={points} />
        </Suspense>
      )}
      {begun ? (
        <LogPanel
          {...logs}
          live={!ended}
          step={step}
          onStep={setStep}
          name={`${release.service_name}-${release.artifact_version}-${release.environment_name}`}
        />
      ) : (
        <NothingRan ended={ended} />
      )}
    </Stack>
  );
}
