import type { Schemas } from '@slipway/api-client';
import type { Command } from 'commander';
import { action, once } from '../command';
import { UsageError } from '../exit-codes';
import { list, paged, type ListOptions, type PageQuery } from '../output/lists';
import { describeSubscription, showDeliveries, showSubscriptions } from './describe-subscription';
import { selectionOf, withSelection, type SelectionOptions } from './notification-commands';
import { webhookActs } from './webhook-acts';

interface CreateOptions extends SelectionOptions {
  readonly slack?: boolean;
  readonly mine?: boolean;
  readonly team?: string;
  readonly platform?: boolean;
}
interface DeliveryOptions extends ListOptions {
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
  paged(webhooks.command('list').description('those that you may manage'), 200).action(
    action<ListOptions>(async ({ client, output }, _, options) => {
      const read = async (query: PageQuery) => {
        const { data } = await client.GET('/api/v1/notifications/subscriptions', { params: { query } });
        return { data: { ...data!, items: data!.items.filter(({ channel }) => channel !== 'email') } };
      };
      await list(output, options, read, (items) => showSubscriptions(output, items));
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
  paged(webhooks.command('deliveries <webhook>').description('what was sent, and how it went'), 50)
    .option('--status <status>', 'pending, succeeded, failed, held, dropped')
    .action(
      action<DeliveryOptions>(async ({ client, output }, subscription, options) => {
        const filter = { subscription, status: options.status };
        const read = (which: PageQuery) => client.GET('/api/v1/notifications/deliveries', { params: { query: { ...filter, ...which } } });
        await list(output, options, read, (items) => showDeliveries(output, items));
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
