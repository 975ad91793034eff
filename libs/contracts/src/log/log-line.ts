import { Type, type Static } from 'typebox';
import { Closed, Nullable, Text } from '../platform/envelope';
import { IdSchema, TimestampSchema } from '../platform/names';

/**
 * One line of a run's log: the JSON body of a message on `logs.<run_id>` (stream LOGS, kept 30 days). What runs wrote it,
 * so it is untrusted text; secrets are taken out by value before it is published.
 */
export const LogLineSchema = Closed({ at: TimestampSchema, step: Nullable(Text(100)), line: Text(8192) });
export type LogLine = Static<typeof LogLineSchema>;

export const LogEntrySchema = Closed({
  position: Type.Integer({ description: 'Position in the log stream, and the id of the server-sent event' }),
  run_id: IdSchema,
  ...LogLineSchema.properties,
});
export type LogEntry = Static<typeof LogEntrySchema>;
export const LogViewSchema = Closed({
  release_id: IdSchema,
  entries: Type.Array(LogEntrySchema),
  next_cursor: Nullable(Type.String()),
});
export type LogView = Static<typeof LogViewSchema>;
