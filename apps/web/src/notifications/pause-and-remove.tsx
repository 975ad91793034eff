import { api } from '../api/client';
import { ConfirmAct } from '../display/confirm-act';
import { isProgram, type Subscription } from './notification-queries';
import { useNoticeAct } from './use-notice-act';

interface AskedProps {
  subscription: Subscription;
  onClose: () => void;
}

export function PauseSubscription({ subscription, onClose }: AskedProps) {
  const params = { path: { id: subscription.subscription_id } };
  const pausing = useNoticeAct(
    async (reason: string) =>
      (await api.POST('/api/v1/notifications/subscriptions/{id}/pause', { params, body: reason ? { reason } : {} })).data!,
    ({ name }) => `${name} is paused`,
    onClose,
  );
  return (
    <ConfirmAct
      title={`Pause ${subscription.name}`}
      act="Pause"
      reason={{ label: 'Reason' }}
      error={pausing.error}
      pending={pausing.isPending}
      onConfirm={(reason) => pausing.mutate(reason)}
      onClose={onClose}
    >
      Nothing is sent until somebody resumes it. What happens meanwhile is held, and a replay sends it.
    </ConfirmAct>
  );
}

export function RemoveSubscription({ subscription, onClose }: AskedProps) {
  const path = { id: subscription.subscription_id };
  const removing = useNoticeAct(
    async (reason: string) =>
      (await api.DELETE('/api/v1/notifications/subscriptions/{id}', { params: { path, query: reason ? { reason } : {} } })).data!,
    ({ name }) => `${name} is removed`,
    onClose,
  );
  return (
    <ConfirmAct
      title={`Remove ${subscription.name}`}
      act="Remove"
      danger
      reason={{ label: 'Reason' }}
      error={removing.error}
      pending={removing.isPending}
      onConfirm={(reason) => removing.mutate(reason)}
      onClose={onClose}
    >
      {isProgram(subscription) ? `Nothing more is sent to ${subscription.endpoint}; its secret is forgotten.` : 'No more mail by it.'}
    </ConfirmAct>
  );
}
