import { Alert, Anchor, Button, Center, Code, List, Paper, PasswordInput, Stack, Text, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect } from 'react';
import logo from '../app/slipway.svg';
import { Problem } from '../display/problem';
import { signIn, waysIn } from './session';

/** Only a path of this page: an address elsewhere is no place to go after signing in. */
const inside = (next: string | undefined): string => (next?.startsWith('/') && !next.startsWith('//') ? next : '/');

const REFUSED: Readonly<Record<string, string>> = {
  login_failed: 'The identity provider did not vouch for you; try again, and tell its administrator if it stays so.',
  login_expired: 'Signing in took too long; try again.',
  access_denied: 'The identity provider refused; ask its administrator for access to Slipway.',
};

export function LoginView() {
  const { next, error } = useSearch({ from: '/login' });
  const ways = useQuery({ queryKey: ['ways-in'], queryFn: waysIn, staleTime: Infinity });
  const navigate = useNavigate();
  const form = useForm({ initialValues: { token: '' }, validate: { token: (value) => (value.trim() ? null : 'Paste a token') } });
  const entering = useMutation({ mutationFn: signIn, onSuccess: () => navigate({ href: inside(next) }) });
  useEffect(() => {
    document.title = 'Sign in · Slipway';
  }, []);
  return (
    <Center mih="100dvh" p="md" component="main">
      <Stack w="100%" maw={420} gap="lg">
        <Stack gap={6} align="center">
          <img src={logo} width={48} height={48} alt="" />
          <Title order={1} size="h3">
            Sign in to Slipway
          </Title>
          <Text size="sm" c="var(--quiet)" ta="center">
            Choose, preview, confirm, follow: deployments in which what runs is what was reviewed.
          </Text>
        </Stack>
        {error !== undefined && (
          <Alert color="red" variant="light" role="alert" title="Not signed in">
            {REFUSED[error] ?? REFUSED['login_failed']}
          </Alert>
        )}
        {ways.data?.oidc && (
          <Button component="a" href={`/auth/login?return_to=${encodeURIComponent(inside(next))}`} size="md">
            Sign in with {ways.data.oidc.name}
          </Button>
        )}
        {ways.error && <Problem error={ways.error} onRetry={() => void ways.refetch()} />}
        {ways.data?.token !== false && (
          <Paper withBorder p="lg" radius="md">
            <form onSubmit={form.onSubmit(({ token }) => entering.mutate(token))}>
              <Stack gap="md">
                <PasswordInput
                  label="Token"
                  description="A bearer token of this installation"
                  autoComplete="off"
                  autoFocus
                  spellCheck={false}
                  {...form.getInputProps('token')}
                />
                {entering.error && <Problem error={entering.error} what="Not signed in" />}
                <Button type="submit" loading={entering.isPending} fullWidth>
                  Sign in
                </Button>
              </Stack>
            </form>
          </Paper>
        )}
        <Text size="xs" c="var(--quiet)" component="div">
          On your own machine (<Code>npm run up</Code>), tokens are in <Code>.slipway/tokens.json</Code>:
          <List size="xs" mt={4}>
            <List.Item>
              <b>developer</b> previews and applies, <b>approver</b> decides tickets
            </List.Item>
            <List.Item>
              <b>viewer</b> reads, <b>admin</b> may do all of it
            </List.Item>
          </List>
          The API describes itself at{' '}
          <Anchor href="/api/v1/openapi.json" underline="always">
            /api/v1/openapi.json
          </Anchor>
          .
        </Text>
      </Stack>
    </Center>
  );
}
