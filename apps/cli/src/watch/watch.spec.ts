import { GatewayUnreachable } from '@slipway/api-client';
import type { Context } from '../context';
import { EXIT } from '../exit-codes';
import type { Output } from '../output/output';
import { sayWhatIsWaitedFor, watch, type Watched, type WatchOptions } from './watch';

const TIMES = { patienceMs: 700, rollbackGraceMs: 0, settleMs: 0 };
const away = new GatewayUnreachable('http://gateway', 'http://gateway does not answer.');
const at = (status: string, rollback: string | null = null): Watched => ({
  status,
  rollback: rollback === null ? null : { status: rollback },
});

/** Watches what has these states one after the other; the last one stays. */
async function watched(states: (Watched | Error)[], options: WatchOptions = {}, stop = new AbortController()) {
  const notes: string[] = [];
  const output = { transient: () => undefined, note: (text: string) => void notes.push(text) } as unknown as Output;
  let stopped = false;
  const subject = {
    again: 'slipway release watch rel-1',
    read: async (): Promise<Watched> => {
      const state = states.length > 1 ? states.shift()! : states[0]!;
      if (state instanceof Error) throw state;
      return state;
    },
    show: (signal: AbortSignal) =>
      new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(((stopped = true), undefined)))),
  };
  const ended = await watch({ output, signal: stop.signal } as Context, subject, options, TIMES).catch((error: unknown) => ({ error }));
  expect(stopped).toBe(true);
  return { ...ended, notes };
}

describe('a watch', () => {
  it.each([
    [at('applied'), {}, EXIT.ok],
    [at('rolled_back', 'completed'), {}, EXIT.failed],
    [at('failed'), {}, EXIT.failed],
    [at('superseded'), {}, EXIT.refused],
    [at('rolled_back', 'completed'), { rollback: true }, EXIT.ok],
    [at('rollback_failed', 'failed'), { rollback: true }, EXIT.failed],
    [at('applied', 'rejected'), { rollback: true }, EXIT.refused],
    [at('pending_approval'), { stopAtApproval: true }, EXIT.refused],
    [at('applied', 'pending_approval'), { rollback: true, stopAtApproval: true }, EXIT.refused],
    [at('applied', 'pending_approval'), {}, EXIT.ok],
  ])('of %j with %j ends with %i', async (view, options, code) => {
    expect(await watched([view], options)).toMatchObject({ view, code });
  });

  it('waits for an approval where it is told to', async () => {
    const states = [at('applied', 'pending_approval'), at('applied', 'rolling_back'), at('rolled_back', 'completed')];
    expect(await watched(states, { rollback: true })).toMatchObject({ code: EXIT.ok });
  });

  it('goes on over a gateway that is away for a while, and says so once', async () => {
    const { notes, ...ended } = await watched([at('applying'), away, away, at('applied')]);
    expect(ended).toMatchObject({ code: EXIT.ok });
    expect(notes).toEqual([expect.stringContaining('does not answer. Watching on for up to'), 'The gateway answers again.']);
  });

  it('gives up a gateway that stays away, and says how to go on', async () => {
    const { notes, ...ended } = await watched([at('applying'), away]);
    expect(ended).toEqual({ error: away });
    expect(notes.at(-1)).toContain('slipway release watch rel-1');
  });

  it('does not wait for what is refused', async () => {
    const refused = new Error('no');
    expect(await watched([refused])).toEqual({ error: refused, notes: [] });
  });

  it('ends when it is interrupted', async () => {
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 50);
    expect(await watched([at('applying')], {}, stop)).toMatchObject({ view: at('applying'), code: EXIT.interrupted });
  });
});

it('names the ticket on which a release or its rollback waits, and none otherwise', () => {
  const said = (view: Watched): string[] => {
    const lines: string[] = [];
    sayWhatIsWaitedFor({ line: (text = '') => void lines.push(text) } as Output, { ...view, approval_ticket: 'tkt-1' });
    return lines;
  };
  for (const view of [at('pending_approval'), at('applied', 'pending_approval')])
    expect(said(view)).toEqual(['', 'Waiting for an approval: slipway approvals approve tkt-1 --as approver']);
  expect(said(at('applied', 'completed'))).toEqual([]);
});
