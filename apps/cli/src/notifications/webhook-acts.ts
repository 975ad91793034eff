import type { Command } from 'commander';
import { action, once } from '../command';
import { describeSubscription } from './describe-subscription';

const base = '/api/v1/notifications/subscriptions/{id}' as const;
const at = (id: string) => ({ path: { id }, header: once() });

/** What is done to a webhook that there is. */
export function webhookActs(webhooks: Command): void {
  webhooks
    .command('ping <webhook>')
    .description('send a test')
    .action(
      action<object>(async ({ client, output }, id) => {
        const { data } = await client.POST(`${base}/ping`, { params: at(id), body: {} });
        if (output.json) return output.document(data);
        output.line(`Queued; see: slipway webhooks deliveries ${id}`);
      }),
    );
  webhooks
    .command('pause <webhook>')
    .description('send nothing for now; what happens is held')
    .option('--reason <text>', 'why')
    .action(
      action<{ reason?: string }>(async ({ client, output }, id, { reason }) => {
        const body = reason === undefined ? {} : { reason };
        describeSubscription(output, (await client.POST(`${base}/pause`, { params: at(id), body })).data!);
      }),
    );
  webhooks
    .command('resume <webhook>')
    .description('send again from now on; replay sends what was held')
    .action(
      action<object>(async ({ client, output }, id) => {
        describeSubscription(output, (await client.POST(`${base}/resume`, { params: at(id), body: {} })).data!);
      }),
    );
  webhooks
    .command('remove <webhook>')
    .description('no more of it')
    .action(
      action<object>(async ({ client, output }, id) => {
        const { data } = await client.DELETE(base, { params: at(id) });
        if (output.json) return output.document(data);
        output.line(`Removed '${data!.name}'.`);
      }),
    );
  webhooks
    .command('rotate <webhook>')
    .description('a new signing secret, printed once')
    .option('--overlap-hours <number>', 'how long the old one signs as well', '24')
    .action(
      action<{ overlapHours: string }>(async ({ client, output }, id, { overlapHours }) => {
        const body = { overlap_s: Math.round(Number(overlapHours) * 3600) };
        describeSubscription(output, (await client.POST(`${base}/secret`, { params: at(id), body })).data!);
      }),
    );
  replays(webhooks);
}

function replays(webhooks: Command): void {
  webhooks
    .command('replay <webhook>')
    .description('send again what did not arrive')
    .requiredOption('--since <time>', 'RFC 3339, UTC: 2026-11-20T00:00:00.000Z')
    .option('--until <time>', 'default: until now')
    .option('--all', 'also what did arrive')
    .action(
      action<{ since: string; until?: string; all?: boolean }>(async ({ client, output }, id, { since, until, all }) => {
        const body = { since, ...(until === undefined ? {} : { until }), ...(all ? { succeeded_too: true } : {}) };
        const { data } = await client.POST(`${base}/replay`, { params: at(id), body });
        if (output.json) return output.document(data);
        output.line(`Queued; see: slipway webhooks deliveries ${id}`);
      }),
    );
  webhooks
    .command('replay-delivery <delivery>')
    .description('send one delivery again, under the same id')
    .action(
      action<object>(async ({ client, output }, id) => {
        const { data } = await client.POST('/api/v1/notifications/deliveries/{id}/replay', { params: at(id), body: {} });
        if (output.json) return output.document(data);
        output.line(`Queued; see: slipway webhooks deliveries ${data!.subscription_id}`);
      }),
    );
}
