import { Button, Group, Modal, Stack, TagsInput, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { IconPlus, IconUsersGroup } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api/client';
import { ConfirmAct } from '../display/confirm-act';
import { useFocusGivenBack } from '../display/focus-given-back';
import { Panel } from '../display/page';
import { Problem } from '../display/problem';
import { Moment } from '../display/times';
import { teamsQuery, type TeamView } from './access-queries';
import { SimpleTable } from './simple-table';

/** Teams, their members and projects. */
export function TeamsPanel() {
  const [changing, setChanging] = useState<TeamView | 'new'>();
  const query = useQuery(teamsQuery);
  return (
    <Panel
      title="Teams"
      flush
      aside={
        <Button size="compact-sm" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => setChanging('new')}>
          New team
        </Button>
      }
    >
      <SimpleTable<TeamView>
        query={query}
        label="Teams"
        columns={['Team', 'Members', 'Projects', 'Changed']}
        rowKey={({ team_id: id }) => id}
        cells={(team) => [
          <>
            <b>{team.team_id}</b> <span className="quiet">{team.title}</span>
          </>,
          team.members.join(', '),
          team.projects.join(', '),
          <Moment at={team.updated_at} relative />,
          <TeamActs team={team} onChange={() => setChanging(team)} />,
        ]}
        empty={{
          icon: IconUsersGroup,
          title: 'No team yet',
          says: 'A role that is given to a team is its members’, in all projects of the team.',
        }}
      />
      {changing && <ChangeTeam team={changing === 'new' ? undefined : changing} onClose={() => setChanging(undefined)} />}
    </Panel>
  );
}

function TeamActs({ team, onChange }: { team: TeamView; onChange: () => void }) {
  const queries = useQueryClient();
  const [asked, setAsked] = useState(false);
  const deleting = useMutation({
    mutationFn: (reason: string) =>
      api.DELETE('/api/v1/access/teams/{name}', { params: { path: { name: team.team_id }, query: reason ? { reason } : {} } }),
    onSuccess: async () => {
      setAsked(false);
      await queries.invalidateQueries({ queryKey: ['access'] });
    },
  });
  return (
    <Group gap={6} justify="flex-end" wrap="nowrap">
      <Button size="compact-xs" variant="subtle" onClick={onChange} aria-label={`Change ${team.team_id}`}>
        Change
      </Button>
      <Button size="compact-xs" variant="default" onClick={() => setAsked(true)} aria-label={`Delete ${team.team_id}`}>
        Delete
      </Button>
      {asked && (
        <ConfirmAct
          title={`Delete the team ${team.team_id}`}
          act="Delete"
          danger
          reason={{ label: 'Reason' }}
          error={deleting.error}
          pending={deleting.isPending}
          onConfirm={(reason) => deleting.mutate(reason)}
          onClose={() => setAsked(false)}
        >
          Roles that are given to it give nothing any more.
        </ConfirmAct>
      )}
    </Group>
  );
}

function ChangeTeam({ team, onClose }: { team: TeamView | undefined; onClose: () => void }) {
  useFocusGivenBack();
  const queries = useQueryClient();
  const form = useForm({
    initialValues: { name: team?.team_id ?? '', title: team?.title ?? '', members: team?.members ?? [] },
    validate: {
      name: (name) => (/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(name) ? null : 'Lower-case letters, digits and hyphens inside'),
    },
  });
  const changing = useMutation({
    mutationFn: ({ name, title, members }: typeof form.values) =>
      api.PUT('/api/v1/access/teams/{name}', { params: { path: { name } }, body: { title: title.trim() || undefined, members } }),
    onSuccess: async (_, { name }) => {
      await queries.invalidateQueries({ queryKey: ['access'] });
      notifications.show({ message: `The team ${name} is as you said` });
      onClose();
    },
  });
  return (
    <Modal opened onClose={onClose} title={team ? `Change ${team.team_id}` : 'A new team'} size="md">
      <form onSubmit={form.onSubmit((values) => changing.mutate(values))}>
        <Stack gap="md">
          <TextInput label="Name" disabled={team !== undefined} spellCheck={false} {...form.getInputProps('name')} />
          <TextInput label="Title" maxLength={200} {...form.getInputProps('title')} />
          <TagsInput label="Members" description="Actor ids; enter adds one" acceptValueOnBlur {...form.getInputProps('members')} />
          {changing.error && <Problem error={changing.error} what="The team was not changed" />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              Not now
            </Button>
            <Button type="submit" loading={changing.isPending}>
              Keep the team
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
