import type { Schemas } from '@slipway/api-client';
import type { Command } from 'commander';
import { action, once } from '../command';
import { UsageError } from '../exit-codes';
import type { Output } from '../output/output';
import { coloured, orDash } from '../output/values';

type Status = Schemas['ProjectionStatus'];
type Service = 'release' | 'approval-inbox' | 'provisioning' | 'runtime-executor' | 'audit';

interface SkipOptions {
  position: string;
  reason?: string;
}

/** Read models, reactions and timers. */
export function projectionCommands(root: Command): void {
  const projections = root.command('projections').description('read models, reactions and timers');
  projections
    .command('status')
    .description('position, lag and state of each')
    .action(
      action(async ({ client, output }) => {
        const { data } = await client.GET('/api/v1/platform/projections');
        if (output.json) return output.document(data);
        show(output, data!.items);
      }),
    );
  projections
    .command('rebuild <service/name>')
    .description('build a read model anew from the log while it serves')
    .action(
      action(async ({ client, output }, which) => {
        const params = { path: named(which), header: once() };
        const { data } = await client.POST('/api/v1/platform/projections/{service}/{name}/rebuild', { params });
        if (output.json) return output.document(data);
        show(output, [data!]);
      }),
    );
  projections
    .command('skip <service/name>')
    .description('have a reaction go on behind the event that it cannot get over; what should follow from that event does not')
    .requiredOption('--position <number>', 'the event, as status shows it')
    .option('--reason <text>', "why, for the service's log")
    .action(
      action<SkipOptions>(async ({ client, output }, which, { position, reason }) => {
        if (!/^[1-9]\d{0,14}$/.test(position)) throw new UsageError(`'${position}' is no position; see: slipway projections status`);
        const params = { path: named(which), header: once() };
        const body = { position: Number(position), ...(reason === undefined ? {} : { reason }) };
        const { data } = await client.POST('/api/v1/platform/projections/{service}/{name}/skip', { params, body });
        if (output.json) return output.document(data);
        show(output, [data!]);
      }),
    );
}

function named(which: string): { service: Service; name: string } {
  const [service, name] = which.split('/');
  if (!service || !name) throw new UsageError(`Name it as service/name, e.g. release/release-list; see: slipway projections status`);
  return { service: service as Service, name };
}

function show(output: Output, items: readonly Status[]): void {
  const rows = items.map((item) => [
    item.service,
    item.name,
    item.kind,
    String(item.position),
    String(item.lag),
    coloured(output, item.state),
    orDash(item.blocked_position === null ? item.error : `at ${item.blocked_position}: ${item.error}`),
  ]);
  output.table(['SERVICE', 'NAME', 'KIND', 'POSITION', 'LAG', 'STATE', 'ERROR'], rows);
}
