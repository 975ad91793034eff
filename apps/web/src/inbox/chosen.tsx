import './inbox.css';
import { Checkbox, CheckIcon } from '@mantine/core';
import { createContext, useCallback, useContext, useMemo, useState } from 'react';
import type { TicketEntry } from '../api/client';
import { useSession } from '../session/session';
import { whyNotMine } from '../ticket/may-decide';

/** Which tickets are chosen for a decision together. */
export interface Chosen {
  readonly ids: ReadonlySet<string>;
  readonly toggle: (id: string) => void;
  /** Chooses these and nothing else. */
  readonly choose: (ids: readonly string[]) => void;
  /** Only what policy calls low risk may be decided many at a time; the rest is read one by one. */
  readonly mayChoose: (ticket: TicketEntry) => boolean;
}

const Context = createContext<Chosen | null>(null);
/** What is chosen, for the boxes of a list: a box that is ticked draws boxes, and no row. */
export const ChosenProvider = Context;

export function useChosen(): Chosen {
  const session = useSession();
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const toggle = useCallback((id: string) => setIds((before) => toggled(before, id)), []);
  const choose = useCallback((chosen: readonly string[]) => setIds(new Set(chosen)), []);
  const mayChoose = useCallback((ticket: TicketEntry) => ticket.risk === 'low' && whyNotMine(ticket, session) === null, [session]);
  return useMemo(() => ({ ids, toggle, choose, mayChoose }), [ids, toggle, choose, mayChoose]);
}

function toggled(before: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const after = new Set(before);
  if (!after.delete(id)) after.add(id);
  return after;
}

/** Chooses a ticket. Mantine's checkbox by its classes alone: a list draws hundreds while it is scrolled, and each would work out its styles. */
export function ChooseBox({ ticket }: { ticket: TicketEntry }) {
  const chosen = useContext(Context);
  if (!chosen?.mayChoose(ticket)) return null;
  return (
    <div className="choose-box">
      <input
        type="checkbox"
        className={`${Checkbox.classes.input} mantine-focus-auto`}
        aria-label={`Choose ${ticket.title}`}
        checked={chosen.ids.has(ticket.ticket_id)}
        onChange={() => chosen.toggle(ticket.ticket_id)}
      />
      <CheckIcon className={Checkbox.classes.icon} />
    </div>
  );
}
