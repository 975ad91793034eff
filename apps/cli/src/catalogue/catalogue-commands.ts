import type { Schemas } from '@slipway/api-client';
import type { Command } from 'commander';
import { action, once } from '../command';
import { list, paged, type ListOptions, type PageQuery } from '../output/lists';
import { localTime } from '../output/values';
import { targetCommands } from './target-commands';
import { deleting, retitling } from './updates-and-deletions';

/** Projects, services, environments, targets. */
export function catalogueCommands(root: Command): void {
  projects(root.command('projects').description('projects'));
  services(root.command('services').description('deployable components'));
  environments(root.command('environments').description('places'));
  targetCommands(root.command('targets').description('deployment endpoints of environments'));
}

function projects(group: Command): void {
  paged(group.command('list'), 200).action(
    action<ListOptions>(async ({ client, output }, _, options) => {
      const read = (query: PageQuery) => client.GET('/api/v1/projects', { params: { query } });
      await list(output, options, read, (items) =>
        output.table(
          ['PROJECT', 'TITLE', 'CREATED'],
          items.map((project) => [project.name, project.title, localTime(project.created_at)]),
        ),
      );
    }),
  );
  group
    .command('create <name>')
    .option('--title <text>', 'for people')
    .action(
      action<{ title?: string }>(async ({ client, output }, name, { title }) => {
        const { data } = await client.POST('/api/v1/projects', { params: { header: once() }, body: { name, title } });
        if (output.json) return output.document(data);
        output.line(`Created project ${name}.`);
      }),
    );
  retitling(group, 'project', (client, id, title) =>
    client.PATCH('/api/v1/projects/{id}', { params: { path: { id }, header: once() }, body: { title } }),
  );
}

function services(group: Command): void {
  paged(group.command('list'), 200).action(
    action<ListOptions>(async ({ client, output, project }, _, options) => {
      const filter = { project: await project() };
      const read = (which: PageQuery) => client.GET('/api/v1/services', { params: { query: { ...filter, ...which } } });
      await list(output, options, read, (items) =>
        output.table(
          ['SERVICE', 'KIND', 'TITLE', 'ID'],
          items.map((service) => [service.name, service.kind, service.title, service.service_id]),
        ),
      );
    }),
  );
  group
    .command('create <name>')
    .option('--title <text>', 'for people')
    .option('--kind <kind>', 'storefront, backend, shop-agent, control-plane')
    .action(
      action<{ title?: string; kind?: Schemas['ServiceView']['kind'] }>(async ({ client, output, project }, name, { title, kind }) => {
        const { data } = await client.POST('/api/v1/services', {
          params: { header: once() },
          body: { project: await project(), name, title, kind },
        });
        if (output.json) return output.document(data);
        output.line(`Created service ${name} (${data!.service_id}).`);
      }),
    );
  retitling(group, 'service', (client, id, title, project) =>
    client.PATCH('/api/v1/services/{id}', { params: { path: { id }, query: { project }, header: once() }, body: { title } }),
  );
  deleting(group, 'service', (client, id, query) =>
    client.DELETE('/api/v1/services/{id}', { params: { path: { id }, query, header: once() } }),
  );
}

/** Acts of provisioning, which nothing asks approval for yet. */
const TO_COME: readonly string[] = ['install', 'infra_apply', 'infra_destroy'];

function environments(group: Command): void {
  paged(group.command('list'), 200).action(
    action<ListOptions>(async ({ client, output, project }, _, options) => {
      const filter = { project: await project() };
      const read = (which: PageQuery) => client.GET('/api/v1/environments', { params: { query: { ...filter, ...which } } });
      await list(output, options, read, (items) =>
        output.table(
          ['ENVIRONMENT', 'TYPE', 'APPROVAL FOR', 'ID'],
          items.map(({ name, type, policy, environment_id: id }) => [
            name,
            type,
            policy.approval_for.filter((act) => !TO_COME.includes(act)).join(', ') || 'nothing',
            id,
          ]),
        ),
      );
    }),
  );
  group
    .command('create <name>')
    .requiredOption('--type <type>', 'local, development, staging, production')
    .option('--title <text>', 'for people')
    .action(
      action<{ type: Schemas['EnvironmentView']['type']; title?: string }>(async ({ client, output, project }, name, { type, title }) => {
        const { data } = await client.POST('/api/v1/environments', {
          params: { header: once() },
          body: { project: await project(), name, type, title },
        });
        if (output.json) return output.document(data);
        output.line(`Created environment ${name} (${data!.environment_id}).`);
      }),
    );
  retitling(group, 'environment', (client, id, title, project) =>
    client.PATCH('/api/v1/environments/{id}', { params: { path: { id }, query: { project }, header: once() }, body: { title } }),
  );
  deleting(group, 'environment', (client, id, query) =>
    client.DELETE('/api/v1/environments/{id}', { params: { path: { id }, query, header: once() } }),
  );
  group
    .command('lock <environment>')
    .description('who holds it, since when, and why')
    .action(
      action(async ({ client, output, namedProject }, id) => {
        const { data } = await client.GET('/api/v1/environments/{id}/lock', { params: { path: { id }, query: { project: namedProject } } });
        if (output.json) return output.document(data);
        output.line(
          data!.held
            ? `Held by ${data!.holder} for release ${data!.release_id}: ${data!.reason} (since ${data!.acquired_at}, last heartbeat ${data!.heartbeat_at})`
            : 'Free.',
        );
      }),
    );
}
