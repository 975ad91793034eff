import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, type TargetView } from '../api/client';
import { fieldProblems } from '../display/field-problems';
import { useFocusGivenBack } from '../display/focus-given-back';
import { CredentialFields } from './credential-fields';
import { RefusedTarget } from './refused-target';
import { credentialProblems, NO_CREDENTIAL, rotationOf, type CredentialInput } from './target-input';

/** Another credential for the same endpoint: tried before it takes the old one's place. */
export function RotateCredential({ target, onClose }: { target: TargetView; onClose: () => void }) {
  useFocusGivenBack();
  const queries = useQueryClient();
  const { name, runtime_type: runtime, target_id: id } = target;
  const form = useForm<CredentialInput>({ initialValues: NO_CREDENTIAL, validate: (input) => credentialProblems(input, runtime) });
  const rotating = useMutation({
    mutationFn: async (input: CredentialInput) =>
      (await api.POST('/api/v1/deploy/targets/{id}/credential', { params: { path: { id } }, body: rotationOf(input, runtime) })).data!,
    onSuccess: async ({ credential }) => {
      await queries.invalidateQueries({ queryKey: ['targets'] });
      notifications.show({ message: `${name} is opened by version ${credential?.version} of its credential from now on` });
      onClose();
    },
    onError: (error) => form.setErrors(fieldProblems(error)),
  });
  return (
    <Modal opened onClose={onClose} title={`A new credential for ${name}`} size="lg" closeOnClickOutside={!form.isDirty()}>
      <form noValidate autoComplete="off" onSubmit={form.onSubmit((input) => rotating.mutate(input))}>
        <Stack gap="md">
          <Text size="sm">
            The target stays where it is, and open previews hold. The new credential is tried before it replaces the old one.
          </Text>
          <CredentialFields form={form} runtime={runtime} />
          {rotating.error && <RefusedTarget error={rotating.error} what="The old credential stays" />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              Not now
            </Button>
            <Button type="submit" loading={rotating.isPending}>
              Try it, and rotate
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
