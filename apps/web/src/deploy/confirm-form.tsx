import { Button, Group, Stack, Text } from '@mantine/core';
import { IconArrowLeft, IconRocket } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import type { EnvironmentView } from '../api/client';
import { isConfirmed, TypedName } from '../display/confirm-act';
import { Panel } from '../display/page';
import { Problem } from '../display/problem';
import { isCuredByPreview } from './preview-again';

interface Mutation {
  error: unknown;
  isPending: boolean;
  mutate: () => void;
}
interface ConfirmFormProps {
  environment: { name: string; type: EnvironmentView['type'] };
  /** A ticket is asked for, rather than the act begun. */
  ticket: boolean;
  /** What was previewed, in a line. */
  previewed: ReactNode;
  stale: boolean;
  applying: Mutation;
  again: Mutation;
  onBack: () => void;
}

/** The act itself, on exactly the preview that was read: of one release or of several as one. */
export function ConfirmForm({ environment, ticket, previewed, stale, applying, again, onBack }: ConfirmFormProps) {
  const [typed, setTyped] = useState('');
  const askAgain = { label: 'Preview again', run: () => again.mutate(), loading: again.isPending };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!stale && isConfirmed(environment, typed)) applying.mutate();
      }}
    >
      <Panel>
        <Stack gap="md" maw={560}>
          {stale && !applying.error ? (
            <Text size="sm" c="var(--tone-bad)">
              The preview does not hold any more; look at a new one before you confirm.
            </Text>
          ) : (
            <>
              <Text size="sm">
                {ticket
                  ? 'Confirming asks for approval: a ticket opens in the inbox, and nothing runs before it is approved.'
                  : 'Confirming starts it now.'}{' '}
                {previewed}
              </Text>
              <TypedName environment={environment} value={typed} onChange={setTyped} />
            </>
          )}
          {Boolean(applying.error) && (
            <Problem error={applying.error} what="It was not applied" action={isCuredByPreview(applying.error) ? askAgain : undefined} />
          )}
          {Boolean(again.error) && <Problem error={again.error} what="There is no preview of this" />}
          <Group>
            <Button variant="default" leftSection={<IconArrowLeft size={16} aria-hidden />} onClick={onBack}>
              Back to the preview
            </Button>
            {stale && !applying.error ? (
              <Button onClick={() => again.mutate()} loading={again.isPending}>
                Preview again
              </Button>
            ) : (
              <Button
                type="submit"
                disabled={!isConfirmed(environment, typed)}
                loading={applying.isPending}
                leftSection={<IconRocket size={16} aria-hidden />}
              >
                {ticket ? 'Ask for approval' : 'Deploy now'}
              </Button>
            )}
          </Group>
        </Stack>
      </Panel>
    </form>
  );
}
