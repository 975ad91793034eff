import type { Schemas } from '@slipway/api-client';
import type { Command } from 'commander';
import { action, once } from '../command';
import type { Output } from '../output/output';
import { list, paged, type ListOptions, type PageQuery } from '../output/lists';
import { coloured, orDash } from '../output/values';

interface CreateOptions {
  readonly kind: 'service' | 'agent';
  readonly platform?: boolean;
  readonly delegate?: boolean;
  readonly title?: string;
}

/** Service and agent accounts, and people as last seen. */
export function accountCommands(root: Command): void {
  const accounts = root.command('accounts').description('service and agent accounts, delegates, people');
  accounts
    .command('create <name>')
    .description('of the project; give it roles with: slipway roles bind')
    .requiredOption('--kind <kind>', 'service or agent')
    .option('--delegate', 'acts on your behalf: may do what you may, and needs no roles')
    .option('--platform', 'of the platform instead of a project')
    .option('--title <text>', 'what it is for')
    .action(
      action<CreateOptions>(async ({ client, output, project }, name, { kind, delegate, platform, title }) => {
        const params = { header: once() };
        const body = { name, kind, title };
        const { data } = delegate
          ? await client.POST('/api/v1/access/delegates', { params, body })
          : await client.POST('/api/v1/access/accounts', { params, body: { ...body, ...(platform ? {} : { project: await project() }) } });
        shown(output, data!);
      }),
    );
  paged(accounts.command('list'), 200).action(
    action<ListOptions>(async ({ client, output, namedProject }, _, options) => {
      const read = (which: PageQuery) => client.GET('/api/v1/access/accounts', { params: { query: { project: namedProject, ...which } } });
      await list(output, options, read, (items) =>
        output.table(
          ['ACCOUNT', 'ACTOR', 'KIND', 'PROJECT', 'ON BEHALF OF', 'STATUS'],
          items.map((one) => [
            one.account_id,
            one.actor_id,
            one.kind,
            one.project_id,
            orDash(one.on_behalf_of),
            coloured(output, one.status),
          ]),
        ),
      );
    }),
  );
  for (const verb of ['disable', 'enable'] as const) {
    accounts
      .command(`${verb} <account>`)
      .description(verb === 'disable' ? 'none of its tokens works; what it has open ends' : 'let it act again')
      .option('--reason <text>', 'why')
      .action(
        action<{ reason?: string }>(async ({ client, output }, id, { reason }) => {
          const options = { params: { path: { id }, header: once() }, body: { reason } };
          const { data } = await (verb === 'disable'
            ? client.POST('/api/v1/access/accounts/{id}/disable', options)
            : client.POST('/api/v1/access/accounts/{id}/enable', options));
          shown(output, data!);
        }),
      );
  }
}

function shown(output: Output, account: Schemas['AccountView']): void {
  if (output.json) return output.document(account);
  output.line(`Account ${account.account_id}: ${account.actor_id}, ${account.kind}, ${account.status}.`);
}
