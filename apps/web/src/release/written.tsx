import { moment, timeOfDay } from '../display/format';
import type { LogLine } from './log-line';

/** When, in the reader's time zone, and by whom a line of a log was written. */
export const Written = ({ line: { at, by } }: { line: LogLine }) => (
  <>
    {at && (
      <time dateTime={at} title={moment(at)}>
        {timeOfDay(at)}
      </time>
    )}
    {by && <span className="log-by">{by}</span>}
  </>
);
