import { Type } from 'typebox';
import { Closed, Nullable, Text, type EventsOf, type NewEventsOf } from '../platform/envelope';
import { DigestSchema, IdSchema, TimestampSchema } from '../platform/names';
import { DiagnosticsSchema } from '../release/release.events';

const Step = { step: Text(100), ordinal: Type.Integer({ minimum: 1 }), title: Text(300) };

/** Statuses: claimed, running, paused, verifying, succeeded, failed, errored, aborted, abandoned, unknown, needs_operator. */
export const executionEvents = {
  /** A claim's stream position is the fencing token; a later claim of the same execution wins. */
  'execution.claimed': Closed({
    release_id: IdSchema,
    act: Type.Enum(['apply', 'rollback']),
    to_release_id: IdSchema,
    slot_id: IdSchema,
    target_id: IdSchema,
    executor_id: Text(100),
    attempt: Type.Integer({ minimum: 1 }),
    cause_event_id: IdSchema,
  }),
  /** Claimed, and waiting for a freeze window or a stop-the-line to be over; nothing was touched. */
  'execution.waiting': Closed({
    release_id: IdSchema,
    act: Type.Enum(['apply', 'rollback']),
    code: Type.Enum(['line_stopped', 'frozen']),
    why: Text(1000),
    next_open: Nullable(TimestampSchema),
  }),
  'execution.started': Closed({
    release_id: IdSchema,
    act: Type.Enum(['apply', 'rollback']),
    fence: Type.Integer(),
    lock: Text(200),
    steps: Type.Array(Closed(Step)),
    run_id: IdSchema,
  }),
  'execution.step_started': Closed({ ...Step, fence: Type.Integer(), started_at: TimestampSchema }),
  'execution.step_succeeded': Closed({ ...Step, observed: Type.Record(Type.String(), Type.Unknown()), duration_ms: Type.Integer() }),
  'execution.step_failed': Closed({
    ...Step,
    outcome: Type.Enum(['failed', 'errored', 'inconclusive', 'aborted']),
    summary: Text(1000),
    observed: Type.Record(Type.String(), Type.Unknown()),
    duration_ms: Type.Integer(),
  }),
  'execution.paused': Closed({ release_id: IdSchema, ...Step, why: Text(1000), observed: Type.Record(Type.String(), Type.Unknown()) }),
  'execution.resumed': Closed({ release_id: IdSchema, by: Text(200) }),
  'execution.verifying': Closed({ release_id: IdSchema }),
  'execution.succeeded': Closed({
    release_id: IdSchema,
    act: Type.Enum(['apply', 'rollback']),
    to_release_id: IdSchema,
    slot_id: IdSchema,
    observed_digest: DigestSchema,
    url: Nullable(Text(300)),
    changed: Type.Boolean(),
    duration_ms: Type.Integer(),
    checks: Type.Array(Type.Record(Type.String(), Type.Unknown())),
  }),
  'execution.failed': Closed({
    release_id: IdSchema,
    act: Type.Enum(['apply', 'rollback']),
    slot_id: IdSchema,
    outcome: Type.Enum(['failed', 'errored', 'inconclusive', 'aborted']),
    diagnostics: DiagnosticsSchema,
    restored: Type.Boolean({ description: 'The slot already serves what it served before' }),
  }),
  /** The release moved on before the claim could start (superseded, cancelled, slot changed): nothing was touched. */
  'execution.abandoned': Closed({
    release_id: IdSchema,
    act: Type.Enum(['apply', 'rollback']),
    why: Text(1000),
    code: Text(60),
    by_release_id: Nullable(IdSchema),
  }),
};
export type ExecutionEvent = EventsOf<typeof executionEvents>;
export type NewExecutionEvent = NewEventsOf<typeof executionEvents>;
