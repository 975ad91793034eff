import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconArrowBackUp, IconX } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api, type GroupView } from '../api/client';
import { ConfirmAct } from '../display/confirm-act';
import { LinkButton } from '../display/link-button';
import { PreviewAgainButton } from '../release/preview-again-button';
import { CANCELLABLE, REPEATABLE } from '../release/release-actions';
import { useMay } from '../session/session';
import { groupQuery } from './group-queries';
import { usePreviewGroupAgain } from './preview-group';

type Act = 'rollback' | 'cancel';

async function send(act: Act, id: string, reason: string): Promise<GroupView> {
  const request = { params: { path: { id } }, body: reason ? { reason } : {} };
  return act === 'rollback'
    ? (await api.POST('/api/v1/deploy/groups/{id}/rollback', request)).data!
    : (await api.POST('/api/v1/deploy/groups/{id}/cancel', request)).data!;
}

const DONE = { rollback: 'Rollback of all asked for', cancel: 'Cancellation asked for' } as const;
const goingBack = ({ rollback }: GroupView): boolean => rollback !== null && ['pending_approval', 'rolling_back'].includes(rollback.status);

/** What can be done to a group where it stands: to all of its members, or to none. */
export function GroupActions({ group }: { group: GroupView }) {
  const [asked, setAsked] = useState<Act>();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const place = { project: group.project_id, environment: group.environment_id };
  const [mayApply, mayRollBack] = [useMay('deploy:release:apply', place), useMay('deploy:release:rollback', place)];
  const again = usePreviewGroupAgain(group.group_id, (id) => void navigate({ to: '/deploy', search: { group: id, step: 'preview' } }));
  const acting = useMutation({
    mutationFn: ({ act, reason }: { act: Act; reason: string }) => send(act, group.group_id, reason),
    onSuccess: (view, { act }) => {
      queries.setQueryData(groupQuery(view.group_id).queryKey, view);
      notifications.show({ message: DONE[act] });
      setAsked(undefined);
    },
  });
  const common = {
    error: acting.error,
    pending: acting.isPending,
    onClose: () => {
      acting.reset();
      setAsked(undefined);
    },
    onConfirm: (reason: string) => asked && acting.mutate({ act: asked, reason }),
    danger: true,
  };
  const environment = { name: group.environment_name, type: group.environment_type };
  return (
    <>
      {mayApply && group.status === 'previewed' && (
        <LinkButton to="/deploy" search={{ group: group.group_id, step: 'preview' }}>
          Continue
        </LinkButton>
      )}
      {mayApply && REPEATABLE.includes(group.status) && !goingBack(group) && <PreviewAgainButton again={again} />}
      {mayRollBack && group.status === 'applied' && !goingBack(group) && (
        <Button variant="default" leftSection={<IconArrowBackUp size={16} aria-hidden />} onClick={() => setAsked('rollback')}>
          Roll all back
        </Button>
      )}
      {mayApply && CANCELLABLE.includes(group.status) && !group.cancel_requested && (
        <Button variant="default" leftSection={<IconX size={16} aria-hidden />} onClick={() => setAsked('cancel')}>
          Cancel
        </Button>
      )}
      {asked === 'rollback' && (
        <ConfirmAct
          {...common}
          environment={environment}
          title={`Roll ${group.members.length} services back as one`}
          act="Roll all back"
          reason={{ label: 'Reason' }}
        >
          Every service of the group goes back to what its place ran before, the last applied first, from stored drafts: nothing is built
          anew. The places are then held, and nothing is applied to them until somebody resumes them.
        </ConfirmAct>
      )}
      {asked === 'cancel' && (
        <ConfirmAct {...common} title="Cancel the group" act="Cancel the group" reason={{ label: 'Reason' }}>
          What has begun is stopped in order; members that were applied already go back where policy allows it.
        </ConfirmAct>
      )}
    </>
  );
}
