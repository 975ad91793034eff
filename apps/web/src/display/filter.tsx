import { Select, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useState } from 'react';

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

export interface TextFilterProps {
  label: string;
  value: string | undefined;
  onChange: (value: string | undefined) => void;
  width?: number;
}
/** A filter by words; asked for when the typing stops. */
export function TextFilter({ label, value, onChange, width = 140 }: TextFilterProps) {
  const [text, setText] = useState(value ?? '');
  const settle = useDebouncedCallback((next: string) => onChange(next.trim() || undefined), 350);
  return (
    <TextInput
      size="xs"
      w={width}
      aria-label={label}
      placeholder={label}
      value={text}
      onChange={(event) => {
        setText(event.currentTarget.value);
        settle(event.currentTarget.value);
      }}
    />
  );
}
