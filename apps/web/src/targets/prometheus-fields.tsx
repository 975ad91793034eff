import { Group, Input, PasswordInput, SegmentedControl, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import type { PrometheusLogin, PrometheusLoginInput } from './prometheus-input';

interface PrometheusFieldsProps {
  form: UseFormReturnType<PrometheusLoginInput>;
  /** What the login is where none is given: `None`, or the one that stays. Undefined: one must be given. */
  otherwise?: string;
}

/** What opens the Prometheus of a target. Write-only, as what opens the target. */
export function PrometheusFields({ form, otherwise }: PrometheusFieldsProps) {
  const login = form.values.prometheus_login;
  return (
    <>
      <Input.Wrapper
        label="Login of Prometheus"
        description="Sealed for its address on its way in. Nobody can read it again, only replace it."
      >
        <SegmentedControl<PrometheusLogin>
          mt={6}
          fullWidth
          size="xs"
          aria-label="Login of Prometheus"
          data={[
            ...(otherwise === undefined ? [] : [{ value: 'as_is' as const, label: otherwise }]),
            { value: 'basic_auth', label: 'User and password' },
            { value: 'bearer_token', label: 'Token' },
          ]}
          {...form.getInputProps('prometheus_login')}
        />
      </Input.Wrapper>
      {login === 'basic_auth' && (
        <Group grow align="flex-start">
          <TextInput label="Prometheus user" autoComplete="off" spellCheck={false} {...form.getInputProps('prometheus_user')} />
          <Secret label="Prometheus password" {...form.getInputProps('prometheus_password')} />
        </Group>
      )}
      {login === 'bearer_token' && <Secret label="Prometheus token" {...form.getInputProps('prometheus_token')} />}
    </>
  );
}

const Secret = ({ label, ...rest }: { label: string }) => (
  <PasswordInput {...rest} label={label} autoComplete="off" visibilityToggleButtonProps={{ 'aria-label': `Show the ${label}` }} />
);
