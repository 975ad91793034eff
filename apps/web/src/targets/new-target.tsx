import { Button, Group, Modal, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, type EnvironmentView } from '../api/client';
import { fieldProblems } from '../display/field-problems';
import { useFocusGivenBack } from '../display/focus-given-back';
import { ConnectionFields } from './connection-fields';
import { CredentialFields } from './credential-fields';
import { RefusedTarget } from './refused-target';
import { freshTarget, targetOf, targetProblems, type Runtime, type TargetInput } from './target-input';
import { TriedTarget } from './tried-target';

const RUNTIMES: readonly { value: Runtime; label: string }[] = [
  { value: 'process', label: 'This machine' },
  { value: 'compose', label: 'Docker host' },
  { value: 'k8s', label: 'Kubernetes' },
];
const LEADS: Readonly<Record<Runtime, string>> = {
  process: 'Supervised processes where Slipway’s executor runs, behind a router of their own. Needs nothing else.',
  compose: 'A host with Docker and its compose plugin, over SSH. Behind HAProxy, which Slipway runs there.',
  k8s: 'A namespace of a cluster, by what a service account or a user may do there.',
};

const USUAL_NAMES: Readonly<Record<Runtime, string>> = { process: 'local', compose: 'docker', k8s: 'cluster' };

/** Creates a target: it is tried first, and nothing is created where it is not fit. */
export function NewTarget({ environment, onClose }: { environment: EnvironmentView; onClose: () => void }) {
  useFocusGivenBack();
  const queries = useQueryClient();
  const form = useForm<TargetInput>({ initialValues: freshTarget('process', USUAL_NAMES.process), validate: targetProblems });
  const creating = useMutation({
    mutationFn: async (input: TargetInput) =>
      (
        await api.POST('/api/v1/deploy/targets', {
          params: {},
          body: targetOf(input, environment.project_id, environment.environment_id),
        })
      ).data!,
    onSuccess: () => queries.invalidateQueries({ queryKey: ['targets'] }),
    onError: (error) => form.setErrors({ ...fieldProblems(error), ...fieldProblems(error, 'connection') }),
  });
  if (creating.data) {
    return (
      <TriedTarget title={`${creating.data.name} is created`} target={creating.data} onClose={onClose}>
        Releases can be deployed to it now.
      </TriedTarget>
    );
  }
  const { runtime, name } = form.values;
  return (
    <Modal opened onClose={onClose} title={`A new target of ${environment.title}`} size="lg" closeOnClickOutside={!form.isDirty()}>
      <form noValidate autoComplete="off" onSubmit={form.onSubmit((input) => creating.mutate(input))}>
        <Stack gap="md">
          <SegmentedControl<Runtime>
            size="xs"
            aria-label="Runtime"
            data={[...RUNTIMES]}
            value={runtime}
            onChange={(next) => {
              creating.reset();
              form.setValues(freshTarget(next, name === USUAL_NAMES[runtime] ? USUAL_NAMES[next] : name));
              form.clearErrors();
            }}
          />
          <Text size="sm" c="var(--quiet)">
            {LEADS[runtime]}
          </Text>
          <TextInput label="Name" data-autofocus spellCheck={false} {...form.getInputProps('name')} />
          <ConnectionFields form={form} />
          <CredentialFields form={form} runtime={runtime} />
          {creating.error && <RefusedTarget error={creating.error} what="The target was not created" />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              Not now
            </Button>
            <Button type="submit" loading={creating.isPending}>
              {runtime === 'process' ? 'Create the target' : 'Try it, and create it'}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
