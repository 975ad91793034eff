import { Collapse, Group, Text, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import type { ReleaseView } from '../api/client';
import { Copyable } from '../display/copyable';
import { Panel } from '../display/page';

/** Why the release is where it is: a summary for people, the payload for programs. */
export function DiagnosticsPanel({ release }: { release: Pick<ReleaseView, 'diagnostics_json'> }) {
  const [opened, { toggle }] = useDisclosure(false);
  const diagnostics = release.diagnostics_json;
  if (!diagnostics) return null;
  const raw = JSON.stringify(diagnostics, null, 2);
  const Chevron = opened ? IconChevronDown : IconChevronRight;
  return (
    <Panel title="Diagnostics">
      <Text size="sm" fw={600}>
        {diagnostics.summary}
      </Text>
      <Text size="xs" c="var(--quiet)" mt={2}>
        {diagnostics.outcome === 'failed' ? 'The release is bad' : `Outcome: ${diagnostics.outcome}`}
        {diagnostics.step && ` · at step ${diagnostics.step}`}
      </Text>
      <Group justify="space-between" mt="sm">
        <UnstyledButton onClick={toggle} aria-expanded={opened} fz="xs">
          <Group gap={4}>
            <Chevron size={14} aria-hidden /> Raw payload
          </Group>
        </UnstyledButton>
        {opened && <Copyable value={raw} label="diagnostics" shown="" />}
      </Group>
      <Collapse expanded={opened}>
        <pre className="raw" tabIndex={0} aria-label="Raw diagnostics">
          {raw}
        </pre>
      </Collapse>
    </Panel>
  );
}
