import type { Schemas } from '@slipway/api-client';
import type { Command } from 'commander';
import { action, once } from '../command';
import { localTime } from '../output/values';
import { targetCommands } from './target-commands';

/** Projects, services, environments, targets. */
export function catalogueCommands(root: Command): void {
  projects(root.command('projects').description('projects'));
  services(root.command('services').description('deployable components'));
  environments(root.command('environments').description('places'));
  targetCommands(root.command('targets').description('deployment endpoints of environments'));
}

function projects(group: Command): void {
  group.command('list').action(
    action(async ({ client, output }) => {
      const { data } = await client.GET('/api/v1/projects', { params: { query: { limit: 200 } } });
      if (output.json) return output.document(data);
      output.table(
        ['PROJECT', 'TITLE', 'CREATED'],
        data!.items.map((project) => [project.name, project.title, localTime(project.created_at)]),
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
}

function services(group: Command): void {
  group.command('list').action(
    action(async ({ client, output, project }) => {
      const { data } = await client.GET('/api/v1/services', { params: { query: { project: await project(), limit: 200 } } });
      if (output.json) return output.document(data);
      output.table(
        ['SERVICE', 'KIND', 'TITLE', 'ID'],
        data!.items.map((service) => [service.name, service.kind, service.title, service.service_id]),
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
}

/** Acts of provisioning, which nothing asks approval for yet. */
const TO_COME: readonly string[] = ['install', 'infra_apply', 'infra_destroy'];

function environments(group: Command): void {
  group.command('list').action(
    action(async ({ client, output, project }) => {
      const { data } = await client.GET('/api/v1/environments', { params: { query: { project: await project(), limit: 200 } } });
      if (output.json) return output.document(data);
      const rows = data!.items.map(({ name, type, policy, environment_id: id }) => [
        name,
        type,
        policy.approval_for.filter((act) => !TO_COME.includes(act)).join(', ') || 'nothing',
        id,
      ]);
      output.table(['ENVIRONMENT', 'TYPE', 'APPROVAL FOR', 'ID'], rows);
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
