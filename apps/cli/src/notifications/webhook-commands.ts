import type { Schemas } from '@slipway/api-client';
import type { Command } from 'commander';
import { action, once } from '../command';
import { UsageError } from '../exit-codes';
import { describeSubscription, listDeliveries, listSubscriptions } from './describe-subscription';
import { selectionOf, withSelection, type SelectionOptions } from './notification-commands';
import { webhookActs } from './webhook-acts';

interface CreateOptions extends SelectionOptions {
  readonly slack?: boolean;
  readonly mine?: boolean;
  readonly team?: string;
  readonly platform?: boolean;
}
interface DeliveryOptions {
  readonly status?: Schemas['DeliveryView']['status'];
}

/** Webhooks: of a project, of a team, of the platform, or one's own. */
export function webhookCommands(root: Command): void {
  const webhooks = root.command('webhooks').description('signed webhooks and Slack: create, try, watch, replay');
  withSelection(webhooks.command('create <url>').description('of the project, unless told otherwise; prints the signing secret once'))
    .option('--slack', "in the form of Slack's incoming webhooks")
    .option('--mine', 'your own: what you are told of')
    .option('--team <name>', 'of this team')
    .option('--platform', 'of the whole platform')
    .action(
      action<CreateOptions>(async ({ client, output, project }, url, options) => {
        const body = { channel: options.slack ? ('slack' as const) : ('webhook' as const), url, ...selectionOf(options) };
        const owner = ownerOf(options) ?? { project: await project() };
        const { data } = await client.POST('/api/v1/notifications/subscriptions', {
          params: { header: once() },
          body: { ...body, ...owner },
        });
        describeSubscription(output, data!);
      }),
    );
  webhooks
    .command('list')
    .description('those that you may manage')
    .action(
      action<object>(async ({ client, output }) => {
        const { data } = await client.GET('/api/v1/notifications/subscriptions', { params: { query: { limit: 200 } } });
        listSubscriptions(
          output,
          data!.items.filter(({ channel }) => channel !== 'email'),
        );
      }),
    );
  webhooks
    .command('show <webhook>')
    .description('one of them')
    .action(
      action<object>(async ({ client, output }, id) => {
        const { data } = await client.GET('/api/v1/notifications/subscriptions/{id}', { params: { path: { id } } });
        describeSubscription(output, data!);
      }),
    );
  webhooks
    .command('deliveries <webhook>')
    .description('what was sent, and how it went')
    .option('--status <status>', 'pending, succeeded, failed, held, dropped')
    .action(
      action<DeliveryOptions>(async ({ client, output }, subscription, { status }) => {
        const { data } = await client.GET('/api/v1/notifications/deliveries', { params: { query: { subscription, status } } });
        listDeliveries(output, data!.items);
      }),
    );
  webhookActs(webhooks);
}

function ownerOf({ mine, team, platform }: CreateOptions): object | undefined {
  if ([mine, team, platform].filter(Boolean).length > 1) throw new UsageError('--mine, --team and --platform exclude each other');
  if (team !== undefined) return { team };
  if (platform) return { platform: true };
  return mine ? {} : undefined;
}
