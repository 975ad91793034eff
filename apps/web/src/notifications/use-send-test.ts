import { api } from '../api/client';
import type { Subscription } from './notification-queries';
import { useNoticeAct } from './use-notice-act';

/** Sends a test to where a subscription goes; how it went is seen in its deliveries. */
export const useSendTest = ({ subscription_id: id }: Subscription, onSent?: () => void) =>
  useNoticeAct<void, unknown>(
    async () => (await api.POST('/api/v1/notifications/subscriptions/{id}/ping', { params: { path: { id } }, body: {} })).data!,
    () => 'A test is on its way',
    onSent,
  );
