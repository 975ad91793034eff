import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { action, once } from '../command';
import { UsageError } from '../exit-codes';
import { relative } from '../output/values';

interface SetOptions {
  readonly environment: string;
  readonly fromFile?: string;
}

/** The value comes from a file or from stdin, never from an argument: those stand in process lists and histories. */
function valueOf(options: SetOptions): string {
  if (options.fromFile === undefined && process.stdin.isTTY)
    throw new UsageError('Give the value on stdin or with --from-file; an argument would be visible to others.');
  const value = readFileSync(options.fromFile ?? 0, 'utf8').replace(/\n$/, '');
  if (value === '') throw new UsageError('The value is empty.');
  return value;
}

/** Secrets of an environment: write-only. */
export function secretCommands(root: Command): void {
  const secrets = root.command('secrets').description('secrets of an environment; what goes in never comes out');
  secrets
    .command('set <name>')
    .requiredOption('-e, --environment <name>', 'environment')
    .option('--from-file <file>', 'file with the value; default: stdin')
    .action(
      action<SetOptions>(async ({ client, output, project }, name, options) => {
        const params = { path: { id: options.environment, name }, query: { project: await project() }, header: once() };
        const { data } = await client.PUT('/api/v1/environments/{id}/secrets/{name}', { params, body: { value: valueOf(options) } });
        if (output.json) return output.document(data);
        output.line(`Secret ${name} is now at version ${data!.version} (fingerprint ${data!.fingerprint}).`);
      }),
    );
  secrets
    .command('list')
    .requiredOption('-e, --environment <name>', 'environment')
    .action(
      action<SetOptions>(async ({ client, output, project }, _, { environment }) => {
        const params = { path: { id: environment }, query: { project: await project() } };
        const { data } = await client.GET('/api/v1/environments/{id}/secrets', { params });
        if (output.json) return output.document(data);
        output.table(
          ['SECRET', 'VERSION', 'FINGERPRINT', 'BY', 'UPDATED'],
          data!.items.map((item) => [item.name, String(item.version), item.fingerprint, item.updated_by, relative(item.updated_at)]),
        );
      }),
    );
}
