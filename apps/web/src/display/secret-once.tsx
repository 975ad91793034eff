import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Copyable } from './copyable';
import { useFocusGivenBack } from './focus-given-back';

interface SecretOnceProps {
  title: string;
  /** Null where it was shown before, as when a request is repeated. */
  secret: string | null;
  /** What to do who did not keep it. */
  again: string;
  /** What the secret is for. */
  children: ReactNode;
  onClose: () => void;
}

/** The one time that a secret is seen. */
export function SecretOnce({ title, secret, again, children, onClose }: SecretOnceProps) {
  useFocusGivenBack();
  return (
    <Modal opened onClose={onClose} title={title} size="lg" closeOnClickOutside={false}>
      <Stack gap="md">
        {secret === null ? (
          <Text size="sm">Its secret was shown before; {again}.</Text>
        ) : (
          <>
            <Text size="sm">Copy the secret now: it is shown this once, and nobody can look it up later.</Text>
            <div className="secret">
              <Copyable value={secret} label="the secret" />
            </div>
          </>
        )}
        {children}
        <Group justify="flex-end">
          <Button onClick={onClose}>I have it</Button>
        </Group>
      </Stack>
    </Modal>
  );
}
