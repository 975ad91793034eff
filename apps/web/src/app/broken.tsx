import { Container } from '@mantine/core';
import { IconMapPinOff } from '@tabler/icons-react';
import { useRouter, type ErrorComponentProps } from '@tanstack/react-router';
import { LinkButton } from '../display/link-button';
import { Empty } from '../display/page';
import { Problem } from '../display/problem';

/** A view that failed to load or to draw. */
export function Broken({ error }: ErrorComponentProps) {
  const router = useRouter();
  return (
    <Container size="sm" py="xl">
      <Problem error={error} what="This view could not be shown" onRetry={() => void router.invalidate()} />
    </Container>
  );
}

export const Missing = () => (
  <Empty
    icon={IconMapPinOff}
    title="There is no such page"
    action={
      <LinkButton to="/" variant="default" mt="xs">
        Go to the board
      </LinkButton>
    }
  >
    The address may be cut off; permalinks look like /releases/rel-…
  </Empty>
);
