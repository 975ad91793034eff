import { Alert, Button, Group, Stack } from '@mantine/core';
import { IconChecklist, IconCircleCheck } from '@tabler/icons-react';
import type { EnvironmentView } from '../api/client';
import { LinkButton } from '../display/link-button';

/** What came of it: it holds now, or it waits in the inbox, with the way there. */
export function ChangedPolicy({ environment, onClose }: { environment: EnvironmentView; onClose: () => void }) {
  const ticket = environment.policy_change?.ticket_id;
  return (
    <Stack gap="md">
      {ticket ? (
        <Alert color="orange" variant="light" icon={<IconChecklist size={18} aria-hidden />} title="It waits for approval">
          The change is in the inbox. Until it is approved, the policy of {environment.title} stays as it is.
        </Alert>
      ) : (
        <Alert color="green" variant="light" icon={<IconCircleCheck size={18} aria-hidden />} title="The policy is changed">
          It holds for whatever is previewed in {environment.title} from now on.
        </Alert>
      )}
      <Group gap="xs">
        {ticket && (
          <LinkButton to="/inbox" search={{ tab: 'all', ticket }}>
            Open its ticket
          </LinkButton>
        )}
        <Button variant="default" onClick={onClose}>
          Close
        </Button>
      </Group>
    </Stack>
  );
}
