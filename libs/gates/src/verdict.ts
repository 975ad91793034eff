import { SlipwayError, type FreezeWindow, type GateAct, type GateScope, type GateVerdict } from '@slipway/contracts';
import type { ScopedGate } from './gate';
import { following, latest } from './occurrences';

/** How far ahead the next opening and closing are looked for. */
const HORIZON_MS = 366 * 86_400_000;
const MAX_LOOKS = 400;

interface Closed {
  readonly code: 'line_stopped' | 'frozen';
  readonly scope: GateScope;
  readonly reason: string;
  readonly owner: string;
  readonly window: string | null;
}

/** Whether an act may pass all gates of its place at a moment, and when that changes. Pure; `now` is RFC 3339. */
export function verdictOf(gates: readonly ScopedGate[], act: GateAct, now: string): GateVerdict {
  const at = Date.parse(now);
  const closed = closedAt(gates, act, at);
  const changes = changesAfter(gates, act, at, closed !== undefined);
  const [first, second] = changes;
  return {
    closed: closed !== undefined,
    reason: closed?.reason ?? null,
    next_open: (closed ? first : second) ?? null,
    next_close: (closed ? second : first) ?? null,
    code: closed?.code ?? null,
    scope: closed?.scope ?? null,
    owner: closed?.owner ?? null,
    window: closed?.window ?? null,
  };
}

/** What closes the place: a stop before a window, the widest gate first. */
function closedAt(gates: readonly ScopedGate[], act: GateAct, at: number): Closed | undefined {
  for (const { scope, gate } of gates) {
    if (gate.stop?.acts.includes(act)) {
      return { code: 'line_stopped', scope, reason: gate.stop.reason, owner: gate.stop.owner, window: null };
    }
  }
  for (const { scope, gate } of gates) {
    const closing = closingWindow(windowsFor(gate.windows, act), at);
    if (closing) return { code: 'frozen', scope, reason: closing.reason, owner: closing.owner, window: closing.name };
  }
  return undefined;
}

const windowsFor = (windows: readonly FreezeWindow[], act: GateAct): FreezeWindow[] => windows.filter(({ acts }) => acts.includes(act));

const lastsAt = (window: FreezeWindow, at: number): boolean => {
  const occurrence = latest(window, at);
  return occurrence !== undefined && at < occurrence.to;
};

function closingWindow(windows: readonly FreezeWindow[], at: number): FreezeWindow | undefined {
  const denying = windows.find((window) => window.kind === 'deny' && lastsAt(window, at));
  if (denying) return denying;
  const allowing = windows.filter(({ kind }) => kind === 'allow');
  return allowing.some((window) => lastsAt(window, at)) ? undefined : allowing[0];
}

/** The next two moments at which open becomes closed or the other way round. A stop has no known end, so nothing follows from it. */
function changesAfter(gates: readonly ScopedGate[], act: GateAct, now: number, closedNow: boolean): string[] {
  if (gates.some(({ gate }) => gate.stop?.acts.includes(act))) return [];
  const windows = gates.flatMap(({ gate }) => windowsFor(gate.windows, act));
  const changes: string[] = [];
  let closed = closedNow;
  let at = now;
  for (let looks = 0; looks < MAX_LOOKS && changes.length < 2; looks++) {
    const next = nextBoundary(windows, at);
    if (next === undefined || next > now + HORIZON_MS) break;
    at = next;
    if ((closedAt(gates, act, at) !== undefined) === closed) continue;
    closed = !closed;
    changes.push(new Date(at).toISOString());
  }
  return changes;
}

/** The first moment after `at` at which any window begins or ends. */
function nextBoundary(windows: readonly FreezeWindow[], at: number): number | undefined {
  const boundaries = windows.flatMap((window) => [latest(window, at)?.to, following(window, at)?.from]);
  const later = boundaries.filter((one): one is number => one !== undefined && one > at);
  return later.length === 0 ? undefined : Math.min(...later);
}

/** Closed, in words: by what, why, whose it is, and when it opens. */
export function closedInWords({ code, scope, window, reason, owner, next_open }: GateVerdict): string {
  const what = code === 'line_stopped' ? `The line of the ${scope} is stopped` : `The freeze window '${window}' of the ${scope} is on`;
  const until = next_open ? `opens ${next_open}` : 'no known end';
  return `${what}: ${reason} (${until}; ask ${owner})`;
}

/** Code `line_stopped` or `frozen`. @throws SlipwayError when the verdict is closed. */
export function requireOpen(verdict: GateVerdict): void {
  if (!verdict.closed) return;
  const next = verdict.next_open ? 'try again then' : 'try again once it is lifted';
  throw new SlipwayError(verdict.code ?? 'frozen', `${closedInWords(verdict)}; ${next}. Nothing was changed.`, { ...verdict });
}
