import { Badge, Tabs } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { memo } from 'react';
import { ticketCountsQuery } from '../api/queries';

const TABS = [
  { value: 'mine', label: 'Mine' },
  { value: 'pending', label: 'Pending' },
  { value: 'all', label: 'All' },
] as const;
export type TabName = (typeof TABS)[number]['value'];

interface InboxTabsProps {
  tab: TabName;
  filter: Parameters<typeof ticketCountsQuery>[0];
  put: (change: { tab: TabName; status?: undefined }) => void;
}

const focusSearch = (): void => document.querySelector<HTMLInputElement>('input[aria-label="Search"]')?.focus();

/** Mine, pending, all, each with how many it holds under the other filters. Not drawn anew when more rows of the list come. */
export const InboxTabs = memo(function InboxTabs({ tab, filter, put }: InboxTabsProps) {
  // The other tabs have a status of their own.
  const onTab = (next: TabName): void => put(next === 'all' ? { tab: next } : { tab: next, status: undefined });
  const { data: counts } = useQuery(ticketCountsQuery(filter));
  useHotkeys([...TABS.map(({ value }, index): [string, () => void] => [String(index + 1), () => onTab(value)]), ['/', focusSearch]]);
  return (
    <Tabs value={tab} onChange={(value) => onTab(TABS.find((one) => one.value === value)?.value ?? 'mine')}>
      <Tabs.List>
        {TABS.map(({ value, label }) => (
          <Tabs.Tab
            key={value}
            value={value}
            rightSection={
              counts && (
                <Badge size="sm" variant="default" className="numbers">
                  {counts[value]}
                </Badge>
              )
            }
          >
            {label}
          </Tabs.Tab>
        ))}
      </Tabs.List>
    </Tabs>
  );
});
