import { PasswordInput, SegmentedControl, Text, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { SecretText } from './secret-text';
import type { CredentialInput, Runtime } from './target-input';

interface CredentialFieldsProps {
  form: UseFormReturnType<CredentialInput>;
  runtime: Runtime;
}

/** What opens a target of a runtime. Write-only: it is sealed for its endpoint, and nobody reads it again. */
export function CredentialFields({ form, runtime }: CredentialFieldsProps) {
  if (runtime === 'process') return null;
  return (
    <>
      {runtime === 'compose' ? <SshKey form={form} /> : <ClusterEntrance form={form} />}
      <Text size="xs" c="var(--quiet)">
        Sealed for this endpoint on its way in. Nobody can read it again, only replace it.
      </Text>
    </>
  );
}

const SshKey = ({ form }: Pick<CredentialFieldsProps, 'form'>) => (
  <>
    <SecretText label="Private key" description="OpenSSH or PEM" {...form.getInputProps('private_key')} />
    <PasswordInput
      label="Its passphrase"
      description="Where it has one"
      autoComplete="off"
      visibilityToggleButtonProps={{ 'aria-label': 'Show the passphrase' }}
      {...form.getInputProps('passphrase')}
    />
  </>
);

function ClusterEntrance({ form }: Pick<CredentialFieldsProps, 'form'>) {
  const { entrance } = form.values;
  return (
    <>
      <SegmentedControl
        size="xs"
        aria-label="How it is opened"
        data={[
          { value: 'kubeconfig', label: 'Kubeconfig' },
          { value: 'bearer_token', label: 'Token' },
          { value: 'client_certificate', label: 'Client certificate' },
        ]}
        {...form.getInputProps('entrance')}
      />
      {entrance === 'kubeconfig' && (
        <>
          <SecretText
            label="Kubeconfig"
            description="Judged by an allow-list and taken apart: programs, file paths and proxies in it are refused"
            {...form.getInputProps('kubeconfig')}
          />
          <TextInput label="Context" description="Left empty: its current one" spellCheck={false} {...form.getInputProps('context')} />
        </>
      )}
      {entrance === 'bearer_token' && <SecretText label="Token" {...form.getInputProps('token')} />}
      {entrance === 'client_certificate' && (
        <>
          <SecretText label="Certificate" description="PEM" {...form.getInputProps('certificate')} />
          <SecretText label="Its key" description="PEM" {...form.getInputProps('private_key')} />
        </>
      )}
    </>
  );
}
