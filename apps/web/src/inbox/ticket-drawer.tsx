import './inbox.css';
import { Divider, Drawer, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { Schemas } from '../api/client';
import { previewQuery, ticketQuery } from '../api/queries';
import { useFocusGivenBack } from '../display/focus-given-back';
import { LinkButton } from '../display/link-button';
import { Actor, RiskMark, TicketMark, ToneMark } from '../display/marks';
import { Rows } from '../display/page';
import { Problem } from '../display/problem';
import { Countdown, Moment } from '../display/times';
import { GroupDrafts } from '../group/group-drafts';
import { preloadDiff, PreviewPanel } from '../preview/preview-panel';
import { TicketDecision } from '../ticket/ticket-decision';
import { TicketHands } from '../ticket/ticket-hands';
import { TicketActions } from '../ticket/ticket-panel';
import { TicketPlan } from '../ticket/ticket-plan';

/** A ticket with the whole preview that it is about, and the decision. */
export function TicketDrawer({ id, onClose }: { id: string; onClose: () => void }) {
  useFocusGivenBack();
  useEffect(preloadDiff, []);
  const { data: ticket, error, refetch } = useQuery(ticketQuery(id));
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="min(1080px, 100vw)"
      title={<Text fw={650}>{ticket?.title ?? 'Ticket'}</Text>}
      classNames={{ body: 'ticket-drawer' }}
    >
      {ticket ? (
        <TicketBody ticket={ticket} />
      ) : error ? (
        <Problem error={error} what="The ticket could not be shown" onRetry={() => void refetch()} />
      ) : (
        <Rows />
      )}
    </Drawer>
  );
}

function TicketBody({ ticket }: { ticket: Schemas['TicketDetail'] }) {
  return (
    <Stack gap="md">
      <Group gap="xs">
        <TicketMark status={ticket.status} />
        <RiskMark risk={ticket.risk} />
        <ToneMark tone="neutral">{ticket.priority}</ToneMark>
        {ticket.environment_name !== null && (
          <ToneMark tone={ticket.environment_type === 'production' ? 'wait' : 'neutral'}>{ticket.environment_name}</ToneMark>
        )}
        {ticket.status === 'pending' && ticket.expires_at && <Countdown to={ticket.expires_at} what="expires in" over="expired" />}
        {ticket.status === 'pending' && ticket.sla_due_at && <Countdown to={ticket.sla_due_at} what="due in" over="overdue" />}
      </Group>
      <Text size="sm" component="div">
        <Actor id={ticket.requested_by} type={ticket.requested_by_type} /> asked on <Moment at={ticket.requested_at} />. {ticket.summary}{' '}
        <span className="quiet">
          {ticket.approvals} of {ticket.quorum} {ticket.quorum === 1 ? 'approval' : 'approvals'}.
        </span>
      </Text>
      <TicketActions actions={ticket.actions} />
      <div className="ticket-decision">
        <TicketDecision ticket={ticket} />
        <Divider my="sm" />
        <TicketHands ticket={ticket} />
        {ticket.release_id !== null && (
          <LinkButton to="/releases/$id" params={{ id: ticket.release_id }} variant="subtle" size="compact-sm" mt="xs">
            Open the release
          </LinkButton>
        )}
        {ticket.resource_type === 'group' && (
          <LinkButton to="/groups/$id" params={{ id: ticket.resource_id }} variant="subtle" size="compact-sm" mt="xs">
            Open the group
          </LinkButton>
        )}
      </div>
      {ticket.release_id !== null && <ReleaseDraft id={ticket.release_id} />}
      {ticket.resource_type === 'group' && <GroupDrafts id={ticket.resource_id} />}
      {ticket.release_id === null && ticket.resource_type !== 'group' && <TicketPlan ticket={ticket} />}
    </Stack>
  );
}

/** What a release's ticket is about, whole. */
function ReleaseDraft({ id }: { id: string }) {
  const { data: preview, error, refetch } = useQuery(previewQuery(id));
  if (error) return <Problem error={error} what="The preview could not be shown" onRetry={() => void refetch()} />;
  return preview ? <PreviewPanel preview={preview} /> : <Rows count={6} />;
}
