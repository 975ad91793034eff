import { Button } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { Refused } from '../display/refused';

interface Again {
  error: unknown;
  isPending: boolean;
  mutate: () => void;
  reset: () => void;
}

/** Makes a preview of the same thing anew, of one release or of several as one, in one press; says why where it is refused. */
export const PreviewAgainButton = ({ again }: { again: Again }) => (
  <>
    <Button variant="default" leftSection={<IconRefresh size={16} aria-hidden />} loading={again.isPending} onClick={() => again.mutate()}>
      Preview again
    </Button>
    {Boolean(again.error) && <Refused what="There is no preview of this" error={again.error} onClose={again.reset} />}
  </>
);
