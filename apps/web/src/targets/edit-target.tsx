import { Button, Checkbox, Group, Modal, Stack } from '@mantine/core';
import { useForm, type UseFormReturnType } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, type EnvironmentView, type TargetView } from '../api/client';
import { isConfirmed, TypedName } from '../display/confirm-act';
import { fieldProblems } from '../display/field-problems';
import { useFocusGivenBack } from '../display/focus-given-back';
import { ConnectionFields } from './connection-fields';
import { CredentialFields } from './credential-fields';
import { RefusedTarget } from './refused-target';
import {
  changeOf,
  changeProblems,
  differencesOf,
  isElsewhere,
  isOldHostKey,
  loginLeftAlone,
  updateOf,
  type TargetChange,
} from './target-change';
import { TargetDifferences } from './target-differences';
import { TriedTarget } from './tried-target';

const OLD_HOST_KEY =
  'This is the key of the present host. Give that of the other host, or empty the field: then the one that it presents is pinned, to be compared afterwards';

interface EditTargetProps {
  target: TargetView;
  environment: EnvironmentView;
  onClose: () => void;
}

/** Another connection for a target: shown as a difference, tried first, and taken only where it is fit. */
export function EditTarget({ target, environment, onClose }: EditTargetProps) {
  useFocusGivenBack();
  const form: UseFormReturnType<TargetChange> = useForm<TargetChange>({
    initialValues: changeOf(target),
    validate: (input) => changeProblems(input, target),
  });
  const [typed, setTyped] = useState('');
  const changing = useChange(
    target,
    (error) => form.setErrors({ ...fieldProblems(error), ...fieldProblems(error, 'connection') }),
    onClose,
  );
  if (changing.data?.report) {
    return (
      <TriedTarget title={`${target.name} is changed`} target={changing.data} onClose={onClose}>
        It was tried, and releases go there from now on.
      </TriedTarget>
    );
  }
  const differences = differencesOf(form.values, target);
  return (
    <Modal opened onClose={onClose} title={`Change the target ${target.name}`} size="lg" closeOnClickOutside={!form.isDirty()}>
      <form noValidate autoComplete="off" onSubmit={form.onSubmit((input) => changing.mutate(input))}>
        <Stack gap="md">
          <ConnectionFields
            form={form}
            prometheusLogin={loginLeftAlone(form.values, target)}
            hostKeyHint={isOldHostKey(form.values, target) ? OLD_HOST_KEY : undefined}
          />
          {target.credential && <OtherCredential form={form} target={target} />}
          <TargetDifferences differences={differences} />
          <TypedName environment={environment} value={typed} onChange={setTyped} />
          {Boolean(changing.error) && <RefusedTarget error={changing.error} what="The target was not changed" />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              Not now
            </Button>
            <Button type="submit" loading={changing.isPending} disabled={differences.length === 0 || !isConfirmed(environment, typed)}>
              {target.runtime_type === 'process' && form.values.prometheus.trim() === '' ? 'Change the target' : 'Try it, and change it'}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

function useChange(target: TargetView, onError: (error: unknown) => void, onClose: () => void) {
  const queries = useQueryClient();
  const path = { id: target.target_id };
  return useMutation({
    mutationFn: async (input: TargetChange) =>
      (await api.PATCH('/api/v1/deploy/targets/{id}', { params: { path }, body: updateOf(input, target) })).data!,
    onSuccess: async ({ report }) => {
      await queries.invalidateQueries({ queryKey: ['targets'] });
      if (report) return;
      notifications.show({ message: `${target.name} is changed` });
      onClose();
    },
    onError,
  });
}

interface OtherCredentialProps {
  form: UseFormReturnType<TargetChange>;
  target: TargetView;
}

/** The credential stays, unless another is given; for another endpoint one must be. */
function OtherCredential({ form, target }: OtherCredentialProps) {
  const elsewhere = isElsewhere(form.values, target);
  return (
    <>
      <Checkbox
        size="sm"
        label="Give a new credential as well"
        description={
          elsewhere
            ? 'The endpoint changes, and a credential belongs to the endpoint that it was given for'
            : 'Otherwise the present one stays; it is sealed and cannot be shown'
        }
        checked={form.values.renew || elsewhere}
        disabled={elsewhere}
        onChange={({ currentTarget: { checked } }) => form.setFieldValue('renew', checked)}
      />
      {(form.values.renew || elsewhere) && <CredentialFields form={form} runtime={target.runtime_type} />}
    </>
  );
}
