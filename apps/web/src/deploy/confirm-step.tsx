import { Stack } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '../api/client';
import { previewQuery } from '../api/queries';
import { ChangesPanel } from '../preview/preview-panel';
import { Beside } from '../preview/verdicts';
import { ConfirmForm } from './confirm-form';
import { DraftHead } from './draft-head';
import { usePreviewAgain } from './preview-again';
import type { StepProps } from './preview-step';
import { useIsStale } from './stale';

/** Confirms one release. */
export function ConfirmStep({ release, go }: StepProps) {
  const queries = useQueryClient();
  const { data: preview } = useQuery(previewQuery(release.release_id));
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
  return (
    <Stack gap="md">
      <DraftHead release={release} />
      <Beside verdicts={preview?.preview}>
        <ConfirmForm
          environment={{ name: release.environment_name, type: release.environment_type }}
          ticket={preview?.preview.approval.required ?? release.approval_required}
          previewed={preview && extentOf(preview.preview)}
          stale={useIsStale(release)}
          applying={applying}
          again={again}
          onBack={() => go('preview')}
        />
      </Beside>
      {preview && <ChangesPanel preview={preview} />}
    </Stack>
  );
}

const counted = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;

const extentOf = ({ actions, diff }: { readonly actions: readonly unknown[]; readonly diff: readonly unknown[] }): string =>
  `${counted(actions.length, 'action')}, ${counted(diff.length, 'difference')}, as previewed.`;
