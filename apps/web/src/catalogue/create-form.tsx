import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useForm, type UseFormReturnType } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient, type QueryKey } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { fieldProblems } from '../display/field-problems';
import { useFocusGivenBack } from '../display/focus-given-back';
import { Problem } from '../display/problem';
import { nameProblem } from './names';

export interface Named {
  name: string;
  title: string;
}
interface CreateFormProps<Values extends Named> {
  /** What is created, with its article: "a project". */
  what: string;
  example: string;
  initial: Values;
  create: (values: Values) => Promise<unknown>;
  /** Which queries it makes old. */
  outdated: QueryKey;
  onClose: () => void;
  onCreated?: (values: Values) => void;
  children?: (form: UseFormReturnType<Values>) => ReactNode;
}

/** Creates something that has a name for programs and a title for people. */
export function CreateForm<Values extends Named>(props: CreateFormProps<Values>) {
  useFocusGivenBack();
  const { what, example, initial, create, outdated, onClose, onCreated, children } = props;
  const queries = useQueryClient();
  const form = useForm<Values>({ initialValues: initial, validate: ({ name }) => ({ name: nameProblem(name) }) });
  const creating = useMutation({
    mutationFn: create,
    onSuccess: async (_, values) => {
      await queries.invalidateQueries({ queryKey: outdated });
      notifications.show({ message: `${values.title.trim() || values.name} is created` });
      onCreated?.(values);
      onClose();
    },
    onError: (error) => form.setErrors(fieldProblems(error)),
  });
  return (
    <Modal opened onClose={onClose} title={`Create ${what}`} size="md">
      <form noValidate onSubmit={form.onSubmit((values) => creating.mutate(values))}>
        <Stack gap="md">
          <TextInput
            label="Name"
            description={`In addresses and commands, for good; e.g. ${example}`}
            data-autofocus
            spellCheck={false}
            {...form.getInputProps('name')}
          />
          <TextInput label="Title" description="What people read; left empty, its name" maxLength={200} {...form.getInputProps('title')} />
          {children?.(form)}
          {creating.error && <Problem error={creating.error} what="It was not created" />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              Not now
            </Button>
            <Button type="submit" loading={creating.isPending}>
              Create {what.replace(/^an? /, 'the ')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
