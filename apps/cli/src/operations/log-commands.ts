import type { Schemas } from '@slipway/api-client';
import type { Command } from 'commander';
import { action } from '../command';
import type { Context } from '../context';
import { coloured } from '../output/values';
import { verifyEventLog } from './verify-event-log';

interface TailOptions {
  readonly action?: string;
  readonly since?: string;
}

/** The event log. */
export function logCommands(root: Command): void {
  const log = root.command('log').description('the event log');
  log
    .command('tail')
    .description('facts as they happen')
    .option('--action <action>', 'only this one, e.g. release.applied')
    .option('--since <position>', 'resume behind this position; 0: from the beginning')
    .action(action<TailOptions>(tail));
  log.command('verify').description('read the whole log and check its chain of digests').action(action(verifyEventLog));
}

async function tail(context: Context, _: string, options: TailOptions): Promise<void> {
  const query = new URLSearchParams();
  if (context.namedProject) query.set('project', context.namedProject);
  if (options.action) query.set('action', options.action);
  const { output, signal } = context;
  const events = context.client.events<Schemas['AuditEvent']>(`/api/v1/events?${query.toString()}`, { lastEventId: options.since, signal });
  for await (const { data } of events) {
    if (output.json) output.record(data);
    else
      output.line(
        `${output.paint('dim', `${String(data.position).padStart(7)} ${data.occurred_at}`)} ${coloured(output, data.action)} ${data.project_id}/${data.resource_id} ${data.summary} ${output.paint('dim', data.actor_id)}`,
      );
  }
}
