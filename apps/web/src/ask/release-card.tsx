import '../release/lifecycle.css';
import { Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { releaseQuery, timelineQuery } from '../api/queries';
import { StatusMark } from '../display/marks';
import { Panel, Rows } from '../display/page';
import { Problem } from '../display/problem';
import { DiagnosticsPanel } from '../release/diagnostics-panel';
import { LifecycleStepper } from '../release/lifecycle-stepper';
import { TimelinePanel } from '../release/timeline-panel';

/** A release that an answer speaks of: where it stands now; whole, with why and its timeline. */
export function ReleaseCard({ id, whole }: { id: string; whole?: boolean }) {
  const { data: release, error, refetch } = useQuery(releaseQuery(id));
  if (error && !release) return <Problem error={error} what="The release could not be shown" onRetry={() => void refetch()} />;
  if (!release) return <Rows count={1} />;
  return (
    <Stack gap="md">
      <Panel>
        <Group justify="space-between" gap="xs" mb={whole ? 'sm' : 0}>
          <Group gap="xs">
            <Text fw={650} size="sm">
              {release.service_name} {release.artifact_version} to {release.environment_name}
            </Text>
            <StatusMark release={release} />
          </Group>
          <Link to="/releases/$id" params={{ id }} className="panel-link">
            Open its page
          </Link>
        </Group>
        {whole && <LifecycleStepper release={release} />}
      </Panel>
      {whole && <DiagnosticsPanel release={release} />}
      {whole && <ReleaseTimeline id={id} />}
    </Stack>
  );
}

function ReleaseTimeline({ id }: { id: string }) {
  const { data: entries, error } = useQuery(timelineQuery(id));
  if (error && !entries) return <Problem error={error} what="The timeline could not be read" />;
  return entries ? <TimelinePanel entries={entries} /> : <Rows count={3} />;
}
