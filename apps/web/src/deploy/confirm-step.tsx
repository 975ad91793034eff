import { Button, Group, Stack, Text } from '@mantine/core';
import { IconArrowLeft, IconRocket } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api/client';
import { previewQuery } from '../api/queries';
import { isConfirmed, TypedName } from '../display/confirm-act';
import { Panel } from '../display/page';
import { Problem } from '../display/problem';
import { DraftHead } from './draft-head';
import { isCuredByPreview, usePreviewAgain } from './preview-again';
import { useIsStale, type StepProps } from './preview-step';

/** The act itself, on exactly the preview that was read. */
export function ConfirmStep({ release, go }: StepProps) {
  const queries = useQueryClient();
  const [typed, setTyped] = useState('');
  const { data: preview } = useQuery(previewQuery(release.release_id));
  const stale = useIsStale(release);
  const again = usePreviewAgain(release, (id) => go('preview', id));
  const applying = useMutation({
    mutationFn: async () =>
      (
        await api.POST('/api/v1/deploy/releases/{id}/apply', {
          params: { path: { id: release.release_id } },
          body: { preview_ref: release.preview_ref },
        })
      ).data!,
    onSuccess: (view) => {
      queries.setQueryData(['release', view.release_id], view);
      go('follow');
    },
  });
  const environment = { name: release.environment_name, type: release.environment_type };
  const ticket = preview?.preview.approval.required ?? release.approval_required;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!stale && isConfirmed(environment, typed)) applying.mutate();
      }}
    >
      <Stack gap="md">
        <DraftHead release={release} />
        <Panel>
          <Stack gap="md" maw={560}>
            <Text size="sm">
              {ticket
                ? 'Confirming asks for approval: a ticket opens in the inbox, and nothing runs before it is approved.'
                : 'Confirming starts it now.'}{' '}
              {preview && `${preview.preview.actions.length} actions, ${preview.preview.diff.length} differences, as previewed.`}
            </Text>
            <TypedName environment={environment} value={typed} onChange={setTyped} />
            {stale && !applying.error && (
              <Text size="sm" c="var(--tone-bad)">
                The preview has expired; look at a new one before you confirm.
              </Text>
            )}
            {applying.error && (
              <Problem
                error={applying.error}
                what="It was not applied"
                action={
                  isCuredByPreview(applying.error)
                    ? { label: 'Preview again', run: () => again.mutate(), loading: again.isPending }
                    : undefined
                }
              />
            )}
            {again.error && <Problem error={again.error} what="There is no preview of this" />}
            <Group>
              <Button variant="default" leftSection={<IconArrowLeft size={16} aria-hidden />} onClick={() => go('preview')}>
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
      </Stack>
    </form>
  );
}
