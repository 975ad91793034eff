import { ActionIcon, CopyButton, Group } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';

/** An id or digest, shortened to read, whole to copy. */
export function Copyable({ value, label, shown }: { value: string; label: string; shown?: string }) {
  return (
    <Group gap={2} wrap="nowrap" className="copyable" display="inline-flex">
      <code title={value}>{shown ?? value}</code>
      <CopyButton value={value}>
        {({ copied, copy }) => (
          <ActionIcon size="xs" variant="subtle" color="gray" onClick={copy} aria-label={copied ? `${label} copied` : `Copy ${label}`}>
            {copied ? <IconCheck size={12} /> : <IconCopy size={12} />}
          </ActionIcon>
        )}
      </CopyButton>
    </Group>
  );
}
