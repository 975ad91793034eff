import { Button, Group, Modal, Stack } from '@mantine/core';
import { useFocusGivenBack } from './focus-given-back';
import { Problem } from './problem';

interface RefusedProps {
  /** What could not be done, e.g. "There is no preview of this". */
  what: string;
  error: unknown;
  onClose: () => void;
}

/** A refusal of what one press asked for, where there is no form under which it could stand. */
export function Refused({ what, error, onClose }: RefusedProps) {
  useFocusGivenBack();
  return (
    <Modal opened onClose={onClose} title={what} size="md">
      <Stack gap="md">
        <Problem error={error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Close
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
