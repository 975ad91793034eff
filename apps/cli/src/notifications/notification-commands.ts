import type { Schemas } from '@slipway/api-client';
import type { Command } from 'commander';
import { action, collect, once } from '../command';
import { list, paged, type ListOptions, type PageQuery } from '../output/lists';
import { describeSubscription, showSubscriptions } from './describe-subscription';

export type Topics = NonNullable<Schemas['CreateSubscription']['topics']>;
export interface SelectionOptions {
  readonly name?: string;
  readonly topic?: Topics;
  readonly onlyProject?: string[];
  readonly environment?: string[];
}

export const withSelection = (command: Command): Command =>
  command
    .option('--name <name>', 'what you call it')
    .option('--topic <topic>', 'only this; repeat for more (slipway notifications topics)', collect)
    .option('--only-project <name>', 'only of this project; repeat for more', collect)
    .option('-e, --environment <name>', 'only of this environment; repeat for more', collect);

export const selectionOf = ({ name, topic, onlyProject, environment }: SelectionOptions) => ({
  ...(name === undefined ? {} : { name }),
  ...(topic ? { topics: topic } : {}),
  ...(onlyProject ? { projects: onlyProject } : {}),
  ...(environment ? { environments: environment } : {}),
});

/** What one is told of, and where. */
export function notificationCommands(root: Command): void {
  const notifications = root.command('notifications').description('what you and your teams are told of, by mail');
  notifications
    .command('topics')
    .description('what there is to be told of, and where you read mail')
    .action(
      action<object>(async ({ client, output }) => {
        const { data } = await client.GET('/api/v1/notifications/settings');
        if (output.json) return output.document(data);
        output.line(
          `Mail: ${data!.mail_enabled ? (data!.email ?? 'no address; slipway notifications contact <address>') : 'this platform sends none'}`,
        );
        if (data!.pending_email !== null) output.line(toConfirm(data!.pending_email));
        output.table(
          ['TOPIC', 'WHEN', 'UNLESS YOU SAY OTHERWISE'],
          data!.topics.map(({ topic, title, personal_default }) => [topic, title, personal_default ? 'yes' : 'no']),
        );
      }),
    );
  notifications
    .command('contact <address>')
    .description("where you read mail; 'none': nowhere")
    .action(
      action<object>(async ({ client, output }, address) => {
        const body = { email: address === 'none' ? null : address };
        const { data } = await client.PUT('/api/v1/notifications/contact', { params: { header: once() }, body });
        if (output.json) return output.document(data);
        if (data!.pending_email !== null) return output.line(toConfirm(data!.pending_email));
        output.line(data!.email === null ? 'You get no mail.' : `Mail goes to ${data!.email}.`);
      }),
    );
  notifications
    .command('confirm <code>')
    .description('give back the code that was mailed to your new address')
    .action(
      action<object>(async ({ client, output }, code) => {
        const { data } = await client.POST('/api/v1/notifications/contact/confirm', { params: { header: once() }, body: { code: code } });
        if (output.json) return output.document(data);
        output.line(`Mail goes to ${data!.email}.`);
      }),
    );
  withSelection(notifications.command('subscribe').description('by mail: yourself, or with --team its members'))
    .option('--team <name>', 'every member who may read it')
    .action(
      action<SelectionOptions & { team?: string }>(async ({ client, output }, _, options) => {
        const team = options.team === undefined ? {} : { team: options.team };
        const body = { channel: 'email' as const, ...team, ...selectionOf(options) };
        const { data } = await client.POST('/api/v1/notifications/subscriptions', { params: { header: once() }, body });
        describeSubscription(output, data!);
      }),
    );
  paged(notifications.command('list').description('mail subscriptions that you may manage'), 200).action(
    action<ListOptions>(async ({ client, output }, _, options) => {
      const read = (which: PageQuery) =>
        client.GET('/api/v1/notifications/subscriptions', { params: { query: { channel: 'email', ...which } } });
      await list(output, options, read, (items) => showSubscriptions(output, items));
    }),
  );
  notifications
    .command('unsubscribe <subscription>')
    .description('no more of it')
    .action(
      action<object>(async ({ client, output }, id) => {
        const { data } = await client.DELETE('/api/v1/notifications/subscriptions/{id}', { params: { path: { id }, header: once() } });
        if (output.json) return output.document(data);
        output.line(`Removed '${data!.name}'.`);
      }),
    );
}

const toConfirm = (address: string): string =>
  `A code was mailed to ${address}; confirm the address with: slipway notifications confirm <code>`;
