import { Button, Group, Text, Textarea } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconArrowRight } from '@tabler/icons-react';
import { Problem } from '../display/problem';

interface PreviewRequestProps {
  reason: string;
  onReason: (reason: string) => void;
  /** The typing has stopped; undefined where nothing is left of it. */
  onWritten: (reason: string | undefined) => void;
  mayApply: boolean;
  previewing: { error: Error | null; isPending: boolean };
  ready: boolean;
  note?: string;
}

/** The end of what asks for a preview, of one service or of several: why, and the button that sends it. */
export function PreviewRequest({ reason, onReason, onWritten, mayApply, previewing, ready, note }: PreviewRequestProps) {
  const settle = useDebouncedCallback((written: string) => onWritten(written.trim() || undefined), 300);
  return (
    <>
      <Textarea
        label="Reason"
        description="Why: approvers read it, and the record keeps it"
        autosize
        minRows={2}
        maxLength={1000}
        value={reason}
        onChange={(event) => {
          onReason(event.currentTarget.value);
          settle(event.currentTarget.value);
        }}
        onBlur={() => settle.flush()}
      />
      {previewing.error && <Problem error={previewing.error} what="There is no preview of this" />}
      {!mayApply && (
        <Text size="sm" c="var(--quiet)">
          Previewing takes deploy:release:apply, which you do not have; ask the project’s owner.
        </Text>
      )}
      <Group>
        <Button type="submit" disabled={!ready} loading={previewing.isPending} rightSection={<IconArrowRight size={16} aria-hidden />}>
          Preview
        </Button>
        <Text size="xs" c="var(--quiet)">
          {note ?? 'A preview changes nothing.'}
        </Text>
      </Group>
    </>
  );
}
