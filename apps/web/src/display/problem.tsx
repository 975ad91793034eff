import { Alert, Button, Code, Group, List, Stack, Text } from '@mantine/core';
import { IconAlertCircle, IconRefresh, IconWifiOff } from '@tabler/icons-react';
import { ApiError, GatewayUnreachable } from '../api/client';

interface ProblemProps {
  error: unknown;
  /** What could not be done, e.g. "The release was not applied". */
  what?: string;
  onRetry?: () => void;
  action?: { label: string; run: () => void; loading?: boolean };
}

/** A refusal or a failure in the gateway's own words: what is wrong, and what to do next. */
export function Problem({ error, what, onRetry, action }: ProblemProps) {
  const problem = error instanceof ApiError ? error.problem : undefined;
  const unreachable = error instanceof GatewayUnreachable;
  const title = what ?? problem?.title ?? (unreachable ? 'The gateway does not answer' : 'Something went wrong');
  return (
    <Alert
      role="alert"
      color="red"
      variant="outline"
      className="problem"
      icon={unreachable ? <IconWifiOff size={18} aria-hidden /> : <IconAlertCircle size={18} aria-hidden />}
      title={title}
    >
      <Stack gap="xs" align="flex-start">
        <Text size="sm" className="problem-text">
          {unreachable ? 'The page tries again by itself; check that the platform is up (npm run status).' : messageOf(error)}
        </Text>
        {problem?.errors && (
          <List size="sm">
            {problem.errors.map(({ path, message }) => (
              <List.Item key={`${path}${message}`}>
                <Code>{path}</Code> {message}
              </List.Item>
            ))}
          </List>
        )}
        <Group gap="xs">
          {action && (
            <Button size="xs" leftSection={<IconRefresh size={14} aria-hidden />} onClick={action.run} loading={action.loading}>
              {action.label}
            </Button>
          )}
          {onRetry && (
            <Button size="xs" variant="default" onClick={onRetry}>
              Try again
            </Button>
          )}
        </Group>
        {problem && (
          <Text size="xs" c="var(--quiet)">
            {problem.code} · request {problem.request_id}
          </Text>
        )}
      </Stack>
    </Alert>
  );
}

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
