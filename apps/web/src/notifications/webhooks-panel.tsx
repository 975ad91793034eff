import { Button, Text } from '@mantine/core';
import { IconBrandSlack, IconPlus, IconWebhook } from '@tabler/icons-react';
import { useState } from 'react';
import { Panel } from '../display/page';
import { isProgram } from './notification-queries';
import { OpenedDeliveries, useOpenDeliveries } from './opened-deliveries';
import { SubscriptionForm } from './subscription-form';
import { SubscriptionTable } from './subscription-table';

/** Programs that are told of what happens: signed JSON, or messages in Slack. */
export function WebhooksPanel({ project }: { project: string }) {
  const [making, setMaking] = useState(false);
  const open = useOpenDeliveries();
  return (
    <Panel
      title="Webhooks"
      flush
      aside={
        <Button size="compact-sm" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => setMaking(true)}>
          New webhook
        </Button>
      }
    >
      <SubscriptionTable
        project={project}
        label="Webhooks"
        which={isProgram}
        named={({ name, channel, endpoint }) => (
          <>
            <b>{name}</b>
            <Text size="xs" c="var(--quiet)" component="div" className="webhook-endpoint">
              {channel === 'slack' ? <IconBrandSlack size={13} aria-label="Slack" /> : <IconWebhook size={13} aria-label="Signed JSON" />}{' '}
              {endpoint}
            </Text>
          </>
        )}
        empty={{
          icon: IconWebhook,
          title: 'No webhook yet',
          says: 'A webhook posts what happens to a program of yours: a ticket that opens, a release that fails. Every delivery is signed, retried for most of a day, and can be replayed.',
        }}
        onDeliveries={({ subscription_id: id }) => open(id)}
      />
      {making && <SubscriptionForm project={project} to="programs" onClose={() => setMaking(false)} />}
      <OpenedDeliveries />
    </Panel>
  );
}
