import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { IconChecklist } from '@tabler/icons-react';
import { api, type EnvironmentView } from '../api/client';
import { ToneMark } from '../display/marks';

/** A change of this policy that waits in the inbox, with the way to its ticket. */
export function WaitingChange({ environment }: { environment: EnvironmentView }) {
  const { project_id: project, environment_id: id } = environment;
  const { data = [] } = useQuery({
    queryKey: ['tickets', 'policy', id],
    queryFn: async () => {
      const query = { project, environment: id, act: 'policy_change', status: 'pending', filter: 'all', limit: 5 } as const;
      return (await api.GET('/api/v1/approvals/inbox', { params: { query } })).data!.items;
    },
  });
  return data.map(({ ticket_id: ticket, requested_by: by }) => (
    <p key={ticket} className="waiting-change">
      <ToneMark tone="wait" icon={IconChecklist}>
        A change waits
      </ToneMark>{' '}
      <Link to="/inbox" search={{ tab: 'all', ticket }}>
        asked for by {by}: open its ticket
      </Link>
    </p>
  ));
}
