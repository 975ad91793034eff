import './ticket.css';
import { Combobox, Textarea, useCombobox } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { TicketView } from '../api/client';
import { mentionAt, withMention } from './mentions';
import { deciderQuery } from './people-query';

const MOST_SHOWN = 6;

interface CommentFieldProps {
  ticket: TicketView;
  value: string;
  onChange: (value: string) => void;
}

/** A comment; `@` offers the people who decide here, and mentions them. */
export function CommentField({ ticket, value, onChange }: CommentFieldProps) {
  const field = useRef<HTMLTextAreaElement>(null);
  const [caret, setCaret] = useState(0);
  const mention = mentionAt(value, caret);
  const people = useQuery({ ...deciderQuery(ticket), enabled: mention !== undefined }).data ?? [];
  const offered = mention ? people.filter((name) => name.toLowerCase().includes(mention.typed.toLowerCase())).slice(0, MOST_SHOWN) : [];
  const combobox = useCombobox();
  const choose = (name: string): void => {
    onChange(withMention(value, caret, name));
    setCaret(0);
    field.current?.focus();
  };
  const open = offered.length > 0;
  return (
    <Combobox store={{ ...combobox, dropdownOpened: open }} onOptionSubmit={choose} withinPortal={false} position="top-start">
      <Combobox.Target withKeyboardNavigation={open} withAriaAttributes={open}>
        <Textarea
          ref={field}
          label="Comment"
          description="Stays with the decision, in the timeline and the record; @ mentions somebody"
          rows={2}
          classNames={{ input: 'grows' }}
          maxLength={2000}
          value={value}
          onChange={(event) => {
            onChange(event.currentTarget.value);
            setCaret(event.currentTarget.selectionStart);
            combobox.selectFirstOption();
          }}
          onBlur={() => setCaret(0)}
        />
      </Combobox.Target>
      <Combobox.Dropdown hidden={!open}>
        <Combobox.Options aria-label="People">
          {offered.map((name) => (
            <Combobox.Option key={name} value={name} onMouseDown={(event) => event.preventDefault()}>
              {name}
            </Combobox.Option>
          ))}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
