import { Button, Stack } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconHandStop, IconPlayerPlay } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { EnvironmentView } from '../api/client';
import { ConfirmAct } from '../display/confirm-act';
import { resumeLine, stopLine, type GateScope, type GateView } from './gate-queries';
import { placeOf, ScopeChoice, scopeName, useScopes } from './gate-scopes';

interface LineActsProps {
  gate: GateView;
  environment: EnvironmentView;
}

/** Stops the line with a reason, or resumes what is stopped. */
export function LineActs({ gate, environment }: LineActsProps) {
  const mayStop = useScopes(environment, ['deploy:release:rollback']);
  const mayResume = useScopes(environment, ['deploy:release:approve']);
  const stopped = [gate, ...gate.inherited].filter(({ stop }) => stop !== null).map(({ scope }) => scope);
  return (
    <>
      {mayStop.length > 0 && gate.stop === null && <StopButton environment={environment} scopes={mayStop} />}
      {stopped
        .filter((scope) => mayResume.includes(scope))
        .map((scope) => (
          <ResumeButton key={scope} environment={environment} scope={scope} />
        ))}
    </>
  );
}

function useGateAct(environment: EnvironmentView, act: typeof stopLine, done: string) {
  const queries = useQueryClient();
  const [asked, setAsked] = useState(false);
  const acting = useMutation({
    mutationFn: ({ scope, reason }: { scope: GateScope; reason: string }) => act(placeOf(scope, environment), reason),
    onSuccess: async () => {
      setAsked(false);
      notifications.show({ message: done });
      await queries.invalidateQueries({ queryKey: ['gate'] });
    },
  });
  return { asked, setAsked, acting };
}

function StopButton({ environment, scopes }: { environment: EnvironmentView; scopes: readonly GateScope[] }) {
  const { asked, setAsked, acting } = useGateAct(environment, stopLine, 'The line is stopped');
  const [scope, setScope] = useState<GateScope>('environment');
  return (
    <>
      <Button size="compact-sm" color="red.8" leftSection={<IconHandStop size={14} aria-hidden />} onClick={() => setAsked(true)}>
        Stop the line
      </Button>
      {asked && (
        <ConfirmAct
          title="Stop the line"
          act="Stop the line"
          danger
          reason={{ label: 'Reason', required: true }}
          error={acting.error}
          pending={acting.isPending}
          onConfirm={(reason) => acting.mutate({ scope, reason })}
          onClose={() => setAsked(false)}
        >
          <Stack gap="xs">
            <span>Nothing new is applied until somebody resumes it; what waits is kept. Rollbacks stay possible.</span>
            <ScopeChoice environment={environment} scopes={scopes} value={scope} onChange={setScope} />
          </Stack>
        </ConfirmAct>
      )}
    </>
  );
}

function ResumeButton({ environment, scope }: { environment: EnvironmentView; scope: GateScope }) {
  const { asked, setAsked, acting } = useGateAct(environment, resumeLine, 'The line goes on');
  const name = scopeName(scope, environment);
  return (
    <>
      <Button size="compact-sm" leftSection={<IconPlayerPlay size={14} aria-hidden />} onClick={() => setAsked(true)}>
        Resume {name}
      </Button>
      {asked && (
        <ConfirmAct
          title={`Resume ${name}`}
          act="Resume"
          environment={environment}
          reason={{ label: 'Reason' }}
          error={acting.error}
          pending={acting.isPending}
          onConfirm={(reason) => acting.mutate({ scope, reason })}
          onClose={() => setAsked(false)}
        >
          What waited goes on at once.
        </ConfirmAct>
      )}
    </>
  );
}
