import { Group, Input, NumberInput, Select } from '@mantine/core';
import { useState, type ReactNode } from 'react';

const UNITS = [
  { value: '1', label: 'seconds' },
  { value: '60', label: 'minutes' },
  { value: '3600', label: 'hours' },
  { value: '86400', label: 'days' },
];
/** The largest unit in which it is a whole number. */
const unitOf = (seconds: number | null): string =>
  [86_400, 3_600, 60].find((unit) => seconds && seconds % unit === 0)?.toString() ?? (seconds ? '1' : '60');

interface DurationFieldProps {
  label: string;
  description?: ReactNode;
  /** Whole seconds; null where there is no limit. */
  value: number | null;
  onChange: (seconds: number | null) => void;
  /** What no number means; a number is needed without it. */
  none?: string;
  error?: ReactNode;
}

/** A length of time, in the unit that a person would say it in. */
export function DurationField({ label, description, value, onChange, none, error }: DurationFieldProps) {
  const [unit, setUnit] = useState(() => unitOf(value));
  const factor = Number(unit);
  return (
    <Input.Wrapper label={label} description={description} error={error} labelElement="div">
      <Group gap={6} wrap="nowrap" mt={description ? 5 : 2}>
        <NumberInput
          aria-label={label}
          value={value === null ? '' : value / factor}
          onChange={(amount) => onChange(amount === '' ? null : Math.round(Number(amount) * factor))}
          placeholder={none}
          min={0}
          style={{ flex: 1 }}
        />
        <Select
          aria-label={`${label}: unit`}
          w={104}
          data={UNITS}
          value={unit}
          onChange={(next) => {
            if (next === null) return;
            setUnit(next);
            if (value !== null) onChange(Math.round((value / factor) * Number(next)));
          }}
          allowDeselect={false}
        />
      </Group>
    </Input.Wrapper>
  );
}
