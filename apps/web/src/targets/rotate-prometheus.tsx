import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, type TargetView } from '../api/client';
import { useFocusGivenBack } from '../display/focus-given-back';
import { PrometheusFields } from './prometheus-fields';
import { NO_PROMETHEUS_LOGIN, prometheusCredentialOf, prometheusProblems, type PrometheusLoginInput } from './prometheus-input';
import { RefusedTarget } from './refused-target';

/** The login of a target's Prometheus, given or replaced: tried before it holds. */
export function RotatePrometheus({ target, onClose }: { target: TargetView; onClose: () => void }) {
  useFocusGivenBack();
  const queries = useQueryClient();
  const { name, target_id: id, prometheus_credential: pin, connection } = target;
  const form = useForm<PrometheusLoginInput>({
    initialValues: { ...NO_PROMETHEUS_LOGIN, prometheus_login: pin?.kind === 'bearer_token' ? 'bearer_token' : 'basic_auth' },
    validate: prometheusProblems,
  });
  const rotating = useMutation({
    mutationFn: async (input: PrometheusLoginInput) => {
      const body = { prometheus_credential: prometheusCredentialOf(input) };
      return (await api.POST('/api/v1/deploy/targets/{id}/credential', { params: { path: { id } }, body })).data!;
    },
    onSuccess: async ({ prometheus_credential: fresh }) => {
      await queries.invalidateQueries({ queryKey: ['targets'] });
      notifications.show({ message: `The Prometheus of ${name} is asked with version ${fresh?.version} of its login from now on` });
      onClose();
    },
  });
  return (
    <Modal opened onClose={onClose} title={`Prometheus login of ${name}`} size="lg" closeOnClickOutside={!form.isDirty()}>
      <form noValidate autoComplete="off" onSubmit={form.onSubmit((input) => rotating.mutate(input))}>
        <Stack gap="md">
          <Text size="sm">
            For <code>{connection.prometheus?.url}</code>. Canaries are judged by its figures. Open previews hold.{' '}
            {pin && 'The new login is tried before it replaces the old one.'}
          </Text>
          <PrometheusFields form={form} />
          {rotating.error && <RefusedTarget error={rotating.error} what={pin ? 'The old login stays' : 'It has no login yet'} />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              Not now
            </Button>
            <Button type="submit" loading={rotating.isPending}>
              {pin ? 'Try it, and rotate' : 'Try it, and keep it'}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
