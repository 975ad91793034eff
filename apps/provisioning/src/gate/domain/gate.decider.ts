import {
  GATE_ACTS,
  sameJson,
  SlipwayError,
  type FreezeWindow,
  type GateAct,
  type GateScope,
  type NewGateEvent,
  type ResumeLine,
  type SetWindow,
  type StopLine,
} from '@slipway/contracts';
import { requireTiming, type Gate } from '@slipway/gates';

/** Which gate, as its events name it. */
export interface GatePlace {
  readonly scope: GateScope;
  readonly environmentId: string;
}
const MAX_WINDOWS = 50;
/** Rolling back is the way out of trouble: a gate keeps it in only when told to. */
const DEFAULT_ACTS: readonly GateAct[] = ['apply'];

/**
 * A window of a name that is there already replaces it.
 * @throws SlipwayError `invalid_request` for a window that never occurs, or too many.
 */
export function setFreezeWindow(request: SetWindow, owner: string, now: string, place: GatePlace, gate: Gate): NewGateEvent[] {
  const window = windowOf(request, owner);
  requireTiming(window, now);
  const before = gate.windows.find(({ name }) => name === window.name);
  if (before && sameJson(before, window)) return [];
  if (!before && gate.windows.length >= MAX_WINDOWS) {
    throw new SlipwayError('invalid_request', `There are ${MAX_WINDOWS} freeze windows already; remove one that is over.`, {
      field: 'name',
    });
  }
  const { scope, environmentId } = place;
  return [{ action: 'gate.window_set', status: statusOf(gate), environmentId, detail: { scope, window } }];
}

/** @throws SlipwayError `unknown_resource` */
export function removeFreezeWindow(name: string, reason: string | undefined, place: GatePlace, gate: Gate): NewGateEvent[] {
  if (!gate.windows.some((window) => window.name === name)) {
    const names = gate.windows.map((window) => window.name).join(', ') || 'none';
    throw new SlipwayError('unknown_resource', `There is no freeze window '${name}' here; there is: ${names}.`, {
      resource_type: 'freeze window',
      ref: name,
    });
  }
  const detail = { name, reason: reason ?? null };
  return [{ action: 'gate.window_removed', status: statusOf(gate), environmentId: place.environmentId, detail }];
}

/** Stop-the-line: nothing passes until somebody resumes it. */
export function stopLine(request: StopLine, actorId: string, place: GatePlace, gate: Gate): NewGateEvent[] {
  const { scope, environmentId } = place;
  const stop = { reason: request.reason, owner: request.owner ?? actorId, acts: actsOf(request.acts) };
  const same = gate.stop && sameJson({ ...stop, since: gate.stop.since }, gate.stop);
  return same ? [] : [{ action: 'gate.stopped', status: 'stopped', environmentId, detail: { scope, ...stop } }];
}

export function resumeLine(request: ResumeLine, actorId: string, { environmentId }: GatePlace, gate: Gate): NewGateEvent[] {
  if (!gate.stop) return [];
  return [{ action: 'gate.resumed', status: 'open', environmentId, detail: { by: actorId, reason: request.reason ?? null } }];
}

const windowOf = (request: SetWindow, owner: string): FreezeWindow => ({
  name: request.name,
  kind: request.kind ?? 'deny',
  start: request.start,
  timezone: request.timezone ?? 'UTC',
  duration_s: request.duration_s,
  rrule: request.rrule ?? null,
  acts: actsOf(request.acts),
  reason: request.reason,
  owner: request.owner ?? owner,
});

const actsOf = (acts: readonly GateAct[] = DEFAULT_ACTS): GateAct[] => GATE_ACTS.filter((act) => acts.includes(act));
const statusOf = ({ stop }: Gate): string => (stop ? 'stopped' : 'open');
