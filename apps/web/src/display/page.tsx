import { Box, Group, Skeleton, Stack, Text, ThemeIcon, Title } from '@mantine/core';
import type { Icon } from '@tabler/icons-react';
import { useEffect, type ReactNode } from 'react';

interface PageProps {
  title: string;
  /** Beside the title, e.g. a status. */
  mark?: ReactNode;
  lead?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}

/** The frame of every view: its title, what can be done there, and its content. */
export function Page({ title, mark, lead, actions, children }: PageProps) {
  useEffect(() => {
    document.title = `${title} · Slipway`;
  }, [title]);
  return (
    <Stack gap="md" className="page">
      <Group justify="space-between" align="flex-start" gap="sm">
        <Box miw={0}>
          <Group gap="sm" align="center">
            <Title order={1} size="h3">
              {title}
            </Title>
            {mark}
          </Group>
          {lead && (
            <Text size="sm" c="var(--quiet)" mt={2} component="div">
              {lead}
            </Text>
          )}
        </Box>
        {actions && <Group gap="xs">{actions}</Group>}
      </Group>
      {children}
    </Stack>
  );
}

interface PanelProps {
  title?: ReactNode;
  aside?: ReactNode;
  /** Filters and the like, where a list has them instead of a title. */
  tools?: ReactNode;
  flush?: boolean;
  children: ReactNode;
}

/** A quiet box with a heading. */
export function Panel({ title, aside, tools, flush, children }: PanelProps) {
  return (
    <section className="panel" data-flush={flush || undefined}>
      {(title ?? tools) && (
        <Group justify="space-between" className="panel-head" gap="xs">
          {title && (
            <Title order={2} size="h6">
              {title}
            </Title>
          )}
          {tools}
          {aside}
        </Group>
      )}
      <div className="panel-body">{children}</div>
    </section>
  );
}

interface EmptyProps {
  icon: Icon;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}

/** Nothing here yet: what would be here, and how it gets here. */
export function Empty({ icon: Symbol, title, children, action }: EmptyProps) {
  return (
    <Stack align="center" gap={6} py="xl" px="md" ta="center">
      <ThemeIcon variant="light" color="gray" size={40} radius="xl">
        <Symbol size={20} aria-hidden />
      </ThemeIcon>
      <Text fw={600} size="sm">
        {title}
      </Text>
      {children && (
        <Text size="sm" c="var(--quiet)" maw={460} component="div">
          {children}
        </Text>
      )}
      {action}
    </Stack>
  );
}

/** Rows that are on their way. */
export function Rows({ count = 4, height = 34 }: { count?: number; height?: number }) {
  return (
    <Stack gap={6} p="sm" role="status" aria-busy="true" aria-label="Loading">
      {Array.from({ length: count }, (_, index) => (
        <Skeleton key={index} height={height} radius="sm" />
      ))}
    </Stack>
  );
}
