import { Select, Stack, Switch } from '@mantine/core';
import { useState } from 'react';
import { api } from '../api/client';
import { ConfirmAct } from '../display/confirm-act';
import type { Subscription } from './notification-queries';
import { useNoticeAct } from './use-notice-act';

const HOUR_MS = 3_600_000;
const RANGES = [
  { value: '1', label: 'the last hour' },
  { value: '24', label: 'the last day' },
  { value: '168', label: 'the last 7 days' },
  { value: '720', label: 'the last 30 days' },
];

/** Sends again what did not arrive, under the same ids; or all of it. */
export function ReplayMissed({ subscription, onClose }: { subscription: Subscription; onClose: () => void }) {
  const [hours, setHours] = useState('24');
  const [all, setAll] = useState(false);
  const path = { id: subscription.subscription_id };
  const replaying = useNoticeAct<void, unknown>(
    async () => {
      const since = new Date(Date.now() - Number(hours) * HOUR_MS).toISOString();
      const body = all ? { since, succeeded_too: true } : { since };
      return (await api.POST('/api/v1/notifications/subscriptions/{id}/replay', { params: { path }, body })).data!;
    },
    () => 'It is sent again; the deliveries show how that goes',
    onClose,
  );
  return (
    <ConfirmAct
      title={`Replay ${subscription.name}`}
      act="Replay"
      error={replaying.error}
      pending={replaying.isPending}
      onConfirm={() => replaying.mutate()}
      onClose={onClose}
    >
      <Stack gap="sm">
        <span>What failed or was held is sent again, under the same ids: a receiver that keeps them handles each once.</span>
        <Select label="Of" data={RANGES} value={hours} onChange={(value) => setHours(value ?? '24')} allowDeselect={false} />
        <Switch label="Also what did arrive" checked={all} onChange={({ currentTarget }) => setAll(currentTarget.checked)} />
      </Stack>
    </ConfirmAct>
  );
}
