import { Select } from '@mantine/core';

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
    w={150}
    aria-label={label}
    placeholder={label}
    data={data}
    value={value ?? null}
    onChange={(next) => onChange(next ?? undefined)}
    clearable
    searchable
  />
);
