import type { Schemas } from '@slipway/api-client';
import type { Context } from '../context';
import { coloured, localTime } from '../output/values';

const ACTION_WIDTH = 22;

/** A line of a timeline. */
export function showEntry({ output }: Pick<Context, 'output'>, entry: Schemas['TimelineEntry']): void {
  if (output.json) return output.record({ kind: 'event', ...entry });
  const [resource, event = ''] = entry.action.split('.');
  const action = resource === 'release' ? event : entry.action;
  const padding = ' '.repeat(Math.max(0, ACTION_WIDTH - action.length));
  const time = output.paint('dim', localTime(entry.occurred_at));
  output.line(`  ${time} ${coloured(output, action)}${padding} ${entry.summary} ${output.paint('dim', entry.actor_id)}`);
}

/** A line that a step wrote. */
export function showLog({ output }: Pick<Context, 'output'>, entry: Schemas['LogEntry']): void {
  if (output.json) return output.record({ kind: 'log', ...entry });
  output.logLine(`  ${localTime(entry.at)}   | ${entry.step ? `${entry.step}: ` : ''}`, entry.line);
}
