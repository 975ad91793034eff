import { Button, Group, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconBan, IconCheck } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, type TicketView } from '../api/client';
import { Problem } from '../display/problem';
import { refreshKind } from '../live/refreshed-lists';
import { useMay, useSession } from '../session/session';
import { CommentField } from './comment-field';
import { whyNotMine } from './may-decide';

export type Decision = 'approve' | 'reject';

/** Sends a decision. @throws ApiError with the reason of a refusal */
export async function decide(ticket: string, decision: Decision, comment: string): Promise<TicketView> {
  const request = { params: { path: { id: ticket } }, body: comment.trim() ? { comment: comment.trim() } : {} };
  const answer =
    decision === 'approve'
      ? await api.POST('/api/v1/approvals/inbox/{id}/approve', request)
      : await api.POST('/api/v1/approvals/inbox/{id}/reject', request);
  return answer.data!;
}

/** Approve and reject with a comment: the same wherever a ticket shows. */
export function TicketDecision({ ticket, onDecided }: { ticket: TicketView; onDecided?: () => void }) {
  const session = useSession();
  const queries = useQueryClient();
  const [comment, setComment] = useState('');
  const deciding = useMutation({
    mutationFn: (decision: Decision) => decide(ticket.ticket_id, decision, comment),
    onSuccess: (decided, decision) => {
      queries.setQueryData(['ticket', decided.ticket_id], decided);
      void refreshKind(queries, 'tickets', new Set([decided.ticket_id]));
      notifications.show({ message: decision === 'approve' ? `Approved: ${ticket.title}` : `Rejected: ${ticket.title}` });
      onDecided?.();
    },
  });
  const commenting = useMutation({
    mutationFn: async () =>
      (
        await api.POST('/api/v1/approvals/inbox/{id}/comment', {
          params: { path: { id: ticket.ticket_id } },
          body: { comment: comment.trim() },
        })
      ).data!,
    onSuccess: (commented) => {
      queries.setQueryData(['ticket', commented.ticket_id], commented);
      setComment('');
    },
  });
  const mayComment = useMay('deploy:approval:read');
  if (ticket.status !== 'pending') return null;
  const obstacle = whyNotMine(ticket, session);
  const busy = deciding.isPending || commenting.isPending;
  if (obstacle && !mayComment) return <Obstacle>{obstacle}</Obstacle>;
  return (
    <Stack gap="xs">
      <CommentField ticket={ticket} value={comment} onChange={setComment} />
      {(deciding.error ?? commenting.error) && <Problem error={deciding.error ?? commenting.error} what="It was refused" />}
      {obstacle && <Obstacle>{obstacle}</Obstacle>}
      <Group gap="xs">
        {!obstacle && (
          <>
            <Button
              leftSection={<IconCheck size={16} aria-hidden />}
              loading={deciding.isPending && deciding.variables === 'approve'}
              disabled={busy}
              onClick={() => deciding.mutate('approve')}
            >
              Approve
            </Button>
            <Button
              variant="default"
              leftSection={<IconBan size={16} aria-hidden />}
              loading={deciding.isPending && deciding.variables === 'reject'}
              disabled={busy}
              onClick={() => deciding.mutate('reject')}
            >
              Reject
            </Button>
          </>
        )}
        <Button
          variant="subtle"
          disabled={busy || comment.trim() === ''}
          loading={commenting.isPending}
          onClick={() => commenting.mutate()}
        >
          Only comment
        </Button>
      </Group>
    </Stack>
  );
}

const Obstacle = ({ children }: { children: string }) => (
  <Text size="sm" c="var(--quiet)">
    {children}
  </Text>
);
