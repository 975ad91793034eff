import { ActionIcon, Group, TextInput } from '@mantine/core';
import { IconArrowBarToDown, IconChevronDown, IconChevronUp, IconFilter, type Icon } from '@tabler/icons-react';
import type { KeyboardEvent } from 'react';
import type { LogSearch } from './use-log-search';

interface LogBarProps {
  search: LogSearch;
  onGo: (by: 1 | -1) => void;
  onlyMatches: boolean;
  onOnlyMatches: (only: boolean) => void;
  onEnd: () => void;
}

/** Search in a log, and ways to its matches and its end. Enter goes to the next match, Shift+Enter to the one before. */
export function LogBar({ search, onGo, onlyMatches, onOnlyMatches, onEnd }: LogBarProps) {
  const none = search.matches.length === 0;
  const pressed = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') onGo(event.shiftKey ? -1 : 1);
  };
  return (
    <Group className="log-bar" gap={4} wrap="nowrap">
      <TextInput
        size="xs"
        className="log-search"
        aria-label="Search the log"
        placeholder="Search"
        autoComplete="off"
        onChange={({ currentTarget }) => search.setWords(currentTarget.value)}
        onKeyDown={pressed}
      />
      <span className="log-matches" role="status">
        {search.words === '' ? '' : countOf(search)}
      </span>
      <Act icon={IconChevronUp} label="Match before" disabled={none} onClick={() => onGo(-1)} />
      <Act icon={IconChevronDown} label="Next match" disabled={none} onClick={() => onGo(1)} />
      <Act icon={IconFilter} label="Only lines that match" pressed={onlyMatches} onClick={() => onOnlyMatches(!onlyMatches)} />
      <Act icon={IconArrowBarToDown} label="Go to the end" onClick={onEnd} />
    </Group>
  );
}

const countOf = ({ matches: { length: count }, at }: LogSearch): string =>
  `${at >= 0 && at < count ? `${at + 1} of ` : ''}${count} ${count === 1 ? 'match' : 'matches'}`;

interface ActProps {
  icon: Icon;
  label: string;
  onClick: () => void;
  disabled?: boolean;
  pressed?: boolean;
}
const Act = ({ icon: Symbol, label, onClick, disabled, pressed }: ActProps) => (
  <ActionIcon
    variant={pressed ? 'filled' : 'subtle'}
    color={pressed ? undefined : 'gray'}
    aria-label={label}
    title={label}
    aria-pressed={pressed}
    disabled={disabled}
    onClick={onClick}
  >
    <Symbol size={16} aria-hidden />
  </ActionIcon>
);
