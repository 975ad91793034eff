import { Type, type Static } from 'typebox';
import { Closed, Nullable, Text } from '../platform/envelope';
import { IdSchema, TimestampSchema } from '../platform/names';

/** Why a slot is as it is, asked of its target now. What workloads wrote is untrusted text; known secrets are taken out by value. */
export const SlotDiagnosisViewSchema = Closed({
  slot_id: IdSchema,
  summary: Text(1000, { description: 'One line for a person' }),
  replicas: Type.Array(
    Closed({
      name: Text(300),
      process: Text(100),
      release_id: Text(100),
      state: Text(60),
      reason: Nullable(Text(300)),
      message: Nullable(Text(2000)),
      ready: Type.Boolean(),
      restarts: Type.Integer(),
      exit_code: Nullable(Type.Integer()),
      signal: Nullable(Text(60)),
      oom_killed: Type.Boolean(),
      image: Nullable(Text(600)),
      failing_probe: Nullable(Text(1000)),
      last_lines: Type.Array(Text(4096)),
    }),
  ),
  events: Type.Array(
    Closed({
      at: Nullable(Text(40)),
      severity: Type.Enum(['normal', 'warning']),
      subject: Text(300),
      reason: Text(300),
      message: Text(2000),
      count: Type.Integer(),
    }),
  ),
  diagnosed_at: TimestampSchema,
});
export type SlotDiagnosisView = Static<typeof SlotDiagnosisViewSchema>;

/** Which lines of a slot's workloads. */
export const SlotLogQuery = {
  process: Type.Optional(Text(100, { minLength: 1 })),
  replica: Type.Optional(Text(300, { minLength: 1 })),
  since_seconds: Type.Optional(Type.Integer({ minimum: 1, maximum: 2_592_000 })),
  tail: Type.Optional(Type.Integer({ minimum: 0, maximum: 1000, description: 'Last lines of each replica to begin with; default 100' })),
};
export const SlotLogQuerySchema = Closed(SlotLogQuery);
export type SlotLogQuery = Static<typeof SlotLogQuerySchema>;
export const SlotLogLineSchema = Closed({
  at: Nullable(Text(40)),
  release_id: Text(100),
  process: Text(100),
  replica: Text(300),
  line: Text(8192),
});
export type SlotLogLine = Static<typeof SlotLogLineSchema>;
export const SlotLogsViewSchema = Closed({ slot_id: IdSchema, lines: Type.Array(SlotLogLineSchema) });
export type SlotLogsView = Static<typeof SlotLogsViewSchema>;

/** Lines that a follower took, and whether more can come. A follower that takes nothing for half a minute is forgotten. */
export interface SlotLogBatch {
  readonly lines: readonly SlotLogLine[];
  readonly ended: boolean;
}
/** Where a follower takes its lines: known to it and to the executor that reads them. */
export const slotLogSubject = (session: string): string => `rpc.runtime-executor.slot-log.${session}`;
