import { Text } from '@mantine/core';
import { SecretOnce } from '../display/secret-once';
import { Moment } from '../display/times';
import type { IssuedSubscription } from './notification-queries';

/** The signing secret of a webhook, and what it is for. */
export const WebhookSecret = ({ issued, onClose }: { issued: IssuedSubscription; onClose: () => void }) => (
  <SecretOnce title={`Signing secret of ${issued.name}`} secret={issued.secret} again="rotate it for a new one" onClose={onClose}>
    <Text size="sm" c="var(--quiet)" component="div">
      Every delivery to <b>{issued.endpoint}</b> is signed with it by <a href="https://www.standardwebhooks.com">Standard Webhooks</a>:
      check <code>webhook-signature</code> over <code>id.timestamp.body</code>, refuse what is older than five minutes, and handle each{' '}
      <code>webhook-id</code> once.
    </Text>
    {issued.previous_secret_until && (
      <Text size="sm" component="div">
        Until <Moment at={issued.previous_secret_until} /> deliveries are signed with the old secret as well.
      </Text>
    )}
  </SecretOnce>
);
