import type { Schemas } from '@slipway/api-client';
import type { Command } from 'commander';
import { action, collect, once } from '../command';
import { UsageError } from '../exit-codes';
import type { Output } from '../output/output';
import { list, paged, type ListOptions, type PageQuery } from '../output/lists';
import { coloured, relative } from '../output/values';

interface CreateOptions {
  readonly permission?: string[];
  readonly environment?: string[];
  readonly account?: string;
  readonly expires: string;
}

const SECONDS: Readonly<Record<string, number>> = { m: 60, h: 3_600, d: 86_400 };

/** `30d`, `12h`, `15m` as seconds. @throws UsageError */
export function lifetime(text: string): number {
  const [, count, unit] = /^(\d{1,4})([mhd])$/.exec(text) ?? [];
  if (count === undefined || unit === undefined)
    throw new UsageError(`--expires takes minutes, hours or days: 15m, 12h, 30d; not '${text}'`);
  return Number(count) * SECONDS[unit]!;
}

/** Access tokens: one's own, and those of accounts. */
export function tokenCommands(root: Command): void {
  const tokens = root.command('tokens').description('access tokens: scoped, expiring, revocable; a secret is shown once');
  tokens
    .command('create <name>')
    .description('for yourself, or with --account for an account')
    .option('--permission <permission>', 'only this permission; repeat for more (default: all that you hold)', collect)
    .option('-e, --environment <name>', 'only in this environment of --project; repeat for more', collect)
    .option('--account <id>', 'a token of this account')
    .option('--expires <time>', 'after minutes, hours or days, e.g. 12h', '30d')
    .action(
      action<CreateOptions>(async ({ client, output, namedProject }, name, options) => {
        const { data } = await client.POST('/api/v1/access/tokens', {
          params: { header: once() },
          body: {
            name,
            expires_in_s: lifetime(options.expires),
            ...(namedProject === undefined ? {} : { project: namedProject }),
            ...(options.permission ? { permissions: options.permission as Schemas['CreateToken']['permissions'] } : {}),
            ...(options.environment ? { environments: options.environment } : {}),
            ...(options.account === undefined ? {} : { account: options.account }),
          },
        });
        shown(output, data!);
      }),
    );
  paged(tokens.command('list').description('your own, or with --account those of an account'), 200)
    .option('--account <id>', 'of this account')
    .action(
      action<ListOptions & { account?: string }>(async ({ client, output }, _, { account, ...options }) => {
        const read = (which: PageQuery) => client.GET('/api/v1/access/tokens', { params: { query: { account, ...which } } });
        await list(output, options, read, (items) =>
          output.table(
            ['TOKEN', 'KIND', 'NAME', 'ACTOR', 'STATUS', 'EXPIRES'],
            items.map((one) => [one.token_id, one.kind, one.name, one.actor_id, coloured(output, one.status), relative(one.expires_at)]),
          ),
        );
      }),
    );
  tokens
    .command('rotate <token>')
    .description('a new secret for the same token')
    .option('--overlap <time>', 'how long the old secret still works, e.g. 1h')
    .action(
      action<{ overlap?: string }>(async ({ client, output }, id, { overlap }) => {
        const params = { path: { id }, header: once() };
        const body = overlap === undefined ? {} : { overlap_s: lifetime(overlap) };
        shown(output, (await client.POST('/api/v1/access/tokens/{id}/rotate', { params, body })).data!);
      }),
    );
  tokens
    .command('revoke <token>')
    .description('ends it, its children and what they have open')
    .option('--reason <text>', 'why')
    .action(
      action<{ reason?: string }>(async ({ client, output }, id, { reason }) => {
        const { data } = await client.POST('/api/v1/access/tokens/{id}/revoke', {
          params: { path: { id }, header: once() },
          body: { reason },
        });
        if (output.json) return output.document(data);
        output.line(`Token ${data!.token_id} (${data!.name}) is revoked.`);
      }),
    );
}

function shown(output: Output, token: Schemas['IssuedToken']): void {
  if (output.json) return output.document(token);
  output.line(
    `Token ${token.token_id} (${token.name}) of ${token.actor_id}, expires ${relative(token.expires_at)}. Its secret is shown this once:`,
  );
  output.line(token.secret ?? 'was shown before; rotate the token for a new one');
}
