import type { Schemas } from '@slipway/api-client';
import type { Command } from 'commander';
import { action, collect, once } from '../command';
import { UsageError } from '../exit-codes';
import { list, paged, type ListOptions, type PageQuery } from '../output/lists';

type Subject = Schemas['CreateBinding']['subject'];
interface BindOptions {
  readonly role: string;
  readonly environment?: string;
  readonly team?: string;
  readonly platform?: boolean;
}

/** `ann`, `group:developers`, `team:web`. */
export function subjectOf(text: string): Subject {
  const [, kind, ref] = /^(group|team):(.+)$/.exec(text) ?? [];
  return kind === undefined || ref === undefined ? { kind: 'actor', ref: text } : { kind: kind as Subject['kind'], ref };
}

const scopeText = ({ kind, team_id: team, project_id: project, environment_id: environment }: Schemas['BindingView']['scope']): string =>
  ({ platform: 'platform', team: `team ${team}`, project: `project ${project}`, environment: `${project}/${environment}` })[kind];

/** Roles, and to whom they are bound. */
export function roleCommands(root: Command): void {
  const roles = root.command('roles').description('sets of permissions, bound to actors, groups and teams');
  roles.command('list').action(
    action(async ({ client, output }) => {
      const { data } = await client.GET('/api/v1/access/roles');
      if (output.json) return output.document(data);
      const rows = data!.items.map((role) => [role.name, role.built_in ? 'built-in' : 'defined', role.permissions.join(' ')]);
      output.table(['ROLE', 'KIND', 'PERMISSIONS'], rows);
    }),
  );
  roles
    .command('define <name>')
    .description('or change it, for all to whom it is bound')
    .requiredOption('--permission <permission>', 'repeat for more', collect)
    .option('--title <text>', 'what it is for')
    .action(
      action<{ permission: string[]; title?: string }>(async ({ client, output }, name, { permission, title }) => {
        const body = { title, permissions: permission as Schemas['DefineRole']['permissions'] };
        const { data } = await client.PUT('/api/v1/access/roles/{name}', { params: { path: { name }, header: once() }, body });
        if (output.json) return output.document(data);
        output.line(`Role ${data!.name}: ${data!.permissions.join(' ')}`);
      }),
    );
  roles.command('delete <name>').action(
    action(async ({ client, output }, name) => {
      const { data } = await client.DELETE('/api/v1/access/roles/{name}', { params: { path: { name }, header: once() } });
      if (output.json) return output.document(data);
      output.line(`Role ${name} is deleted.`);
    }),
  );
  paged(roles.command('bindings'), 200).action(
    action<ListOptions>(async ({ client, output, namedProject }, _, options) => {
      const read = (which: PageQuery) => client.GET('/api/v1/access/bindings', { params: { query: { project: namedProject, ...which } } });
      await list(output, options, read, (items) =>
        output.table(
          ['BINDING', 'ROLE', 'TO', 'IN', 'FROM'],
          items.map((one) => [one.binding_id, one.role, `${one.subject.kind} ${one.subject.ref}`, scopeText(one.scope), one.source]),
        ),
      );
    }),
  );
  roles
    .command('bind <subject>')
    .description('an actor id, group:<name> or team:<name>; in the project, unless told otherwise')
    .requiredOption('--role <role>', 'which')
    .option('-e, --environment <name>', 'only in this environment of the project')
    .option('--team <team>', 'in all projects of the team')
    .option('--platform', 'everywhere')
    .action(
      action<BindOptions>(async ({ client, output, project }, subject, { role, environment, team, platform }) => {
        if ([environment, team, platform].filter(Boolean).length > 1)
          throw new UsageError('Give one of --environment, --team and --platform.');
        const scope = platform ? {} : team === undefined ? { project: await project(), environment } : { team };
        const body = { role, subject: subjectOf(subject), ...scope };
        const { data } = await client.POST('/api/v1/access/bindings', { params: { header: once() }, body });
        if (output.json) return output.document(data);
        output.line(`${subject} has the role ${role} in ${scopeText(data!.scope)} (${data!.binding_id}).`);
      }),
    );
  roles.command('unbind <binding>').action(
    action(async ({ client, output }, id) => {
      const { data } = await client.DELETE('/api/v1/access/bindings/{id}', { params: { path: { id }, header: once() } });
      if (output.json) return output.document(data);
      output.line(`${data!.subject.ref} no longer has the role ${data!.role} in ${scopeText(data!.scope)}.`);
    }),
  );
}
