import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { TicketView } from '../api/client';
import { messageOf, Problem } from '../display/problem';
import { refreshKind } from '../live/refreshed-lists';
import { decide } from '../ticket/ticket-decision';

/** Approves several tickets of low risk, one request each; what is refused is named and stays. */
export function BulkDecision({ tickets, onDone }: { tickets: readonly TicketView[]; onDone: () => void }) {
  const queries = useQueryClient();
  const [opened, setOpened] = useState(false);
  const [comment, setComment] = useState('');
  const approving = useMutation({
    mutationFn: async () => {
      const refused: string[] = [];
      for (const ticket of tickets) {
        await decide(ticket.ticket_id, 'approve', comment).catch((error: unknown) => refused.push(`${ticket.title}: ${messageOf(error)}`));
      }
      if (refused.length > 0) throw new Error(refused.join('\n'));
    },
    onSettled: () => void refreshKind(queries, 'tickets', new Set(tickets.map(({ ticket_id: id }) => id))),
    onSuccess: () => {
      notifications.show({ message: `${tickets.length} tickets approved` });
      setOpened(false);
      onDone();
    },
  });
  return (
    <>
      <Button size="compact-sm" onClick={() => setOpened(true)}>
        Approve {tickets.length} of low risk
      </Button>
      <Modal opened={opened} onClose={() => setOpened(false)} title={`Approve ${tickets.length} requests`}>
        <Stack>
          <ul className="bulk-list">
            {tickets.map(({ ticket_id: id, title }) => (
              <li key={id}>{title}</li>
            ))}
          </ul>
          <Textarea
            label="Comment"
            value={comment}
            onChange={(event) => setComment(event.currentTarget.value)}
            autosize
            minRows={2}
            maxLength={2000}
          />
          {approving.error && <Problem error={approving.error} what="Not all were approved" />}
          <Group justify="flex-end">
            <Text size="xs" c="var(--quiet)" mr="auto">
              Higher risk is decided one by one.
            </Text>
            <Button loading={approving.isPending} onClick={() => approving.mutate()}>
              Approve all
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}
