import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconBan, IconCheck } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { TicketEntry } from '../api/client';
import { useFocusGivenBack } from '../display/focus-given-back';
import { messageOf, Problem } from '../display/problem';
import { refreshKind } from '../live/refreshed-lists';
import { decide, type Decision } from '../ticket/ticket-decision';

/** Some of the tickets were not decided: each with its reason, a line each. */
class NotAllDecided extends Error {
  constructor(readonly refused: readonly (readonly [TicketEntry, string])[]) {
    super(refused.map(([{ title }, why]) => `${title}: ${why}`).join('\n'));
  }
}

/** @throws NotAllDecided; the rest is decided */
async function decideAll(tickets: readonly TicketEntry[], decision: Decision, comment: string): Promise<void> {
  const refused: [TicketEntry, string][] = [];
  for (const ticket of tickets) {
    await decide(ticket.ticket_id, decision, comment).catch((error: unknown) => refused.push([ticket, messageOf(error)]));
  }
  if (refused.length > 0) throw new NotAllDecided(refused);
}

interface DecideTogetherProps {
  /** As they were when this was asked for: what becomes of them meanwhile changes nothing here. */
  asked: readonly TicketEntry[];
  onDone: () => void;
  onClose: () => void;
}

/** Decides several tickets of low risk, one request each; what is refused is named and can be tried again. */
export function DecideTogether({ asked, onDone, onClose }: DecideTogetherProps) {
  useFocusGivenBack();
  const queries = useQueryClient();
  const [tickets, setTickets] = useState(asked);
  const [comment, setComment] = useState('');
  const deciding = useMutation({
    mutationFn: (decision: Decision) => decideAll(tickets, decision, comment),
    onSettled: () => void refreshKind(queries, 'tickets', new Set(tickets.map(({ ticket_id: id }) => id))),
    onSuccess: (_, decision) => {
      notifications.show({
        message: `${tickets.length} ${tickets.length === 1 ? 'request' : 'requests'} ${decision === 'approve' ? 'approved' : 'rejected'}`,
      });
      onClose();
      onDone();
    },
    onError: (error) => {
      if (error instanceof NotAllDecided) setTickets(error.refused.map(([ticket]) => ticket));
    },
  });
  const isAt = (decision: Decision): boolean => deciding.isPending && deciding.variables === decision;
  return (
    <Modal opened onClose={onClose} title={`Decide ${tickets.length} of low risk together`}>
      <Stack>
        <ul className="bulk-list" tabIndex={0} aria-label="Requests">
          {tickets.map(({ ticket_id: id, title }) => (
            <li key={id}>{title}</li>
          ))}
        </ul>
        <Textarea
          label="Comment"
          description="Stays with each of them"
          data-autofocus
          value={comment}
          onChange={(event) => setComment(event.currentTarget.value)}
          autosize
          minRows={2}
          maxLength={2000}
        />
        {deciding.error && <Problem error={deciding.error} what="Not all were decided" />}
        <Text size="xs" c="var(--quiet)">
          Higher risk is decided one by one.
        </Text>
        <Group justify="flex-end" gap="xs">
          <Button
            variant="default"
            leftSection={<IconBan size={16} aria-hidden />}
            loading={isAt('reject')}
            disabled={deciding.isPending}
            onClick={() => deciding.mutate('reject')}
          >
            Reject all
          </Button>
          <Button
            leftSection={<IconCheck size={16} aria-hidden />}
            loading={isAt('approve')}
            disabled={deciding.isPending}
            onClick={() => deciding.mutate('approve')}
          >
            Approve all
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
