import { Button, Checkbox, Group, Modal, MultiSelect, Select, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '../api/client';
import { environmentsQuery } from '../api/queries';
import { useFocusGivenBack } from '../display/focus-given-back';
import { Problem } from '../display/problem';
import { useSession } from '../session/session';
import type { AccountView } from './access-queries';
import { IssuedSecret } from './issued-secret';
import { MEANS, PERMISSIONS, type Permission } from './permissions';

const DAY = 86_400;
const LIFETIMES = [
  { value: String(3_600), label: 'an hour' },
  { value: String(DAY), label: 'a day' },
  { value: String(7 * DAY), label: '7 days' },
  { value: String(30 * DAY), label: '30 days' },
  { value: String(90 * DAY), label: '90 days' },
  { value: String(365 * DAY), label: 'a year' },
];

interface NewTokenProps {
  project: string;
  account: AccountView | undefined;
  onClose: () => void;
}

/** Makes a token: for what, for how long, with how little. Its secret is shown once. */
export function NewToken({ project, account, onClose }: NewTokenProps) {
  useFocusGivenBack();
  const queries = useQueryClient();
  const session = useSession();
  const environments = useQuery(environmentsQuery(project));
  const form = useForm({
    initialValues: { name: '', lifetime: String(30 * DAY), permissions: [] as Permission[], here: true, environments: [] as string[] },
    validate: { name: (name) => (name.trim() ? null : 'Give it a name, by which you know it later') },
  });
  const making = useMutation({
    mutationFn: async (values: typeof form.values) =>
      (
        await api.POST('/api/v1/access/tokens', {
          params: {},
          body: {
            name: values.name.trim(),
            expires_in_s: Number(values.lifetime),
            account: account?.account_id,
            permissions: values.permissions.length > 0 ? values.permissions : undefined,
            project: values.here ? project : undefined,
            environments: values.here && values.environments.length > 0 ? values.environments : undefined,
          },
        })
      ).data!,
    onSuccess: () => queries.invalidateQueries({ queryKey: ['access', 'tokens'] }),
  });
  if (making.data) return <IssuedSecret token={making.data} onClose={onClose} />;
  const held = account ? PERMISSIONS : PERMISSIONS.filter((permission) => session?.permissions.includes(permission));
  return (
    <Modal opened onClose={onClose} title={account ? `A token of ${account.actor_id}` : 'A token of yours'} size="md">
      <form onSubmit={form.onSubmit((values) => making.mutate(values))}>
        <Stack gap="md">
          <TextInput
            label="Name"
            description="For what, e.g. laptop or pipeline"
            data-autofocus
            maxLength={100}
            {...form.getInputProps('name')}
          />
          <Select label="Works for" data={LIFETIMES} allowDeselect={false} {...form.getInputProps('lifetime')} />
          <MultiSelect
            label="May only"
            description={account ? 'Left empty: all that the account may' : 'Left empty: all that you may'}
            data={held.map((permission) => ({ value: permission, label: permission }))}
            renderOption={({ option }) => (
              <span>
                <code>{option.value}</code> <span className="quiet">{MEANS[option.value]}</span>
              </span>
            )}
            searchable
            clearable
            {...form.getInputProps('permissions')}
          />
          <Checkbox label={`Only in the project ${project}`} {...form.getInputProps('here', { type: 'checkbox' })} />
          {form.values.here && (
            <MultiSelect
              label="Only in"
              description="Left empty: every environment of the project"
              data={environments.data?.map(({ name, title }) => ({ value: name, label: title })) ?? []}
              clearable
              {...form.getInputProps('environments')}
            />
          )}
          {making.error && <Problem error={making.error} what="No token was made" />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              Not now
            </Button>
            <Button type="submit" loading={making.isPending}>
              Make the token
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
