import type { Icon } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { environmentsQuery } from '../api/queries';
import { SimpleTable } from '../settings/simple-table';
import { SubscriptionMark } from './delivery-marks';
import { ownerText, subscriptionsQuery, type Subscription } from './notification-queries';
import { SubscriptionActs } from './subscription-acts';
import { topicsText } from './topics';

interface SubscriptionTableProps {
  project: string;
  label: string;
  which: (subscription: Subscription) => boolean;
  /** The first cell: its name, and where it goes. */
  named: (subscription: Subscription) => ReactNode;
  empty: { icon: Icon; title: string; says: ReactNode };
  onDeliveries: (subscription: Subscription) => void;
}

/** Subscriptions: whose, told of what where, and whether it works. */
export function SubscriptionTable({ project, label, which, named, empty, onDeliveries }: SubscriptionTableProps) {
  const query = useQuery({ ...subscriptionsQuery, select: (all) => all.filter(which) });
  const { data: environments = [] } = useQuery(environmentsQuery(project));
  const placeText = ({ owner, projects, environments: ids }: Subscription): string => {
    const names = ids.map((id) => environments.find(({ environment_id: of }) => of === id)?.name ?? id);
    const where = owner.kind === 'project' || projects.length === 0 ? [] : [projects.join(', ')];
    return [...where, ...(names.length > 0 ? [names.join(', ')] : [])].join(' / ') || 'everywhere';
  };
  return (
    <SimpleTable<Subscription>
      query={query}
      label={label}
      columns={['Name', 'Whose', 'Told of', 'In', 'State']}
      rowKey={({ subscription_id: id }) => id}
      cells={(subscription) => [
        named(subscription),
        ownerText(subscription.owner),
        <span title={subscription.topics.join('\n')}>{topicsText(subscription.topics)}</span>,
        placeText(subscription),
        <SubscriptionMark subscription={subscription} />,
        <SubscriptionActs project={project} subscription={subscription} onDeliveries={() => onDeliveries(subscription)} />,
      ]}
      empty={empty}
    />
  );
}
