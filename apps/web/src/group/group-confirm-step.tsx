import { Stack } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '../api/client';
import { ConfirmForm } from '../deploy/confirm-form';
import { useIsStale } from '../deploy/stale';
import { Beside } from '../preview/verdicts';
import { GroupHead } from './group-head';
import type { GroupStepProps } from './group-preview-step';
import { groupPreviewQuery, groupQuery } from './group-queries';
import { usePreviewGroupAgain } from './preview-group';

/** Confirms all members at once: one act, one ticket. */
export function GroupConfirmStep({ group, go }: GroupStepProps) {
  const queries = useQueryClient();
  const { data: preview } = useQuery(groupPreviewQuery(group.group_id));
  const again = usePreviewGroupAgain(group.group_id, (id) => go('preview', id));
  const applying = useMutation({
    mutationFn: async () => {
      const params = { path: { id: group.group_id } };
      return (await api.POST('/api/v1/deploy/groups/{id}/apply', { params, body: { preview_ref: group.preview_ref } })).data!;
    },
    onSuccess: (view) => {
      queries.setQueryData(groupQuery(view.group_id).queryKey, view);
      go('follow');
    },
  });
  return (
    <Stack gap="md">
      <GroupHead group={group} />
      <Beside verdicts={preview?.preview}>
        <ConfirmForm
          environment={{ name: group.environment_name, type: group.environment_type }}
          ticket={preview?.preview.approval.required ?? group.approval_required}
          previewed={`${group.members.length} releases, one after the other, as previewed. If one fails, all of them go back where policy allows it.`}
          stale={useIsStale(group)}
          applying={applying}
          again={again}
          onBack={() => go('preview')}
        />
      </Beside>
    </Stack>
  );
}
