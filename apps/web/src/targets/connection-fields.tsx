import { Group, NumberInput, SimpleGrid, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { PrometheusFields } from './prometheus-fields';
import { SecretText } from './secret-text';
import type { TargetInput } from './target-input';

type Form = UseFormReturnType<TargetInput>;

interface ConnectionFieldsProps {
  form: Form;
  /** What the login of its Prometheus is where none is given. */
  prometheusLogin?: string;
  /** What is to be said of the host key here. */
  hostKeyHint?: string;
}

const HOST_KEY = 'SHA256:..., as ssh-keygen -lf prints it. Left empty, the one that the host presents now is pinned: compare it afterwards';

/** Where a target is, by its runtime. */
export function ConnectionFields({ form, prometheusLogin = 'None', hostKeyHint = HOST_KEY }: ConnectionFieldsProps) {
  const { runtime } = form.values;
  return (
    <>
      {runtime === 'compose' && <DockerHost form={form} hostKeyHint={hostKeyHint} />}
      {runtime === 'k8s' && <Cluster form={form} />}
      {runtime !== 'k8s' && <Ports form={form} />}
      <TextInput
        label="Prometheus"
        description="URL of the one that has the figures of what runs here; canaries with metrics are judged by it. May be left empty"
        spellCheck={false}
        {...form.getInputProps('prometheus')}
      />
      {form.values.prometheus.trim() !== '' && <PrometheusFields form={form} otherwise={prometheusLogin} />}
    </>
  );
}

const Ports = ({ form }: { form: Form }) => (
  <Group grow align="flex-start">
    <NumberInput
      label="First port"
      description="One for each service with traffic"
      min={1}
      max={65_535}
      {...form.getInputProps('port_from')}
    />
    <NumberInput label="Last port" description="Inclusive" min={1} max={65_535} {...form.getInputProps('port_to')} />
  </Group>
);

const DockerHost = ({ form, hostKeyHint }: { form: Form; hostKeyHint: string }) => (
  <>
    <SimpleGrid cols={{ base: 1, xs: 3 }} spacing="md">
      <TextInput label="Docker host" description="Name or address" spellCheck={false} {...form.getInputProps('host')} />
      <NumberInput label="SSH port" description="Usually 22" min={1} max={65_535} {...form.getInputProps('port')} />
      <TextInput label="User" description="May use Docker" spellCheck={false} {...form.getInputProps('user')} />
    </SimpleGrid>
    <TextInput label="Host key" description={hostKeyHint} spellCheck={false} {...form.getInputProps('host_key')} />
    <TextInput label="Prefix of its Compose projects" spellCheck={false} {...form.getInputProps('project_name')} />
  </>
);

const Cluster = ({ form }: { form: Form }) => (
  <>
    {form.values.entrance !== 'kubeconfig' && (
      <>
        <TextInput label="API server" placeholder="https://" spellCheck={false} {...form.getInputProps('server')} />
        <SecretText label="Certificate authority" description="PEM; left empty: the public ones" {...form.getInputProps('ca')} />
      </>
    )}
    <TextInput label="Namespace" spellCheck={false} {...form.getInputProps('namespace')} />
    <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="md">
      <TextInput
        label="Gateway"
        description="[namespace/]name of a Gateway API v1 Gateway whose routes carry the traffic. Left empty: plain Services"
        spellCheck={false}
        {...form.getInputProps('gateway')}
      />
      <TextInput
        label="Host of its routes"
        description={'Such as {service}.example.com: one for each service. Left empty: every host of the Gateway'}
        spellCheck={false}
        {...form.getInputProps('gateway_hostname')}
      />
    </SimpleGrid>
  </>
);
