import './filter.css';
import { Autocomplete, Button, Group, Select, Stack, TextInput } from '@mantine/core';
import { useDebouncedCallback, useDisclosure } from '@mantine/hooks';
import { IconAdjustmentsHorizontal } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useIsPhone } from './phone';

interface FilterProps {
  label: string;
  data: string[] | { value: string; label: string }[];
  value: string | undefined;
  onChange: (value: string | undefined) => void;
}
/** One filter of a list; cleared, it lets everything through. */
export const Filter = ({ label, data, value, onChange }: FilterProps) => (
  <Select
    size="xs"
    className="filter"
    aria-label={label}
    placeholder={label}
    data={data}
    value={value ?? null}
    onChange={(next) => onChange(next ?? undefined)}
    clearable
    searchable
  />
);

export interface TextFilterProps {
  label: string;
  value: string | undefined;
  onChange: (value: string | undefined) => void;
  wide?: boolean;
  /** What may be meant; anything else can be typed as well. */
  suggestions?: readonly string[];
}
/** A filter by words; asked for when the typing stops. */
export function TextFilter({ label, value, onChange, wide, suggestions }: TextFilterProps) {
  const [text, setText] = useState(value ?? '');
  const [known, setKnown] = useState(value);
  if (value !== known) {
    setKnown(value);
    if ((value ?? '') !== text.trim()) setText(value ?? '');
  }
  const settle = useDebouncedCallback((next: string) => onChange(next.trim() || undefined), 350);
  const take = (next: string): void => {
    setText(next);
    settle(next);
  };
  const field = {
    size: 'xs',
    className: wide ? 'filter filter-wide' : 'filter',
    'aria-label': label,
    placeholder: label,
    value: text,
  } as const;
  return suggestions ? (
    <Autocomplete {...field} data={[...suggestions]} limit={8} onChange={take} />
  ) : (
    <TextInput {...field} onChange={({ currentTarget }) => take(currentTarget.value)} />
  );
}

interface FiltersProps {
  /** What is always in reach. */
  first?: ReactNode;
  /** How many of the rest are set. */
  chosen: number;
  children: ReactNode;
}
/** The filters of a list; on a phone behind a button that says how many are set. */
export function Filters({ first, chosen, children }: FiltersProps) {
  const [opened, { toggle }] = useDisclosure(false);
  if (!useIsPhone()) {
    return (
      <Group gap="xs">
        {first}
        {children}
      </Group>
    );
  }
  return (
    <Stack gap="xs" flex="1 1 auto">
      <Group gap="xs" wrap="nowrap">
        {first}
        <Button
          size="xs"
          variant="default"
          leftSection={<IconAdjustmentsHorizontal size={14} aria-hidden />}
          onClick={toggle}
          aria-expanded={opened}
        >
          {chosen === 0 ? 'Filters' : `Filters (${chosen})`}
        </Button>
      </Group>
      {opened && <div className="filter-more">{children}</div>}
    </Stack>
  );
}

/** The way out of a list that filters have left empty. */
export const ClearFilters = ({ onClear }: { onClear: () => void }) => (
  <Button size="xs" variant="default" mt="xs" onClick={onClear}>
    Clear the filters
  </Button>
);

/** How many of these are set. */
export const setOf = (...values: readonly unknown[]): number => values.filter((value) => value !== undefined).length;
