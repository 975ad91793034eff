import '../release/lifecycle.css';
import { Group, Stack, Text } from '@mantine/core';
import type { ReleaseView } from '../api/client';
import { LinkButton } from '../display/link-button';
import { StatusMark } from '../display/marks';
import { Panel } from '../display/page';
import { LifecycleStepper } from '../release/lifecycle-stepper';
import { ReleaseActions } from '../release/release-actions';
import { ReleaseFollow } from '../release/release-view';

/** How it goes: the same as on the release's own page. */
export const FollowStep = ({ release }: { release: ReleaseView }) => (
  <Stack gap="md">
    <Group justify="space-between" gap="xs">
      <Group gap="xs">
        <Text fw={650}>
          {release.service_name} {release.artifact_version} to {release.environment_name}
        </Text>
        <StatusMark release={release} />
      </Group>
      <Group gap="xs">
        <ReleaseActions release={release} />
        <LinkButton to="/releases/$id" params={{ id: release.release_id }} variant="default">
          Open its page
        </LinkButton>
      </Group>
    </Group>
    <Panel>
      <LifecycleStepper release={release} />
    </Panel>
    <ReleaseFollow release={release} />
  </Stack>
);
