import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { TargetView } from '../api/client';
import { CheckList } from '../display/check-list';
import { Copyable } from '../display/copyable';

interface TriedTargetProps {
  title: string;
  target: TargetView;
  children: ReactNode;
  onClose: () => void;
}

/** What was found out about a target when it was let in, once; above all the host key that is pinned. */
export const TriedTarget = ({ title, target, children, onClose }: TriedTargetProps) => (
  <Modal opened onClose={onClose} title={title} size="lg">
    <Stack gap="md">
      <Text size="sm">{children}</Text>
      {'host_key' in target.connection && target.connection.host_key && (
        <Text size="sm" component="div">
          Its host key is pinned. Compare it with what <code>ssh-keygen -lf</code> prints on the host:{' '}
          <Copyable value={target.connection.host_key} label="the host key" />
        </Text>
      )}
      {target.report && <CheckList checks={target.report.checks} />}
      <Group justify="flex-end">
        <Button onClick={onClose}>Close</Button>
      </Group>
    </Stack>
  </Modal>
);
