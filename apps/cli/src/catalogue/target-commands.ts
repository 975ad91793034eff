import type { Schemas } from '@slipway/api-client';
import type { Command } from 'commander';
import { action, once } from '../command';
import type { Context } from '../context';
import { EXIT } from '../exit-codes';
import { list, paged, type ListOptions, type PageQuery } from '../output/lists';
import type { Output } from '../output/output';
import { coloured, localTime, orDash } from '../output/values';
import {
  changedLoginFrom,
  connectionFrom,
  credentialFrom,
  kubeconfigFrom,
  prometheusCredentialFrom,
  type EntranceOptions,
} from './target-entrance';

type Runtime = Schemas['TargetView']['runtime_type'];
interface CreateOptions extends EntranceOptions {
  readonly environment: string;
  readonly runtime: Runtime;
}

/** Places of deployment, and the ways in. */
export function targetCommands(group: Command): void {
  paged(group.command('list'), 200).action(
    action<ListOptions>(async ({ client, output, project }, _, options) => {
      const filter = { project: await project() };
      const read = (which: PageQuery) => client.GET('/api/v1/deploy/targets', { params: { query: { ...filter, ...which } } });
      await list(output, options, read, (targets) =>
        output.table(
          ['TARGET', 'RUNTIME', 'WHERE', 'CREDENTIAL', 'ENVIRONMENT', 'ID'],
          targets.map((target) => [
            target.name,
            target.runtime_type,
            whereOf(target.connection),
            target.credential ? `${target.credential.kind} v${target.credential.version}, ${localTime(target.credential.stored_at)}` : '-',
            target.environment_id,
            target.target_id,
          ]),
        ),
      );
    }),
  );
  entrance(
    group
      .command('create <name>')
      .description('create a target; its connection is tried first, and nothing is created when it is not fit')
      .requiredOption('-e, --environment <name>', 'environment')
      .option('--runtime <type>', 'process, compose, k8s', 'process'),
  ).action(action<CreateOptions>(create));
  changing(group.command('update <target-id>').description('another connection; what is not named stays as it is')).action(
    action<EntranceOptions>(update),
  );
  changing(group.command('rotate <target-id>').description('another credential for the same endpoint; releases are not touched')).action(
    action<EntranceOptions>(rotate),
  );
  group
    .command('check <target-id>')
    .description('try the connection now: what is missing, and how to fix it')
    .action(
      action(async ({ client, output, namedProject }, id) => {
        const params = { path: { id }, query: { project: namedProject } };
        const { data } = await client.GET('/api/v1/deploy/targets/{id}/report', { params });
        if (output.json) output.document(data);
        else printReport(output, data!);
        return data!.ok ? EXIT.ok : EXIT.failed;
      }),
    );
  group
    .command('delete <target-id>')
    .description('let go of it; refused while something runs or is carried out there, for nobody would look after that any more')
    .option('--reason <text>', 'why')
    .option('--force', 'all the same')
    .action(
      action<{ reason?: string; force?: boolean }>(async ({ client, output, namedProject }, id, { reason, force }) => {
        const query = { project: namedProject, reason, force };
        const { data } = await client.DELETE('/api/v1/deploy/targets/{id}', { params: { path: { id }, query, header: once() } });
        if (output.json) return output.document(data);
        output.line(`Target ${data!.name} is deleted.`);
      }),
    );
}

const changing = (command: Command): Command =>
  entrance(command).option('--no-prometheus-login', 'takes the login for its Prometheus away: it asks for none any more');

function entrance(command: Command): Command {
  return command
    .option('--ports <from-to>', 'process: stable ports of slots, e.g. 20000-20999')
    .option('--host <host>', 'compose: the Docker host; process: where slots listen, 127.0.0.1 or 0.0.0.0')
    .option('--port <port>', 'compose: its SSH port; default 22')
    .option('--user <login>', 'compose: who may use Docker there')
    .option('--identity-file <path>', "compose: private key; its content is sealed, '-' reads it from stdin")
    .option('--passphrase-file <path>', 'compose: passphrase of the private key')
    .option('--host-key <fingerprint>', 'compose: SHA256:..., as ssh-keygen -lf prints it')
    .option('--trust-on-first-use', 'compose: pin the host key that the host presents now; compare what is shown')
    .option('--project-name <name>', 'compose: prefix of the Compose projects; default slipway')
    .option('--routed-port <port|from-to>', 'compose: port of the host for the traffic, one for each service; default 8080')
    .option('--proxy-image <image>', 'compose: image of the proxy, by digest')
    .option('--kubeconfig <path>', "k8s: its fields are judged, then taken apart; '-' reads it from stdin")
    .option('--context <name>', 'k8s: context of the kubeconfig')
    .option('--server <url>', 'k8s: API server, https')
    .option('--ca-file <path>', 'k8s: its certificate authority, PEM')
    .option('--token-file <path>', 'k8s: bearer token')
    .option('--client-certificate <path>', 'k8s: client certificate, PEM')
    .option('--client-key <path>', 'k8s: its key, PEM')
    .option('--namespace <name>', 'k8s: namespace')
    .option('--field-manager <name>', 'k8s: field manager; default slipway')
    .option('--gateway <[namespace/]name>', 'k8s: Gateway API gateway for weights')
    .option('--gateway-hostname <host>', 'k8s: host of its routes, such as {service}.example.com')
    .option('--shared-secrets <names>', 'k8s: Secrets that manifests of every service may name, with commas between them')
    .option('--shared-claims <names>', 'k8s: PersistentVolumeClaims, likewise')
    .option('--prometheus <url>', 'HTTP API of the Prometheus that judges canaries with metrics')
    .option('--prometheus-user <name>', 'its user, where it asks for a login')
    .option('--prometheus-password-file <path>', "the user's password; its content is sealed, '-' reads it from stdin")
    .option('--prometheus-token-file <path>', 'bearer token for it, instead of user and password');
}

async function create(context: Context, name: string, options: CreateOptions): Promise<void> {
  const { client, output } = context;
  const { data } = await client.POST('/api/v1/deploy/targets', {
    params: { header: once() },
    body: {
      project: await context.project(),
      environment: options.environment,
      name,
      runtime_type: options.runtime,
      connection: connectionFrom(options.runtime, options, undefined),
      kubeconfig: kubeconfigFrom(options),
      credential: credentialFrom(options),
      prometheus_credential: prometheusCredentialFrom(options),
      trust_on_first_use: options.trustOnFirstUse,
    },
  });
  if (output.json) return output.document(data);
  if (data!.report) printReport(output, data!.report);
  if ('host_key' in data!.connection && options.trustOnFirstUse) output.line(`Host key pinned: ${data!.connection.host_key}. Compare it.`);
  output.line(`Created target ${name} (${data!.target_id}).`);
}

async function update({ client, output, namedProject }: Context, id: string, options: EntranceOptions): Promise<void> {
  const params = { path: { id }, query: { project: namedProject } };
  const { data: current } = await client.GET('/api/v1/deploy/targets/{id}', { params });
  const { data } = await client.PATCH('/api/v1/deploy/targets/{id}', {
    params: { ...params, header: once() },
    body: {
      connection: connectionFrom(current!.runtime_type, options, current!.connection),
      kubeconfig: kubeconfigFrom(options),
      credential: credentialFrom(options),
      prometheus_credential: changedLoginFrom(options),
      trust_on_first_use: options.trustOnFirstUse,
    },
  });
  if (output.json) return output.document(data);
  if (data!.report) printReport(output, data!.report);
  output.line(`Target ${data!.name} is at ${whereOf(data!.connection)}.`);
}

async function rotate({ client, output, namedProject }: Context, id: string, options: EntranceOptions): Promise<void> {
  const { data } = await client.POST('/api/v1/deploy/targets/{id}/credential', {
    params: { path: { id }, query: { project: namedProject }, header: once() },
    body: {
      credential: credentialFrom(options),
      kubeconfig: kubeconfigFrom(options),
      prometheus_credential: changedLoginFrom(options),
    },
  });
  if (output.json) return output.document(data);
  const { name, credential, prometheus_credential: login } = data!;
  if (credential) output.line(`Target ${name} is opened by version ${credential.version} of its credential from now on.`);
  if (login) output.line(`Its Prometheus is opened by version ${login.version} of its login from now on.`);
  else if (options.prometheusLogin === false) output.line('Its Prometheus is asked without a login from now on.');
}

function printReport(output: Output, report: Schemas['ConnectionReportView']): void {
  for (const check of report.checks) output.line(`${coloured(output, check.result)} ${check.name}: ${check.message}`);
  const versions = Object.entries(report.versions).map(([what, version]) => `${what} ${version}`);
  if (versions.length > 0) output.line(`Found ${versions.join(', ')}.`);
  if (report.presented_host_key) output.line(`The host presents ${report.presented_host_key}.`);
}

function whereOf(connection: Schemas['TargetView']['connection']): string {
  if ('server' in connection) return `${connection.server} ${connection.namespace}`;
  if ('user' in connection) return `${connection.user}@${connection.host}:${connection.port}`;
  return orDash(`${connection.host} ${connection.port_from}-${connection.port_to}`);
}
