import { Button } from '@mantine/core';
import { IconMail, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Panel } from '../display/page';
import { ContactPanel } from './contact-panel';
import { isProgram, notificationSettingsQuery } from './notification-queries';
import { OpenedDeliveries, useOpenDeliveries } from './opened-deliveries';
import { SubscriptionForm } from './subscription-form';
import { SubscriptionTable } from './subscription-table';

/** Mail to oneself and to one's teams, and where one reads it. */
export function MailPanel({ project }: { project: string }) {
  const [making, setMaking] = useState(false);
  const open = useOpenDeliveries();
  const { data: settings } = useQuery(notificationSettingsQuery);
  return (
    <>
      <ContactPanel />
      <Panel
        title="Mail about what happens"
        flush
        aside={
          <Button
            size="compact-sm"
            leftSection={<IconPlus size={14} aria-hidden />}
            disabled={!settings?.mail_enabled}
            onClick={() => setMaking(true)}
          >
            Subscribe
          </Button>
        }
      >
        <SubscriptionTable
          project={project}
          label="Mail subscriptions"
          which={(subscription) => !isProgram(subscription)}
          named={({ name }) => <b>{name}</b>}
          empty={{
            icon: IconMail,
            title: 'Nobody gets mail yet',
            says: 'Subscribe to hear of what waits for you, mentions you, or went wrong; or subscribe a team, so that every member hears of it once.',
          }}
          onDeliveries={({ subscription_id: id }) => open(id)}
        />
      </Panel>
      {making && <SubscriptionForm project={project} to="people" onClose={() => setMaking(false)} />}
      <OpenedDeliveries />
    </>
  );
}
