import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconArrowBackUp, IconPlayerPlay, IconStack2, IconX } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api, type ReleaseView } from '../api/client';
import { usePreviewAgain } from '../deploy/preview-again';
import { ConfirmAct } from '../display/confirm-act';
import { hasEnded } from '../display/lifecycle';
import { LinkButton } from '../display/link-button';
import { useMay } from '../session/session';
import { PreviewAgainButton } from './preview-again-button';

type Act = 'rollback' | 'cancel' | 'resume';

async function send(act: Act, id: string, reason: string): Promise<ReleaseView> {
  const request = { params: { path: { id } }, body: reason ? { reason } : {} };
  switch (act) {
    case 'rollback':
      return (await api.POST('/api/v1/deploy/releases/{id}/rollback', request)).data!;
    case 'cancel':
      return (await api.POST('/api/v1/deploy/releases/{id}/cancel', request)).data!;
    case 'resume':
      return (await api.POST('/api/v1/deploy/releases/{id}/resume', request)).data!;
  }
}

const DONE = { rollback: 'Rollback asked for', cancel: 'Cancellation asked for', resume: 'The release goes on' } as const;
/** States from which a release, or a group of them, can be cancelled, and previewed again. */
export const CANCELLABLE: readonly ReleaseView['status'][] = ['previewed', 'pending_approval', 'approved', 'applying', 'verifying'];
export const REPEATABLE: readonly ReleaseView['status'][] = ['expired', 'superseded', 'cancelled', 'rejected', 'failed', 'rolled_back'];

const NOT_BEGUN: readonly ReleaseView['status'][] = ['previewed', 'pending_approval', 'approved'];

/** What can be done to a release where it stands; a member of a group moves with its group. */
export function ReleaseActions({ release }: { release: ReleaseView }) {
  return (
    <>
      {release.group_id !== null && (
        <LinkButton to="/groups/$id" params={{ id: release.group_id }} variant="default" leftSection={<IconStack2 size={16} aria-hidden />}>
          Open its group
        </LinkButton>
      )}
      <OwnActions release={release} alone={release.group_id === null} />
    </>
  );
}

function OwnActions({ release, alone }: { release: ReleaseView; alone: boolean }) {
  const [asked, setAsked] = useState<Act>();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const again = usePreviewAgain(release, (id) => void navigate({ to: '/deploy', search: { release: id, step: 'preview' } }));
  const place = { project: release.project_id, environment: release.environment_id };
  const [mayApply, mayRollBack] = [useMay('deploy:release:apply', place), useMay('deploy:release:rollback', place)];
  const acting = useMutation({
    mutationFn: ({ act, reason }: { act: Act; reason: string }) => send(act, release.release_id, reason),
    onSuccess: (view, { act }) => {
      queries.setQueryData(['release', view.release_id], view);
      notifications.show({ message: DONE[act] });
      setAsked(undefined);
    },
  });
  const close = (): void => {
    acting.reset();
    setAsked(undefined);
  };
  const environment = { name: release.environment_name, type: release.environment_type };
  const common = {
    environment,
    error: acting.error,
    pending: acting.isPending,
    onClose: close,
    onConfirm: (reason: string) => asked && acting.mutate({ act: asked, reason }),
  };
  return (
    <>
      {mayApply && release.paused && (
        <Button leftSection={<IconPlayerPlay size={16} aria-hidden />} onClick={() => setAsked('resume')}>
          Resume
        </Button>
      )}
      {alone && mayApply && release.status === 'previewed' && (
        <LinkButton to="/deploy" search={{ release: release.release_id, step: 'preview' }}>
          Continue
        </LinkButton>
      )}
      {mayApply && REPEATABLE.includes(release.status) && hasEnded(release) && <PreviewAgainButton again={again} />}
      {alone && mayRollBack && release.status === 'applied' && (release.rollback === null || hasEnded(release)) && (
        <Button variant="default" leftSection={<IconArrowBackUp size={16} aria-hidden />} onClick={() => setAsked('rollback')}>
          Roll back
        </Button>
      )}
      {alone && mayApply && CANCELLABLE.includes(release.status) && (
        <Button variant="default" leftSection={<IconX size={16} aria-hidden />} onClick={() => setAsked('cancel')}>
          Cancel
        </Button>
      )}
      {asked === 'rollback' && (
        <ConfirmAct {...common} title={`Roll ${release.service_name} back`} act="Roll back" danger reason={{ label: 'Reason' }}>
          The release before {release.artifact_version} is restored in <b>{release.environment_name}</b> from its stored draft: nothing is
          built anew. The place is then held, and nothing is applied to it until somebody resumes it.
        </ConfirmAct>
      )}
      {asked === 'cancel' && (
        <ConfirmAct
          {...common}
          environment={{ ...environment, type: 'development' }}
          title="Cancel the release"
          act="Cancel the release"
          danger
          reason={{ label: 'Reason' }}
        >
          {NOT_BEGUN.includes(release.status)
            ? 'Nothing has run yet, and nothing will: what serves now goes on serving.'
            : 'What has begun is stopped in order, and what served before goes on serving.'}
        </ConfirmAct>
      )}
      {asked === 'resume' && (
        <ConfirmAct {...common} title="Let the release go on" act="Resume" reason={{ label: 'Reason' }}>
          It goes on without the measurement that it paused for.
        </ConfirmAct>
      )}
    </>
  );
}
