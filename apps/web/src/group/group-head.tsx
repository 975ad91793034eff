import { Group, Text } from '@mantine/core';
import { IconArrowRight } from '@tabler/icons-react';
import type { GroupView } from '../api/client';
import { RiskMark, ToneMark } from '../display/marks';
import { Panel } from '../display/page';
import { Countdown } from '../display/times';
import { groupTitle } from './group-text';

/** What is about to go where together, with its risk and how long the preview holds. */
export const GroupHead = ({ group }: { group: GroupView }) => (
  <Panel>
    <Group justify="space-between" gap="xs">
      <Group gap="xs">
        <Text fw={650}>{groupTitle(group)}</Text>
        <IconArrowRight size={15} aria-label="to" />
        <Text fw={650}>{group.environment_name}</Text>
        <ToneMark tone={group.environment_type === 'production' ? 'wait' : 'neutral'}>{group.environment_type}</ToneMark>
        <Text size="sm" c="var(--quiet)">
          {group.members.length} services as one
        </Text>
      </Group>
      <Group gap="xs">
        <RiskMark risk={group.risk} />
        {group.status === 'previewed' && group.expires_at && (
          <Countdown to={group.expires_at} what="preview holds" over="preview expired" />
        )}
      </Group>
    </Group>
  </Panel>
);
