import { Group, Stack, Text } from '@mantine/core';
import type { GroupView } from '../api/client';
import { LinkButton } from '../display/link-button';
import { StatusMark } from '../display/marks';
import { Panel } from '../display/page';
import { LifecycleStepper } from '../release/lifecycle-stepper';
import { GroupActions } from './group-actions';
import { GroupFollow } from './group-follow';
import { asTravelled, groupTitle } from './group-text';

/** How it goes: the same as on the group's own page. */
export const GroupFollowStep = ({ group }: { group: GroupView }) => (
  <Stack gap="md">
    <Group justify="space-between" gap="xs">
      <Group gap="xs">
        <Text fw={650}>
          {groupTitle(group)} to {group.environment_name}
        </Text>
        <StatusMark release={{ status: group.status, paused: false }} />
      </Group>
      <Group gap="xs">
        <GroupActions group={group} />
        <LinkButton to="/groups/$id" params={{ id: group.group_id }} variant="default">
          Open its page
        </LinkButton>
      </Group>
    </Group>
    <Panel>
      <LifecycleStepper release={asTravelled(group)} />
    </Panel>
    <GroupFollow group={group} />
  </Stack>
);
