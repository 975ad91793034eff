import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { DeliveryLog } from './delivery-log';
import { subscriptionsQuery } from './notification-queries';

/** Which subscription's deliveries are open is in the address: a link shows them, and so does a reload. */
export function useOpenDeliveries() {
  const navigate = useNavigate({ from: '/settings' });
  return (subscription: string | undefined) => void navigate({ search: (before) => ({ ...before, subscription }) });
}

export function OpenedDeliveries() {
  const { subscription: id } = useSearch({ from: '/inside/settings' });
  const { data } = useQuery(subscriptionsQuery);
  const open = useOpenDeliveries();
  const subscription = data?.find(({ subscription_id: of }) => of === id);
  return subscription ? <DeliveryLog subscription={subscription} onClose={() => open(undefined)} /> : null;
}
