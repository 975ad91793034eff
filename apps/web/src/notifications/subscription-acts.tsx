import { ActionIcon, Button, Group, Menu } from '@mantine/core';
import { IconDots, IconKey, IconPencil, IconPlayerPause, IconPlayerPlay, IconSend, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { api } from '../api/client';
import { messageOf } from '../display/problem';
import { notifications } from '@mantine/notifications';
import { isProgram, type Subscription } from './notification-queries';
import { PauseSubscription, RemoveSubscription } from './pause-and-remove';
import { RotateSecret } from './rotate-secret';
import { SubscriptionForm } from './subscription-form';
import { useNoticeAct } from './use-notice-act';
import { useSendTest } from './use-send-test';

interface SubscriptionActsProps {
  project: string;
  subscription: Subscription;
  onDeliveries: () => void;
}
type Asked = 'change' | 'rotate' | 'pause' | 'remove';

const failed = (error: unknown): string => notifications.show({ color: 'red', title: 'It was refused', message: messageOf(error) });

/** What can be done with a subscription; its deliveries first, for they tell whether it works. */
export function SubscriptionActs({ project, subscription, onDeliveries }: SubscriptionActsProps) {
  const [asked, setAsked] = useState<Asked>();
  const close = () => setAsked(undefined);
  const { subscription_id: id, name, status } = subscription;
  const test = useSendTest(subscription, onDeliveries);
  const resuming = useNoticeAct<void, Subscription>(
    async () => (await api.POST('/api/v1/notifications/subscriptions/{id}/resume', { params: { path: { id } }, body: {} })).data!,
    () => `${name} is resumed; a replay sends what was held`,
  );
  return (
    <Group gap={6} justify="flex-end" wrap="nowrap">
      <Button size="compact-xs" variant="subtle" onClick={onDeliveries} aria-label={`Deliveries of ${name}`}>
        Deliveries
      </Button>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <ActionIcon size="sm" variant="default" aria-label={`More for ${name}`}>
            <IconDots size={14} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconSend size={14} />} onClick={() => test.mutate(undefined, { onError: failed })}>
            Send a test
          </Menu.Item>
          <Menu.Item leftSection={<IconPencil size={14} />} onClick={() => setAsked('change')}>
            Change
          </Menu.Item>
          {isProgram(subscription) && subscription.channel === 'webhook' && (
            <Menu.Item leftSection={<IconKey size={14} />} onClick={() => setAsked('rotate')}>
              Rotate the secret
            </Menu.Item>
          )}
          {status === 'active' ? (
            <Menu.Item leftSection={<IconPlayerPause size={14} />} onClick={() => setAsked('pause')}>
              Pause
            </Menu.Item>
          ) : (
            <Menu.Item leftSection={<IconPlayerPlay size={14} />} onClick={() => resuming.mutate(undefined, { onError: failed })}>
              Resume
            </Menu.Item>
          )}
          <Menu.Divider />
          <Menu.Item leftSection={<IconTrash size={14} />} onClick={() => setAsked('remove')}>
            Remove
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {asked === 'change' && (
        <SubscriptionForm
          project={project}
          subscription={subscription}
          to={isProgram(subscription) ? 'programs' : 'people'}
          onClose={close}
        />
      )}
      {asked === 'rotate' && <RotateSecret subscription={subscription} onClose={close} />}
      {asked === 'pause' && <PauseSubscription subscription={subscription} onClose={close} />}
      {asked === 'remove' && <RemoveSubscription subscription={subscription} onClose={close} />}
    </Group>
  );
}
