import type { Schemas } from '@slipway/api-client';
import type { Command } from 'commander';
import { action, once } from '../command';
import type { Output } from '../output/output';
import { coloured, orDash, relative } from '../output/values';

/** Which version is where, and holds. */
export function slotCommands(root: Command): void {
  const slots = root.command('slots').description('which version is where');
  slots.command('list').action(
    action(async ({ client, output, project }) => {
      const { data } = await client.GET('/api/v1/deploy/slots', { params: { query: { project: await project(), limit: 200 } } });
      if (output.json) return output.document(data);
      const rows = data!.items.map((slot) => [
        slot.slot_id,
        slot.service_name,
        orDash(slot.artifact_version),
        orDash(slot.url),
        slot.hold ? output.paint('yellow', 'held') : 'no',
        coloured(output, slot.drift),
        relative(slot.deployed_at),
      ]);
      output.table(['SLOT', 'SERVICE', 'VERSION', 'URL', 'HELD', 'DRIFT', 'DEPLOYED'], rows);
    }),
  );
  slots
    .command('show <slot>')
    .description('what runs there now, read from the target')
    .action(
      action(async ({ client, output, namedProject }, id) => {
        const { data } = await client.GET('/api/v1/deploy/slots/{id}/status', {
          params: { path: { id }, query: { project: namedProject } },
        });
        if (output.json) return output.document(data);
        describe(output, data!);
        const rows = data!.replicas.map((replica) => [
          replica.name,
          replica.state,
          replica.ready ? 'yes' : 'no',
          String(replica.pid ?? '-'),
          String(replica.port ?? '-'),
          String(replica.restarts),
        ]);
        output.table(['REPLICA', 'STATE', 'READY', 'PID', 'PORT', 'RESTARTS'], rows);
      }),
    );
  slots
    .command('hold <slot>')
    .description('nothing is applied to it until someone resumes it')
    .requiredOption('--reason <text>', 'why')
    .action(
      action<{ reason: string }>(async ({ client, output, namedProject }, id, { reason }) => {
        const params = { path: { id }, query: { project: namedProject }, header: once() };
        const { data } = await client.POST('/api/v1/deploy/slots/{id}/hold', { params, body: { reason } });
        if (output.json) return output.document(data);
        describe(output, data!);
      }),
    );
  slots
    .command('resume <slot>')
    .description('lift the hold')
    .option('--reason <text>', 'why')
    .action(
      action<{ reason?: string }>(async ({ client, output, namedProject }, id, { reason }) => {
        const params = { path: { id }, query: { project: namedProject }, header: once() };
        const { data } = await client.POST('/api/v1/deploy/slots/{id}/resume', { params, body: { reason } });
        if (output.json) return output.document(data);
        describe(output, data!);
      }),
    );
}

function describe(output: Output, slot: Schemas['SlotView']): void {
  output.line(
    `${slot.service_name} ${orDash(slot.artifact_version)} at ${orDash(slot.url)}, release ${orDash(slot.release_id)}, drift ${coloured(output, slot.drift)}`,
  );
  if (slot.hold) output.line(output.paint('yellow', `Held by ${slot.hold.by} since ${slot.hold.since}: ${slot.hold.reason}`));
}
