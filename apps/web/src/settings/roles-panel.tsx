import { Button, Checkbox, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { IconPlus, IconShield } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api/client';
import { ConfirmAct } from '../display/confirm-act';
import { useFocusGivenBack } from '../display/focus-given-back';
import { ToneMark } from '../display/marks';
import { Panel } from '../display/page';
import { Problem } from '../display/problem';
import { rolesQuery, type RoleView } from './access-queries';
import { MEANS, PERMISSIONS } from './permissions';
import { SimpleTable } from './simple-table';

/** Roles: the built-in ones, and those defined here. */
export function RolesPanel() {
  const [defining, setDefining] = useState<RoleView | 'new'>();
  const query = useQuery(rolesQuery);
  return (
    <Panel
      title="Roles"
      flush
      aside={
        <Button size="compact-sm" variant="default" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => setDefining('new')}>
          Define a role
        </Button>
      }
    >
      <SimpleTable<RoleView>
        query={query}
        label="Roles"
        columns={['Role', 'May']}
        rowKey={({ name }) => name}
        cells={(role) => [
          <>
            <b>{role.name}</b> {role.built_in && <ToneMark tone="neutral">built in</ToneMark>} <span className="quiet">{role.title}</span>
          </>,
          <div className="permissions">
            {role.permissions.map((permission) => (
              <code key={permission}>{permission}</code>
            ))}
          </div>,
          role.built_in ? null : <RoleActs role={role} onChange={() => setDefining(role)} />,
        ]}
        empty={{ icon: IconShield, title: 'No role', says: 'A role is a set of permissions with a name.' }}
      />
      {defining && <DefineRole role={defining === 'new' ? undefined : defining} onClose={() => setDefining(undefined)} />}
    </Panel>
  );
}

function RoleActs({ role, onChange }: { role: RoleView; onChange: () => void }) {
  const queries = useQueryClient();
  const [asked, setAsked] = useState(false);
  const deleting = useMutation({
    mutationFn: (reason: string) =>
      api.DELETE('/api/v1/access/roles/{name}', { params: { path: { name: role.name }, query: reason ? { reason } : {} } }),
    onSuccess: async () => {
      setAsked(false);
      await queries.invalidateQueries({ queryKey: ['access'] });
    },
  });
  return (
    <Group gap={6} justify="flex-end" wrap="nowrap">
      <Button size="compact-xs" variant="subtle" onClick={onChange} aria-label={`Change ${role.name}`}>
        Change
      </Button>
      <Button size="compact-xs" variant="default" onClick={() => setAsked(true)} aria-label={`Delete ${role.name}`}>
        Delete
      </Button>
      {asked && (
        <ConfirmAct
          title={`Delete the role ${role.name}`}
          act="Delete"
          danger
          reason={{ label: 'Reason' }}
          error={deleting.error}
          pending={deleting.isPending}
          onConfirm={(reason) => deleting.mutate(reason)}
          onClose={() => setAsked(false)}
        >
          To whom it is given, it gives nothing any more.
        </ConfirmAct>
      )}
    </Group>
  );
}

function DefineRole({ role, onClose }: { role: RoleView | undefined; onClose: () => void }) {
  useFocusGivenBack();
  const queries = useQueryClient();
  const form = useForm({
    initialValues: { name: role?.name ?? '', title: role?.title ?? '', permissions: role?.permissions ?? [] },
    validate: {
      name: (name) => (/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(name) ? null : 'Lower-case letters, digits and hyphens inside'),
      permissions: (chosen) => (chosen.length > 0 ? null : 'Choose at least one'),
    },
  });
  const defining = useMutation({
    mutationFn: ({ name, title, permissions }: typeof form.values) =>
      api.PUT('/api/v1/access/roles/{name}', { params: { path: { name } }, body: { title: title.trim() || undefined, permissions } }),
    onSuccess: async (_, { name }) => {
      await queries.invalidateQueries({ queryKey: ['access'] });
      notifications.show({ message: `The role ${name} is defined` });
      onClose();
    },
  });
  return (
    <Modal opened onClose={onClose} title={role ? `Change ${role.name}` : 'Define a role'} size="md">
      <form onSubmit={form.onSubmit((values) => defining.mutate(values))}>
        <Stack gap="md">
          <TextInput label="Name" disabled={role !== undefined} spellCheck={false} {...form.getInputProps('name')} />
          <TextInput label="What it is for" maxLength={200} {...form.getInputProps('title')} />
          <Checkbox.Group label="May" {...form.getInputProps('permissions')}>
            <Stack gap={6} mt={6}>
              {PERMISSIONS.map((permission) => (
                <Checkbox key={permission} size="xs" value={permission} label={permission} description={MEANS[permission]} />
              ))}
            </Stack>
          </Checkbox.Group>
          {defining.error && <Problem error={defining.error} what="The role was not defined" />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              Not now
            </Button>
            <Button type="submit" loading={defining.isPending}>
              {role ? 'Change the role' : 'Define the role'}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
