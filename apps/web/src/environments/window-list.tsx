import { Button, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { EnvironmentView } from '../api/client';
import { ConfirmAct } from '../display/confirm-act';
import { seconds, words } from '../display/format';
import { ToneMark } from '../display/marks';
import { removeWindow, type FreezeWindow, type GateScope, type GateView } from './gate-queries';
import { placeOf, scopeName } from './gate-scopes';
import { repeatText } from './repeats';

interface WindowListProps {
  gate: GateView;
  environment: EnvironmentView;
  /** Where one may remove a window. */
  mayRemove: readonly GateScope[];
}

/** The windows that can close an environment: its own, and inherited ones. */
export function WindowList({ gate, environment, mayRemove }: WindowListProps) {
  const windows = [gate, ...gate.inherited].flatMap(({ scope, windows: own }) => own.map((window) => ({ scope, window })));
  if (windows.length === 0)
    return (
      <Text size="sm" c="var(--quiet)">
        No freeze window: weekends, holidays, nights in which nothing shall change.
      </Text>
    );
  return (
    <ul className="windows" aria-label="Freeze windows">
      {windows.map(({ scope, window }) => (
        <li key={`${scope}${window.name}`}>
          <div className="row-head">
            <b>{window.name}</b>
            <ToneMark tone={window.kind === 'deny' ? 'wait' : 'info'}>{window.kind === 'deny' ? 'closed then' : 'open only then'}</ToneMark>
            {scope !== 'environment' && <ToneMark tone="neutral">of the {scope}</ToneMark>}
            {mayRemove.includes(scope) && <RemoveWindow window={window} scope={scope} environment={environment} />}
          </div>
          <WindowTimes window={window} />
        </li>
      ))}
    </ul>
  );
}

const WindowTimes = ({ window }: { window: FreezeWindow }) => (
  <Text size="xs" c="var(--quiet)" component="div">
    {window.start.replace('T', ' ')} {window.timezone}, for {seconds(window.duration_s)}, {repeatText(window.rrule)}. Keeps out{' '}
    {window.acts.map(words).join(', ')}. “{window.reason}”, ask {window.owner}
  </Text>
);

interface RemoveWindowProps {
  window: FreezeWindow;
  scope: GateScope;
  environment: EnvironmentView;
}

function RemoveWindow({ window, scope, environment }: RemoveWindowProps) {
  const queries = useQueryClient();
  const [asked, setAsked] = useState(false);
  const removing = useMutation({
    mutationFn: (reason: string) => removeWindow(placeOf(scope, environment), window.name, reason),
    onSuccess: async () => {
      setAsked(false);
      notifications.show({ message: `The window ${window.name} is removed` });
      await queries.invalidateQueries({ queryKey: ['gate'] });
    },
  });
  return (
    <span className="row-acts">
      <Button size="compact-xs" variant="subtle" onClick={() => setAsked(true)} aria-label={`Remove the window ${window.name}`}>
        Remove
      </Button>
      {asked && (
        <ConfirmAct
          title={`Remove the window ${window.name}`}
          act="Remove"
          danger
          environment={environment}
          reason={{ label: 'Reason' }}
          error={removing.error}
          pending={removing.isPending}
          onConfirm={(reason) => removing.mutate(reason)}
          onClose={() => setAsked(false)}
        >
          It no longer closes {scopeName(scope, environment)}.
        </ConfirmAct>
      )}
    </span>
  );
}
