import { Button, Group, Modal, SegmentedControl, Select, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../api/client';
import { useFocusGivenBack } from '../display/focus-given-back';
import { Problem } from '../display/problem';

const OWNERS = [
  { value: 'me', label: 'you: it may what you may, and needs no roles' },
  { value: 'project', label: 'itself, in the project: give it roles' },
  { value: 'platform', label: 'itself, on the whole platform: give it roles' },
];
type Owner = 'me' | 'project' | 'platform';
interface Values {
  name: string;
  title: string;
  kind: 'agent' | 'service';
  owner: Owner;
}

async function make({ name, title, kind, owner }: Values, project: string) {
  const body = { name: name.trim(), kind, title: title.trim() || undefined };
  if (owner === 'me') return (await api.POST('/api/v1/access/delegates', { params: {}, body })).data!;
  return (await api.POST('/api/v1/access/accounts', { params: {}, body: { ...body, ...(owner === 'project' ? { project } : {}) } })).data!;
}

/** Makes an account for an agent or a service. */
export function NewAccount({ project, onClose }: { project: string; onClose: () => void }) {
  useFocusGivenBack();
  const queries = useQueryClient();
  const form = useForm<Values>({
    initialValues: { name: '', title: '', kind: 'agent', owner: 'me' },
    validate: {
      name: (name) =>
        /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(name.trim()) ? null : 'Lower-case letters, digits and hyphens inside, up to 63',
    },
  });
  const making = useMutation({
    mutationFn: (values: Values) => make(values, project),
    onSuccess: async (account) => {
      await queries.invalidateQueries({ queryKey: ['access'] });
      notifications.show({ message: `${account.actor_id} exists; make it a token` });
      onClose();
    },
  });
  return (
    <Modal opened onClose={onClose} title="A new account" size="md">
      <form onSubmit={form.onSubmit((values) => making.mutate(values))}>
        <Stack gap="md">
          <SegmentedControl
            aria-label="Kind"
            data={[
              { value: 'agent', label: 'AI agent' },
              { value: 'service', label: 'Service' },
            ]}
            {...form.getInputProps('kind')}
          />
          <TextInput label="Name" data-autofocus spellCheck={false} {...form.getInputProps('name')} />
          <TextInput label="What it is for" maxLength={200} {...form.getInputProps('title')} />
          <Select label="Acts for" data={OWNERS} allowDeselect={false} {...form.getInputProps('owner')} />
          {making.error && <Problem error={making.error} what="No account was made" />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              Not now
            </Button>
            <Button type="submit" loading={making.isPending}>
              Make the account
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
