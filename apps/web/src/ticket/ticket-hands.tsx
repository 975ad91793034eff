import { Autocomplete, Button, Group, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, type TicketView } from '../api/client';
import { Problem } from '../display/problem';
import { refreshKind } from '../live/refreshed-lists';
import { useMay, useSession } from '../session/session';
import { deciderQuery } from './people-query';

type Act = { readonly kind: 'assign'; readonly to: string | null } | { readonly kind: 'delegate'; readonly to: string };

const said = (act: Act): string =>
  act.kind === 'delegate' ? `${act.to} may decide in your place` : act.to === null ? 'Nobody is assigned now' : `${act.to} looks at it`;

/** Who looks at a ticket, and who decides in one's own place. */
export function TicketHands({ ticket }: { ticket: TicketView }) {
  const session = useSession();
  const queries = useQueryClient();
  const place = { project: ticket.project_id, environment: ticket.environment_id };
  const may = useMay('deploy:approval:review', place);
  const [to, setTo] = useState('');
  const people = useQuery({ ...deciderQuery(ticket), enabled: may }).data ?? [];
  const acting = useMutation({
    mutationFn: async (act: Act) => {
      const params = { path: { id: ticket.ticket_id } };
      return act.kind === 'assign'
        ? (await api.POST('/api/v1/approvals/inbox/{id}/assign', { params, body: { assignee: act.to } })).data!
        : (await api.POST('/api/v1/approvals/inbox/{id}/delegate', { params, body: { to: act.to } })).data!;
    },
    onSuccess: (changed, act) => {
      queries.setQueryData(['ticket', changed.ticket_id], changed);
      void refreshKind(queries, 'tickets', new Set([changed.ticket_id]));
      notifications.show({ message: said(act) });
      setTo('');
    },
  });
  if (!may || !session || ticket.status !== 'pending') return null;
  const person = to.trim();
  const others = people.filter((name) => name !== session.actor_id);
  return (
    <Stack gap="xs">
      <Text size="sm" component="div">
        {ticket.assignee === null ? (
          'Nobody is assigned.'
        ) : (
          <>
            Looked at by <b>{ticket.assignee}</b>.
          </>
        )}
        {ticket.delegates.length > 0 && ` May decide in somebody’s place: ${ticket.delegates.join(', ')}.`}
      </Text>
      <Group gap="xs" align="flex-end">
        <Autocomplete label="Somebody else" size="xs" w={220} data={others} value={to} onChange={setTo} spellCheck={false} />
        <Button size="xs" variant="default" disabled={person === ''} onClick={() => acting.mutate({ kind: 'assign', to: person })}>
          Assign
        </Button>
        <Button size="xs" variant="default" disabled={person === ''} onClick={() => acting.mutate({ kind: 'delegate', to: person })}>
          Delegate
        </Button>
        {ticket.assignee !== session.actor_id && (
          <Button size="xs" variant="subtle" onClick={() => acting.mutate({ kind: 'assign', to: session.actor_id })}>
            Assign to me
          </Button>
        )}
        {ticket.assignee !== null && (
          <Button size="xs" variant="subtle" onClick={() => acting.mutate({ kind: 'assign', to: null })}>
            Unassign
          </Button>
        )}
      </Group>
      <Text size="xs" c="var(--quiet)">
        Assigning says who looks at it; delegating lets them decide in your place, if they may decide here: the two of you have one
        approval.
      </Text>
      {acting.error && <Problem error={acting.error} what="It was refused" />}
    </Stack>
  );
}
