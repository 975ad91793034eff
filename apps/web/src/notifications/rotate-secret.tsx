import { Select, Stack } from '@mantine/core';
import { useState } from 'react';
import { api } from '../api/client';
import { ConfirmAct } from '../display/confirm-act';
import type { IssuedSubscription, Subscription } from './notification-queries';
import { useNoticeAct } from './use-notice-act';
import { WebhookSecret } from './webhook-secret';

const OVERLAPS = [
  { value: '0', label: 'not at all: the old one is known to others' },
  { value: '3600', label: 'an hour' },
  { value: '86400', label: 'a day' },
  { value: '604800', label: 'a week' },
];

/** A new signing secret, shown once; the old one signs as well until receivers have the new one. */
export function RotateSecret({ subscription, onClose }: { subscription: Subscription; onClose: () => void }) {
  const [overlap, setOverlap] = useState('86400');
  const path = { id: subscription.subscription_id };
  const rotating = useNoticeAct<void, IssuedSubscription>(
    async () =>
      (
        await api.POST('/api/v1/notifications/subscriptions/{id}/secret', {
          params: { path },
          body: { overlap_s: Number(overlap) },
        })
      ).data!,
    () => undefined,
  );
  if (rotating.data) return <WebhookSecret issued={rotating.data} onClose={onClose} />;
  return (
    <ConfirmAct
      title={`A new secret for ${subscription.name}`}
      act="Rotate"
      error={rotating.error}
      pending={rotating.isPending}
      onConfirm={() => rotating.mutate()}
      onClose={onClose}
    >
      <Stack gap="sm">
        <span>
          Deliveries carry the signatures of both for a while, so that nothing is refused while you give the new one to the receiver.
        </span>
        <Select
          label="The old one signs as well for"
          data={OVERLAPS}
          value={overlap}
          onChange={(value) => setOverlap(value ?? '86400')}
          allowDeselect={false}
        />
      </Stack>
    </ConfirmAct>
  );
}
