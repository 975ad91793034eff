import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconPlus, IconUserShield } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api/client';
import { environmentsQuery } from '../api/queries';
import { ConfirmAct } from '../display/confirm-act';
import { ToneMark } from '../display/marks';
import { Panel } from '../display/page';
import { bindingsQuery, type BindingView } from './access-queries';
import { NewBinding } from './new-binding';
import { scopeText } from './scope-text';
import { SimpleTable } from './simple-table';

/** Which role is given to whom, where. */
export function BindingsPanel({ project }: { project: string }) {
  const [making, setMaking] = useState(false);
  const query = useQuery(bindingsQuery(project));
  const environments = useQuery(environmentsQuery(project)).data ?? [];
  return (
    <Panel
      title="Who has which role"
      flush
      aside={
        <Button size="compact-sm" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => setMaking(true)}>
          Give a role
        </Button>
      }
    >
      <SimpleTable<BindingView>
        query={query}
        label="Role bindings"
        columns={['Who', 'Role', 'Where', 'From']}
        rowKey={({ binding_id: id }) => id}
        cells={(binding) => [
          <>
            {binding.subject.kind !== 'actor' && <ToneMark tone="neutral">{binding.subject.kind}</ToneMark>} {binding.subject.ref}
          </>,
          <b>{binding.role}</b>,
          scopeText(binding.scope, environments),
          binding.source === 'log' ? binding.created_by : 'the configuration',
          binding.source === 'log' ? <TakeBack binding={binding} /> : null,
        ]}
        empty={{
          icon: IconUserShield,
          title: 'No role is given yet',
          says: 'Roles of the embedded tokens come with the token itself; others are given here: to an actor, a group or a team.',
        }}
      />
      {making && <NewBinding project={project} onClose={() => setMaking(false)} />}
    </Panel>
  );
}

function TakeBack({ binding }: { binding: BindingView }) {
  const queries = useQueryClient();
  const [asked, setAsked] = useState(false);
  const acting = useMutation({
    mutationFn: (reason: string) =>
      api.DELETE('/api/v1/access/bindings/{id}', {
        params: { path: { id: binding.binding_id }, query: reason ? { reason } : {} },
      }),
    onSuccess: async () => {
      setAsked(false);
      notifications.show({ message: `${binding.subject.ref} no longer has the role ${binding.role}` });
      await queries.invalidateQueries({ queryKey: ['access'] });
    },
  });
  return (
    <>
      <Button
        size="compact-xs"
        variant="default"
        onClick={() => setAsked(true)}
        aria-label={`Take back ${binding.role} from ${binding.subject.ref}`}
      >
        Take back
      </Button>
      {asked && (
        <ConfirmAct
          title={`Take back ${binding.role} from ${binding.subject.ref}`}
          act="Take back"
          danger
          reason={{ label: 'Reason' }}
          error={acting.error}
          pending={acting.isPending}
          onConfirm={(reason) => acting.mutate(reason)}
          onClose={() => setAsked(false)}
        >
          It holds at once, for what is signed in as well.
        </ConfirmAct>
      )}
    </>
  );
}
