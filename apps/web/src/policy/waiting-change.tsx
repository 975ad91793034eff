import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconChecklist } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { api, type EnvironmentView } from '../api/client';
import { ToneMark } from '../display/marks';

const TicketDrawer = lazy(() => import('../inbox/ticket-drawer').then(({ TicketDrawer: component }) => ({ default: component })));

/** A change of this policy that waits in the inbox: what it changes, and the decision, are opened here. */
export function WaitingChange({ environment }: { environment: EnvironmentView }) {
  const { project_id: project, environment_id: id } = environment;
  const [opened, setOpened] = useState<string>();
  const { data = [] } = useQuery({
    queryKey: ['tickets', 'policy', id],
    queryFn: async () => {
      const query = { project, environment: id, act: 'policy_change', status: 'pending', filter: 'all', limit: 5 } as const;
      return (await api.GET('/api/v1/approvals/inbox', { params: { query } })).data!.items;
    },
  });
  return (
    <>
      {data.map(({ ticket_id: ticket, requested_by: by }) => (
        <p key={ticket} className="waiting-change">
          <ToneMark tone="wait" icon={IconChecklist}>
            A change waits
          </ToneMark>{' '}
          asked for by {by}{' '}
          <Button size="compact-xs" variant="default" onClick={() => setOpened(ticket)}>
            Look at it, and decide
          </Button>
        </p>
      ))}
      {opened && (
        <Suspense fallback={null}>
          <TicketDrawer id={opened} onClose={() => setOpened(undefined)} />
        </Suspense>
      )}
    </>
  );
}
