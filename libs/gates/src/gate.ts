import { NONE, type AggregateRef, type FreezeWindow, type GateEvent, type GateScope, type LineStop } from '@slipway/contracts';
import type { AggregateType } from '@slipway/event-sourcing';

/** Freeze windows and stop-the-line of one place. */
export interface Gate {
  readonly stop: LineStop | null;
  readonly windows: readonly FreezeWindow[];
  readonly version: number;
}
export interface ScopedGate {
  readonly scope: GateScope;
  readonly gate: Gate;
}

const OPEN: Gate = { stop: null, windows: [], version: 0 };

function evolve(gate: Gate, event: GateEvent): Gate {
  const next = { ...gate, version: event.aggregate_version };
  const others = (name: string): readonly FreezeWindow[] => gate.windows.filter((window) => window.name !== name);
  switch (event.action) {
    case 'gate.window_set':
      return { ...next, windows: [...others(event.detail.window.name), event.detail.window] };
    case 'gate.window_removed':
      return { ...next, windows: others(event.detail.name) };
    case 'gate.stopped': {
      const { reason, owner, acts } = event.detail;
      return { ...next, stop: { reason, owner, acts, since: event.occurred_at } };
    }
    case 'gate.resumed':
      return { ...next, stop: null };
    default:
      return unknown(event, gate);
  }
}
/** An event type of a later version of the platform changes nothing. */
const unknown = (_event: never, gate: Gate): Gate => gate;

/** Written by provisioning; read by whoever is about to act. */
export const gateType: AggregateType<Gate, GateEvent> = { type: 'gate', initial: OPEN, evolve };

/** The gates that an act in a place passes, from the widest. An environment's gate is apart from it: closing it changes no preview. */
export function gatesOf(projectId: string, environmentId?: string): { scope: GateScope; ref: AggregateRef }[] {
  const platform = { scope: 'platform' as const, ref: { projectId: NONE, type: 'gate' as const, id: 'platform' } };
  if (projectId === NONE) return [platform];
  const project = { scope: 'project' as const, ref: { projectId, type: 'gate' as const, id: projectId } };
  if (environmentId === undefined || environmentId === NONE) return [platform, project];
  return [platform, project, { scope: 'environment', ref: { projectId, type: 'gate', id: environmentId } }];
}

/** Reads the gates of a place at the log's head, at once. */
export async function readGates(
  load: (ref: AggregateRef) => Promise<{ readonly state: Gate }>,
  projectId: string,
  environmentId?: string,
): Promise<ScopedGate[]> {
  return Promise.all(gatesOf(projectId, environmentId).map(async ({ scope, ref }) => ({ scope, gate: (await load(ref)).state })));
}
