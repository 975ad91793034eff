import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, type EnvironmentView, type TargetView } from '../api/client';
import { ConfirmAct } from '../display/confirm-act';
import { RotateCredential } from './rotate-credential';

/** Rotates what opens a target, or takes the target away. */
export function TargetActs({ target, environment }: { target: TargetView; environment: EnvironmentView }) {
  const [asked, setAsked] = useState<'rotate' | 'delete'>();
  const close = () => setAsked(undefined);
  return (
    <span className="row-acts">
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
      <Button size="compact-xs" variant="default" onClick={() => setAsked('delete')} aria-label={`Delete ${target.name}`}>
        Delete
      </Button>
      {asked === 'rotate' && <RotateCredential target={target} onClose={close} />}
      {asked === 'delete' && <DeleteTarget target={target} environment={environment} onClose={close} />}
    </span>
  );
}

function DeleteTarget({ target, environment, onClose }: { target: TargetView; environment: EnvironmentView; onClose: () => void }) {
  const queries = useQueryClient();
  const path = { id: target.target_id };
  const deleting = useMutation({
    mutationFn: (reason: string) => api.DELETE('/api/v1/deploy/targets/{id}', { params: { path, query: reason ? { reason } : {} } }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['targets'] });
      notifications.show({ message: `${target.name} is deleted` });
      onClose();
    },
  });
  return (
    <ConfirmAct
      title={`Delete the target ${target.name}`}
      act="Delete"
      danger
      environment={environment}
      reason={{ label: 'Reason' }}
      error={deleting.error}
      pending={deleting.isPending}
      onConfirm={(reason) => deleting.mutate(reason)}
      onClose={onClose}
    >
      Nothing can be deployed to it any more. What runs there goes on running, and Slipway no longer looks after it.
    </ConfirmAct>
  );
}
