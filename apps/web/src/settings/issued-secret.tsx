import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import type { Schemas } from '../api/client';
import { Copyable } from '../display/copyable';
import { Moment } from '../display/times';

/** The one time that a secret is seen. */
export const IssuedSecret = ({ token, onClose }: { token: Schemas['IssuedToken']; onClose: () => void }) => (
  <Modal opened onClose={onClose} title={`Token ${token.name}`} size="lg" closeOnClickOutside={false}>
    <Stack gap="md">
      {token.secret === null ? (
        <Text size="sm">Its secret was shown before; rotate the token for a new one.</Text>
      ) : (
        <>
          <Text size="sm">Copy the secret now: it is shown this once, and nobody can look it up later.</Text>
          <div className="secret">
            <Copyable value={token.secret} label="the secret" />
          </div>
        </>
      )}
      <Text size="sm" c="var(--quiet)" component="div">
        It acts as <b>{token.actor_id}</b> until <Moment at={token.expires_at} />.
      </Text>
      <Group justify="flex-end">
        <Button onClick={onClose}>I have it</Button>
      </Group>
    </Stack>
  </Modal>
);
