import type { Schemas } from '@slipway/api-client';
import type { Command } from 'commander';
import { action, once } from '../command';
import { UsageError } from '../exit-codes';
import type { Output } from '../output/output';
import { coloured, orDash } from '../output/values';

type Status = Schemas['ProjectionStatus'];
type Service = 'release' | 'approval-inbox' | 'provisioning' | 'runtime-executor' | 'audit';

/** Read models and reactions. */
export function projectionCommands(root: Command): void {
  const projections = root.command('projections').description('read models and reactions');
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
        const [service, name] = which.split('/');
        if (!service || !name) throw new UsageError(`Name it as service/name, e.g. release/release-list; see: slipway projections status`);
        const params = { path: { service: service as Service, name }, header: once() };
        const { data } = await client.POST('/api/v1/platform/projections/{service}/{name}/rebuild', { params });
        if (output.json) return output.document(data);
        show(output, [data!]);
      }),
    );
}

function show(output: Output, items: readonly Status[]): void {
  const rows = items.map((item) => [
    item.service,
    item.name,
    item.kind,
    String(item.position),
    String(item.lag),
    coloured(output, item.state),
    orDash(item.error),
  ]);
  output.table(['SERVICE', 'NAME', 'KIND', 'POSITION', 'LAG', 'STATE', 'ERROR'], rows);
}
