import { Button, Group } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, type Schemas } from '../api/client';
import { ConfirmAct } from '../display/confirm-act';
import type { TokenView } from './access-queries';
import { IssuedSecret } from './issued-secret';

/** Ends a token, or gives it a new secret. */
export function TokenActs({ token }: { token: TokenView }) {
  const queries = useQueryClient();
  const [asked, setAsked] = useState<'revoke' | 'rotate'>();
  const [issued, setIssued] = useState<Schemas['IssuedToken']>();
  const params = { path: { id: token.token_id } };
  const settle = () => queries.invalidateQueries({ queryKey: ['access', 'tokens'] });
  const revoking = useMutation({
    mutationFn: (reason: string) => api.POST('/api/v1/access/tokens/{id}/revoke', { params, body: reason ? { reason } : {} }),
    onSuccess: async () => {
      setAsked(undefined);
      notifications.show({ message: `${token.name} is revoked` });
      await settle();
    },
  });
  const rotating = useMutation({
    mutationFn: async () => (await api.POST('/api/v1/access/tokens/{id}/rotate', { params, body: {} })).data!,
    onSuccess: async (fresh) => {
      setAsked(undefined);
      setIssued(fresh);
      await settle();
    },
  });
  return (
    <Group gap={6} justify="flex-end" wrap="nowrap">
      {token.kind !== 'session' && (
        <Button size="compact-xs" variant="subtle" onClick={() => setAsked('rotate')} aria-label={`Rotate ${token.name}`}>
          Rotate
        </Button>
      )}
      <Button size="compact-xs" variant="default" onClick={() => setAsked('revoke')} aria-label={`Revoke ${token.name}`}>
        Revoke
      </Button>
      {asked === 'revoke' && (
        <ConfirmAct
          title={`Revoke ${token.name}`}
          act="Revoke"
          danger
          reason={{ label: 'Reason' }}
          error={revoking.error}
          pending={revoking.isPending}
          onConfirm={(reason) => revoking.mutate(reason)}
          onClose={() => setAsked(undefined)}
        >
          It stops working at once, with every token made from it; streams and sessions that it holds open are closed.
          {token.kind === 'session' && ' It is somebody’s signed-in browser, perhaps this one.'}
        </ConfirmAct>
      )}
      {asked === 'rotate' && (
        <ConfirmAct
          title={`A new secret for ${token.name}`}
          act="Rotate"
          error={rotating.error}
          pending={rotating.isPending}
          onConfirm={() => rotating.mutate()}
          onClose={() => setAsked(undefined)}
        >
          The secret of now stops working at once; the new one is shown once.
        </ConfirmAct>
      )}
      {issued && <IssuedSecret token={issued} onClose={() => setIssued(undefined)} />}
    </Group>
  );
}
