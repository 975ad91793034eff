import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconBan, IconCheck } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { TicketView } from '../api/client';
import { useFocusGivenBack } from '../display/focus-given-back';
import { messageOf, Problem } from '../display/problem';
import { refreshKind } from '../live/refreshed-lists';
import { decide, type Decision } from '../ticket/ticket-decision';

interface BulkDecisionProps {
  tickets: readonly TicketView[];
  onDone: () => void;
}

/** Decides several tickets of low risk, one request each; what is refused is named and stays. */
export function BulkDecision({ tickets, onDone }: BulkDecisionProps) {
  const [opened, setOpened] = useState(false);
  return (
    <>
      <Button size="compact-sm" onClick={() => setOpened(true)}>
        Decide {tickets.length} of low risk
      </Button>
      {opened && <DecideTogether tickets={tickets} onDone={onDone} onClose={() => setOpened(false)} />}
    </>
  );
}

/** @throws Error that names what was refused, a line each; the rest is decided */
async function decideAll(tickets: readonly TicketView[], decision: Decision, comment: string): Promise<number> {
  const refused: string[] = [];
  for (const { ticket_id: id, title } of tickets) {
    await decide(id, decision, comment).catch((error: unknown) => refused.push(`${title}: ${messageOf(error)}`));
  }
  if (refused.length > 0) throw new Error(refused.join('\n'));
  return tickets.length;
}

function DecideTogether({ tickets, onDone, onClose }: BulkDecisionProps & { onClose: () => void }) {
  useFocusGivenBack();
  const queries = useQueryClient();
  const [comment, setComment] = useState('');
  const deciding = useMutation({
    mutationFn: (decision: Decision) => decideAll(tickets, decision, comment),
    onSettled: () => void refreshKind(queries, 'tickets', new Set(tickets.map(({ ticket_id: id }) => id))),
    onSuccess: (count, decision) => {
      notifications.show({ message: `${count} requests ${decision === 'approve' ? 'approved' : 'rejected'}` });
      onClose();
      onDone();
    },
  });
  const isAt = (decision: Decision): boolean => deciding.isPending && deciding.variables === decision;
  return (
    <Modal opened onClose={onClose} title={`Decide ${tickets.length} requests together`}>
      <Stack>
        <ul className="bulk-list">
          {tickets.map(({ ticket_id: id, title }) => (
            <li key={id}>{title}</li>
          ))}
        </ul>
        <Textarea
          label="Comment"
          data-autofocus
          value={comment}
          onChange={(event) => setComment(event.currentTarget.value)}
          autosize
          minRows={2}
          maxLength={2000}
        />
        <Text size="xs" c="var(--quiet)">
          The comment stays with each of them. Higher risk is decided one by one.
        </Text>
        {deciding.error && <Problem error={deciding.error} what="Not all were decided" />}
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
