import { Group, Text } from '@mantine/core';
import { IconArrowRight } from '@tabler/icons-react';
import type { ReleaseView } from '../api/client';
import { RiskMark, ToneMark } from '../display/marks';
import { Panel } from '../display/page';
import { Countdown } from '../display/times';
import { strategyText } from '../release/release-facts';

/** What is about to go where, in one line, with its risk and how long the preview holds. */
export const DraftHead = ({ release }: { release: ReleaseView }) => (
  <Panel>
    <Group justify="space-between" gap="xs">
      <Group gap="xs">
        <Text fw={650}>
          {release.service_name} {release.artifact_version}
        </Text>
        <IconArrowRight size={15} aria-label="to" />
        <Text fw={650}>
          {release.environment_name} / {release.target_name}
        </Text>
        <ToneMark tone={release.environment_type === 'production' ? 'wait' : 'neutral'}>{release.environment_type}</ToneMark>
        <Text size="sm" c="var(--quiet)">
          {strategyText(release.strategy)}
        </Text>
      </Group>
      <Group gap="xs">
        <RiskMark risk={release.risk} />
        {release.status === 'previewed' && release.expires_at && (
          <Countdown to={release.expires_at} what="preview holds" over="preview expired" />
        )}
      </Group>
    </Group>
  </Panel>
);
