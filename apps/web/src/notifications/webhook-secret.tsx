import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { Copyable } from '../display/copyable';
import { Moment } from '../display/times';
import type { IssuedSubscription } from './notification-queries';

/** The one time that a signing secret is seen, and what it is for. */
export const WebhookSecret = ({ issued, onClose }: { issued: IssuedSubscription; onClose: () => void }) => (
  <Modal opened onClose={onClose} title={`Signing secret of ${issued.name}`} size="lg" closeOnClickOutside={false}>
    <Stack gap="md">
      {issued.secret === null ? (
        <Text size="sm">Its secret was shown before; rotate it for a new one.</Text>
      ) : (
        <>
          <Text size="sm">Copy the secret now: it is shown this once, and nobody can look it up later.</Text>
          <div className="secret">
            <Copyable value={issued.secret} label="the secret" />
          </div>
        </>
      )}
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
      <Group justify="flex-end">
        <Button onClick={onClose}>I have it</Button>
      </Group>
    </Stack>
  </Modal>
);
