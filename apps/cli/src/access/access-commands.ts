import type { Schemas } from '@slipway/api-client';
import type { Command } from 'commander';
import { action } from '../command';
import { orDash, relative } from '../output/values';

interface ViewOptions {
  readonly environment?: string;
  readonly subject?: string;
  readonly permission?: string;
}

/** Who am I, and who may do what. */
export function accessCommands(root: Command): void {
  root
    .command('whoami')
    .description('who you are here, and what you may do where')
    .action(
      action(async ({ client, output }) => {
        const { data } = await client.GET('/api/v1/session');
        if (output.json) return output.document(data);
        const { actor_id: actor, actor_type: type, on_behalf_of: behalf, method, issuer, expires_at: expires } = data!;
        output.line(
          `${actor} (${type}${behalf === null ? '' : `, on behalf of ${behalf}`}), by ${method} of ${orDash(issuer)}, expires ${relative(expires)}`,
        );
        const rows = data!.grants.map((one) => [
          one.projects.join(' '),
          one.environments.join(' '),
          (one.roles ?? []).join(' '),
          one.permissions.join(' '),
        ]);
        output.table(['PROJECTS', 'ENVIRONMENTS', 'ROLES', 'PERMISSIONS'], rows);
      }),
    );
  root
    .command('access')
    .description('who may do what in the project, and why')
    .option('-e, --environment <name>', 'in this environment')
    .option('--subject <actor>', 'only this actor, or group:<name>')
    .option('--permission <permission>', 'only this permission')
    .action(
      action<ViewOptions>(async ({ client, output, project }, _, { environment, subject, permission }) => {
        const query = { project: await project(), environment, subject, permission: permission as Permission };
        const { data } = await client.GET('/api/v1/access/view', { params: { query } });
        if (output.json) return output.document(data);
        const rows = data!.items.flatMap((one) =>
          one.permissions.map((held) => [one.subject, one.status, held.permission, reasons(held.because)]),
        );
        output.table(['WHO', 'STATUS', 'MAY', 'BECAUSE'], rows);
      }),
    );
}

type Entry = Schemas['AccessView']['items'][number]['permissions'][number];
type Permission = Entry['permission'] | undefined;

const reasons = (because: Entry['because']): string =>
  because.map(({ role, via, scope }) => (role === null ? via : `${role} (${via}, ${scope?.kind ?? '-'})`)).join('; ');
