import { Type, type Static } from 'typebox';
import { Closed, Nullable, Text, type EventsOf, type NewEventsOf } from '../platform/envelope';
import { NameSchema } from '../platform/names';

/** What a closed gate can keep out. A change of policy never is: it may be what opens the gate again. */
export const GATE_ACTS = ['apply', 'rollback', 'install', 'infra_apply', 'infra_destroy'] as const;
export type GateAct = (typeof GATE_ACTS)[number];
/** From the widest: the gate of the platform is everybody's, an environment's only its own. */
export const GATE_SCOPES = ['platform', 'project', 'environment'] as const;
export type GateScope = (typeof GATE_SCOPES)[number];

const Acts = Type.Array(Type.Enum([...GATE_ACTS]), { minItems: 1, maxItems: 5 });

/**
 * A freeze window, once or recurring (RFC 5545), in local time of its zone. `deny`: closed while it lasts. `allow`: open only while
 * one of the gate's `allow` windows lasts.
 */
export const FreezeWindowSchema = Closed({
  name: NameSchema,
  kind: Type.Enum(['deny', 'allow']),
  start: Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}$', description: 'First start, local time: 2026-12-18T17:00' }),
  timezone: Text(60, { minLength: 1, description: 'IANA time zone, e.g. Europe/Berlin' }),
  duration_s: Type.Integer({ minimum: 60, maximum: 31_536_000 }),
  rrule: Nullable(Text(300, { minLength: 1, description: 'RFC 5545 recurrence rule, e.g. FREQ=WEEKLY;BYDAY=FR; null: once' })),
  acts: Acts,
  reason: Text(1000, { minLength: 1 }),
  owner: Text(200, { description: 'Whom to ask' }),
});
export type FreezeWindow = Static<typeof FreezeWindowSchema>;

export const gateEvents = {
  'gate.window_set': Closed({ scope: Type.Enum([...GATE_SCOPES]), window: FreezeWindowSchema }),
  'gate.window_removed': Closed({ name: NameSchema, reason: Nullable(Text(1000)) }),
  /** Stop-the-line. */
  'gate.stopped': Closed({ scope: Type.Enum([...GATE_SCOPES]), reason: Text(1000), owner: Text(200), acts: Acts }),
  'gate.resumed': Closed({ by: Text(200), reason: Nullable(Text(1000)) }),
};
export type GateEvent = EventsOf<typeof gateEvents>;
export type NewGateEvent = NewEventsOf<typeof gateEvents>;
