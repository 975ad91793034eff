import { Autocomplete, Button, Group, Modal, Select, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, type Schemas } from '../api/client';
import { environmentsQuery } from '../api/queries';
import { useFocusGivenBack } from '../display/focus-given-back';
import { Problem } from '../display/problem';
import { accountsQuery, rolesQuery, teamsQuery } from './access-queries';

type Kind = Schemas['CreateBinding']['subject']['kind'];
const KINDS: { value: Kind; label: string }[] = [
  { value: 'actor', label: 'a person, agent or service' },
  { value: 'group', label: 'a group of the identity provider' },
  { value: 'team', label: 'a team' },
];
const PROJECT = '@project';
const PLATFORM = '@platform';
interface Values {
  kind: Kind;
  ref: string;
  role: string | null;
  /** The name of an environment, or one of the two above. */
  where: string;
}

/** Gives a role to somebody, somewhere. */
export function NewBinding({ project, onClose }: { project: string; onClose: () => void }) {
  useFocusGivenBack();
  const queries = useQueryClient();
  const roles = useQuery(rolesQuery);
  const accounts = useQuery(accountsQuery);
  const teams = useQuery(teamsQuery);
  const environments = useQuery(environmentsQuery(project));
  const form = useForm<Values>({
    initialValues: { kind: 'actor', ref: '', role: null, where: PROJECT },
    validate: {
      ref: (ref) => (/^[\x21-\x7e]{1,200}$/.test(ref.trim()) ? null : 'Say who: an id without spaces'),
      role: (role) => (role === null ? 'Choose a role' : null),
    },
  });
  const giving = useMutation({
    mutationFn: async ({ kind, ref, role, where }: Values) => {
      const scope = where === PLATFORM ? {} : { project, ...(where === PROJECT ? {} : { environment: where }) };
      const body = { role: role!, subject: { kind, ref: ref.trim() }, ...scope };
      return (await api.POST('/api/v1/access/bindings', { params: {}, body })).data!;
    },
    onSuccess: async ({ subject, role }) => {
      await queries.invalidateQueries({ queryKey: ['access'] });
      notifications.show({ message: `${subject.ref} has the role ${role}` });
      onClose();
    },
  });
  const known = {
    actor: accounts.data?.map(({ actor_id: id }) => id),
    team: teams.data?.map(({ team_id: id }) => id),
    group: [...new Set(accounts.data?.flatMap(({ groups }) => groups))],
  }[form.values.kind];
  return (
    <Modal opened onClose={onClose} title="Give a role" size="md">
      <form onSubmit={form.onSubmit((values) => giving.mutate(values))}>
        <Stack gap="md">
          <Select label="To" data={KINDS} allowDeselect={false} {...form.getInputProps('kind')} />
          <Autocomplete label="Who" data={[...new Set(known)]} spellCheck={false} {...form.getInputProps('ref')} />
          <Select label="Role" data={roles.data?.map(({ name }) => name) ?? []} searchable {...form.getInputProps('role')} />
          <Select
            label="Where"
            data={[
              { value: PROJECT, label: `project ${project}` },
              ...(environments.data ?? []).map(({ name, title }) => ({ value: name, label: `only ${title}` })),
              { value: PLATFORM, label: 'everywhere' },
            ]}
            allowDeselect={false}
            {...form.getInputProps('where')}
          />
          {giving.error && <Problem error={giving.error} what="The role was not given" />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              Not now
            </Button>
            <Button type="submit" loading={giving.isPending}>
              Give the role
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
