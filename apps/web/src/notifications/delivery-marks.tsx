import { IconCheck, IconClock, IconPlayerPause, IconX, IconEyeOff } from '@tabler/icons-react';
import { ToneMark } from '../display/marks';
import type { Delivery, DeliveryStatus, Subscription } from './notification-queries';

const LOOKS = {
  pending: { tone: 'wait', icon: IconClock, label: 'On its way', why: 'It is tried, or tried again later' },
  succeeded: { tone: 'ok', icon: IconCheck, label: 'Delivered', why: 'The receiver answered with 2xx' },
  failed: { tone: 'bad', icon: IconX, label: 'Failed', why: 'Every attempt failed; send it again when the receiver is well' },
  held: { tone: 'neutral', icon: IconPlayerPause, label: 'Held', why: 'The subscription is paused; a replay sends it' },
  dropped: { tone: 'neutral', icon: IconEyeOff, label: 'Not sent', why: 'For example because the recipient may not read it any more' },
} as const;

export const DELIVERY_STATUSES = (Object.keys(LOOKS) as DeliveryStatus[]).map((value) => ({ value, label: LOOKS[value].label }));

export function DeliveryMark({ status }: { status: Delivery['status'] }) {
  const { tone, icon, label, why } = LOOKS[status];
  return (
    <ToneMark tone={tone} icon={icon} title={why} plain>
      {label}
    </ToneMark>
  );
}

/** Whether a subscription works: active, failing since, paused and why. */
export function SubscriptionMark({ subscription }: { subscription: Subscription }) {
  const { status, failing_since: failing, paused_automatically: itself } = subscription;
  if (status === 'paused') {
    return (
      <ToneMark tone={itself ? 'bad' : 'wait'} icon={IconPlayerPause}>
        {itself ? 'Paused: it failed for long' : 'Paused'}
      </ToneMark>
    );
  }
  return failing ? (
    <ToneMark tone="bad" icon={IconX}>
      Failing
    </ToneMark>
  ) : (
    <ToneMark tone="ok" icon={IconCheck}>
      Active
    </ToneMark>
  );
}
