import './notifications.css';
import { Button, Drawer, Group, Text } from '@mantine/core';
import { IconMailForward, IconSend } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { duration } from '../display/format';
import { Filter } from '../display/filter';
import { useFocusGivenBack } from '../display/focus-given-back';
import { Empty, Rows } from '../display/page';
import { Problem } from '../display/problem';
import { Countdown, Moment } from '../display/times';
import { DeliveryDetail } from './delivery-detail';
import { DELIVERY_STATUSES, DeliveryMark, SubscriptionMark } from './delivery-marks';
import { deliveriesQuery, isProgram, type Delivery, type DeliveryStatus, type Subscription } from './notification-queries';
import { ReplayMissed } from './replay-missed';
import { topicText } from './topics';
import { useSendTest } from './use-send-test';

/** What a subscription was sent, with every answer and what is tried next; each can be sent again. */
export function DeliveryLog({ subscription, onClose }: { subscription: Subscription; onClose: () => void }) {
  useFocusGivenBack();
  const [status, setStatus] = useState<DeliveryStatus>();
  const [replaying, setReplaying] = useState(false);
  const test = useSendTest(subscription);
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="min(860px, 100vw)"
      title={<Text fw={650}>Deliveries of {subscription.name}</Text>}
    >
      <div className="delivery-log">
        <Group gap="xs">
          <SubscriptionMark subscription={subscription} />
          <Text size="sm" c="var(--quiet)">
            {subscription.endpoint ?? 'by mail'}
          </Text>
        </Group>
        <Advice subscription={subscription} />
        <Group gap="xs">
          <Filter
            label="Outcome"
            data={DELIVERY_STATUSES}
            value={status}
            onChange={(value) => setStatus(value as DeliveryStatus | undefined)}
          />
          <Button
            size="xs"
            leftSection={<IconSend size={14} aria-hidden />}
            loading={test.isPending}
            onClick={() => test.mutate(undefined)}
          >
            Send a test
          </Button>
          {isProgram(subscription) && (
            <Button size="xs" variant="default" leftSection={<IconMailForward size={14} aria-hidden />} onClick={() => setReplaying(true)}>
              Replay
            </Button>
          )}
        </Group>
        {test.error && <Problem error={test.error} what="No test was sent" />}
        <Deliveries subscription={subscription.subscription_id} status={status} />
      </div>
      {replaying && <ReplayMissed subscription={subscription} onClose={() => setReplaying(false)} />}
    </Drawer>
  );
}

/** What to do where it does not work. */
function Advice({ subscription: { status, failing_since: failing, paused_because: because } }: { subscription: Subscription }) {
  if (status === 'paused')
    return (
      <Text size="sm" component="div">
        Paused{because ? `: ${because}` : ''}. What happens meanwhile is held; resume it, then replay what was held.
      </Text>
    );
  if (!failing) return null;
  return (
    <Text size="sm" component="div">
      Nothing has arrived since <Moment at={failing} />. Open a delivery to read what the receiver answers. After a day of failures it is
      paused.
    </Text>
  );
}

function Deliveries({ subscription, status }: { subscription: string; status: DeliveryStatus | undefined }) {
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(deliveriesQuery(subscription, status));
  if (error && !data) return <Problem error={error} onRetry={() => void refetch()} />;
  if (!data) return <Rows count={4} />;
  const deliveries = data.pages.flatMap(({ items }) => items);
  if (deliveries.length === 0)
    return (
      <Empty icon={IconSend} title={status ? 'None like this' : 'Nothing was sent yet'}>
        {status ? 'Take the filter away to see the others.' : 'Send a test, to see that what is sent arrives and that its signature holds.'}
      </Empty>
    );
  return (
    <>
      <ul className="deliveries" aria-label="Deliveries">
        {deliveries.map((delivery) => (
          <DeliveryRow key={delivery.delivery_id} delivery={delivery} />
        ))}
      </ul>
      {hasNextPage && (
        <Button variant="default" size="xs" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          Older ones
        </Button>
      )}
      <Text size="xs" c="var(--quiet)">
        Deliveries are kept for 30 days.
      </Text>
    </>
  );
}

function DeliveryRow({ delivery }: { delivery: Delivery }) {
  const [opened, setOpened] = useState(false);
  const { status, title, topic, created_at: at, next_attempt_at: next } = delivery;
  return (
    <li>
      <button type="button" className="delivery-head" aria-expanded={opened} onClick={() => setOpened(!opened)}>
        <DeliveryMark status={status} />
        <span>
          <b>{title ?? 'Of something that you may not read'}</b>
        </span>
        <span className="quiet">
          <Moment at={at} relative />
        </span>
        <span className="delivery-more">
          {topicText(topic)} · {answerText(delivery)}
          {status === 'pending' && next && delivery.attempts > 0 && (
            <>
              {' · '}
              <Countdown to={next} what="again in" over="any moment" />
            </>
          )}
        </span>
      </button>
      {opened && <DeliveryDetail id={delivery.delivery_id} />}
    </li>
  );
}

function answerText({ attempts, response_status: code, duration_ms: ms, error, recipient }: Delivery): string {
  const whom = recipient ? `to ${recipient}, ` : '';
  if (attempts === 0) return `${whom}not tried yet`;
  const tries = attempts === 1 ? '1 attempt' : `${attempts} attempts`;
  const answer = error ?? (code === null ? 'no answer' : `answered ${code}`);
  return `${whom}${tries}, ${answer}${ms === null ? '' : ` in ${duration(ms)}`}`;
}
