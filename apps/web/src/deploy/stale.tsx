import { Button, Group } from '@mantine/core';
import { IconClockX, IconRefresh } from '@tabler/icons-react';
import type { ReleaseView } from '../api/client';
import { useByNow } from '../display/clock';
import { Notice } from '../display/notice';

/** A draft of one release or of several: whether it still holds. */
type Draft = Pick<ReleaseView, 'status' | 'expires_at' | 'diagnostics_json'>;

function staleBecause({ status, diagnostics_json: why }: Draft): string {
  if (status !== 'superseded') return 'This preview has expired';
  return why?.summary ?? 'A newer release took its place';
}

/** Whether a draft can no longer be applied, told by the clock before the platform says so itself. */
export function useIsStale(draft: Draft): boolean {
  return useByNow((now) => draft.status !== 'previewed' || (draft.expires_at !== null && Date.parse(draft.expires_at) <= now));
}

interface Again {
  isPending: boolean;
  mutate: () => void;
}

/** Says that a draft no longer holds, and makes it again in one press. */
export const StaleAlert = ({ draft, again }: { draft: Draft; again: Again }) => (
  <Notice icon={IconClockX} title={staleBecause(draft)}>
    <Group gap="sm">
      It no longer says what would happen.
      <Button size="xs" leftSection={<IconRefresh size={14} aria-hidden />} loading={again.isPending} onClick={() => again.mutate()}>
        Preview again
      </Button>
    </Group>
  </Notice>
);
