import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ApiError, type EnvironmentView, type TargetView } from '../api/client';
import { ConfirmAct } from '../display/confirm-act';
import { EditTarget } from './edit-target';
import { RotateCredential } from './rotate-credential';
import { RotatePrometheus } from './rotate-prometheus';

/** Changes where a target is, rotates what opens it and its Prometheus, or takes the target away. */
export function TargetActs({ target, environment }: { target: TargetView; environment: EnvironmentView }) {
  const [asked, setAsked] = useState<'edit' | 'rotate' | 'prometheus' | 'delete'>();
  const close = () => setAsked(undefined);
  const prometheusAct = target.prometheus_credential ? 'Rotate the Prometheus login' : 'Give the Prometheus login';
  return (
    <span className="row-acts">
      <Button size="compact-xs" variant="subtle" onClick={() => setAsked('edit')} aria-label={`Change ${target.name}`}>
        Change
      </Button>
      {target.credential && (
        <Button
          size="compact-xs"
          variant="subtle"
          onClick={() => setAsked('rotate')}
          aria-label={`Rotate the credential of ${target.name}`}
        >
          Rotate the credential
        </Button>
      )}
      {target.connection.prometheus && (
        <Button size="compact-xs" variant="subtle" onClick={() => setAsked('prometheus')} aria-label={`${prometheusAct} of ${target.name}`}>
          {prometheusAct}
        </Button>
      )}
      <Button size="compact-xs" variant="default" onClick={() => setAsked('delete')} aria-label={`Delete ${target.name}`}>
        Delete
      </Button>
      {asked === 'edit' && <EditTarget target={target} environment={environment} onClose={close} />}
      {asked === 'prometheus' && <RotatePrometheus target={target} onClose={close} />}
      {asked === 'rotate' && <RotateCredential target={target} onClose={close} />}
      {asked === 'delete' && <DeleteTarget target={target} environment={environment} onClose={close} />}
    </span>
  );
}

function DeleteTarget({ target, environment, onClose }: { target: TargetView; environment: EnvironmentView; onClose: () => void }) {
  const queries = useQueryClient();
  const path = { id: target.target_id };
  const deleting = useMutation({
    mutationFn: ({ reason, force }: { reason: string; force: boolean }) =>
      api.DELETE('/api/v1/deploy/targets/{id}', { params: { path, query: { ...(reason && { reason }), ...(force && { force }) } } }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['targets'] });
      notifications.show({ message: `${target.name} is deleted` });
      onClose();
    },
  });
  // Only who was told what runs there may leave it to itself.
  const force = deleting.error instanceof ApiError && deleting.error.code === 'resource_in_use';
  return (
    <ConfirmAct
      title={`Delete the target ${target.name}`}
      act={force ? 'Delete all the same' : 'Delete'}
      danger
      environment={environment}
      reason={{ label: 'Reason' }}
      error={deleting.error}
      pending={deleting.isPending}
      onConfirm={(reason) => deleting.mutate({ reason, force })}
      onClose={onClose}
    >
      Nothing can be deployed to it any more, and Slipway no longer looks after it.
    </ConfirmAct>
  );
}
