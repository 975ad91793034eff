import { Button, Menu } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconDownload } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { api, type AuditEvent } from '../api/client';
import type { AuditFilter } from '../api/queries';
import { download } from '../display/download';
import { messageOf } from '../display/problem';
import { auditCsv } from './csv';

const MOST_FACTS = 50_000;
const PAGE = 500;

interface Facts {
  readonly events: readonly AuditEvent[];
  /** There are older ones that did not fit. */
  readonly cut: boolean;
}

async function everything(filter: AuditFilter): Promise<Facts> {
  const events: AuditEvent[] = [];
  let cursor: string | undefined;
  do {
    const page = (await api.GET('/api/v1/audit/events', { params: { query: { ...filter, limit: PAGE, cursor } } })).data!;
    events.push(...page.items);
    cursor = page.next_cursor ?? undefined;
  } while (cursor !== undefined && events.length < MOST_FACTS);
  return { events, cut: cursor !== undefined };
}

const saidOf = ({ events, cut }: Facts): string =>
  cut
    ? `The newest ${events.length.toLocaleString()} facts are in the file. For the older ones, set To and export again.`
    : `${events.length.toLocaleString()} facts are in the file`;

/** All that the filters let through, as a file; at most 50,000 facts, the newest. */
export function Export({ filter }: { filter: AuditFilter }) {
  const exporting = useMutation({
    mutationFn: async (format: 'csv' | 'json') => {
      const facts = await everything(filter);
      if (format === 'csv') download('audit.csv', 'text/csv', auditCsv(facts.events));
      else download('audit.json', 'application/json', JSON.stringify(facts.events, null, 2));
      return facts;
    },
    onSuccess: (facts) => notifications.show({ message: saidOf(facts), autoClose: facts.cut ? false : undefined }),
    onError: (error) =>
      notifications.show({ color: 'red', title: 'Nothing was exported', message: `${messageOf(error)} Try again.`, autoClose: false }),
  });
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button size="xs" variant="default" leftSection={<IconDownload size={14} aria-hidden />} loading={exporting.isPending}>
          Export
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => exporting.mutate('csv')}>CSV</Menu.Item>
        <Menu.Item onClick={() => exporting.mutate('json')}>JSON</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
