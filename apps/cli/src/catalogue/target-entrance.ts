import { readFileSync } from 'node:fs';
import type { Schemas } from '@slipway/api-client';
import { UsageError } from '../exit-codes';

/** Options that say where a target is and what opens it, as `targets create`, `update` and `rotate` take them. */
export interface EntranceOptions {
  readonly ports?: string;
  readonly host?: string;
  readonly port?: string;
  readonly user?: string;
  readonly identityFile?: string;
  readonly passphraseFile?: string;
  readonly hostKey?: string;
  readonly trustOnFirstUse?: boolean;
  readonly projectName?: string;
  readonly routedPort?: string;
  readonly proxyImage?: string;
  readonly kubeconfig?: string;
  readonly context?: string;
  readonly server?: string;
  readonly caFile?: string;
  readonly tokenFile?: string;
  readonly clientCertificate?: string;
  readonly clientKey?: string;
  readonly namespace?: string;
  readonly fieldManager?: string;
  readonly gateway?: string;
  readonly gatewayHostname?: string;
  readonly sharedSecrets?: string;
  readonly sharedClaims?: string;
  readonly prometheus?: string;
  readonly prometheusUser?: string;
  readonly prometheusPasswordFile?: string;
  readonly prometheusTokenFile?: string;
  /** False: `--no-prometheus-login`. */
  readonly prometheusLogin?: boolean;
}
type Connection = Schemas['TargetView']['connection'];
type Credential = NonNullable<Schemas['CreateTarget']['credential']>;
type PrometheusCredential = NonNullable<Schemas['CreateTarget']['prometheus_credential']>;
type Kubeconfig = NonNullable<Schemas['CreateTarget']['kubeconfig']>;

/** @param current what the target has now: what the options do not name stays. Undefined: nothing about the connection was said. */
export function connectionFrom(
  runtime: Schemas['TargetView']['runtime_type'],
  options: EntranceOptions,
  current: Connection | undefined,
): Connection | undefined {
  if (runtime === 'process') return processConnection(options, current && 'port_from' in current ? current : undefined);
  if (runtime === 'compose') return composeConnection(options, current && 'user' in current ? current : undefined);
  if (options.kubeconfig !== undefined) return undefined;
  return kubernetesConnection(options, current && 'server' in current ? current : undefined);
}

type OfProcesses = Extract<Connection, { port_from: number }>;
function processConnection({ ports, host, prometheus }: EntranceOptions, current: OfProcesses | undefined): Connection | undefined {
  if (ports === undefined && ((prometheus === undefined && host === undefined) || !current)) {
    return host === undefined ? undefined : missing('--ports, beside --host,');
  }
  const [port_from, port_to] = ports === undefined ? [current!.port_from, current!.port_to] : rangeOf('--ports', ports);
  const listening = host === undefined ? (current?.host ?? '127.0.0.1') : listeningHost(host);
  return { host: listening, port_from, port_to, prometheus: prometheusOf(prometheus) ?? current?.prometheus };
}

function listeningHost(host: string): OfProcesses['host'] {
  if (host === '127.0.0.1' || host === '0.0.0.0') return host;
  throw new UsageError(`--host of a process target is where slots listen: 127.0.0.1 or 0.0.0.0, not '${host}'`);
}

const prometheusOf = (url: string | undefined): Connection['prometheus'] => (url === undefined ? undefined : { url });

type Compose = Extract<Connection, { user: string }>;
function composeConnection(options: EntranceOptions, current: Compose | undefined): Connection {
  const [routed_port, routed_port_to] = options.routedPort === undefined ? [] : rangeOf('--routed-port', options.routedPort);
  const moved = current !== undefined && options.host !== undefined && options.host !== current.host;
  return {
    host: options.host ?? current?.host ?? missing('--host'),
    port: options.port === undefined ? (current?.port ?? 22) : numberOf('--port', options.port),
    user: options.user ?? current?.user ?? missing('--user'),
    host_key: options.hostKey ?? (options.trustOnFirstUse || moved ? undefined : current?.host_key),
    project_name: options.projectName ?? current?.project_name ?? 'slipway',
    routed_port: routed_port ?? current?.routed_port ?? 8080,
    routed_port_to: routed_port_to ?? current?.routed_port_to,
    proxy_image: options.proxyImage ?? current?.proxy_image,
    prometheus: prometheusOf(options.prometheus) ?? current?.prometheus,
  };
}

type Kubernetes = Extract<Connection, { server: string }>;
function kubernetesConnection(options: EntranceOptions, current: Kubernetes | undefined): Connection {
  return {
    server: options.server ?? current?.server ?? missing('--server or --kubeconfig'),
    ca: options.caFile === undefined ? current?.ca : contentOf(options.caFile),
    tls_server_name: current?.tls_server_name,
    namespace: options.namespace ?? current?.namespace ?? 'default',
    field_manager: options.fieldManager ?? current?.field_manager,
    gateway: gatewayOf(options) ?? current?.gateway,
    shared_secrets: namesOf(options.sharedSecrets) ?? current?.shared_secrets,
    shared_claims: namesOf(options.sharedClaims) ?? current?.shared_claims,
    prometheus: prometheusOf(options.prometheus) ?? current?.prometheus,
  };
}

export function kubeconfigFrom(options: EntranceOptions): Kubeconfig | undefined {
  if (options.kubeconfig === undefined) return undefined;
  const { context, namespace, fieldManager: field_manager } = options;
  const [gateway, prometheus] = [gatewayOf(options), prometheusOf(options.prometheus)];
  const [shared_secrets, shared_claims] = [namesOf(options.sharedSecrets), namesOf(options.sharedClaims)];
  const content = contentOf(options.kubeconfig);
  return { content, context, namespace, field_manager, gateway, shared_secrets, shared_claims, prometheus };
}

/** Undefined: no option names a credential. */
export function credentialFrom(options: EntranceOptions): Credential | undefined {
  if (options.identityFile !== undefined) {
    const passphrase = options.passphraseFile === undefined ? undefined : contentOf(options.passphraseFile).trimEnd();
    return { kind: 'ssh_key', private_key: contentOf(options.identityFile), passphrase };
  }
  if (options.tokenFile !== undefined) return { kind: 'bearer_token', token: contentOf(options.tokenFile).trim() };
  if (options.clientCertificate === undefined && options.clientKey === undefined) return undefined;
  return {
    kind: 'client_certificate',
    certificate: contentOf(options.clientCertificate ?? missing('--client-certificate')),
    private_key: contentOf(options.clientKey ?? missing('--client-key')),
  };
}

/** Undefined: no option names a login for the Prometheus. */
export function prometheusCredentialFrom(options: EntranceOptions): PrometheusCredential | undefined {
  const { prometheusUser: username, prometheusPasswordFile: passwordFile, prometheusTokenFile: tokenFile } = options;
  if (tokenFile !== undefined) return { kind: 'bearer_token', token: contentOf(tokenFile).trim() };
  if (username === undefined && passwordFile === undefined) return undefined;
  return {
    kind: 'basic_auth',
    username: username ?? missing('--prometheus-user'),
    password: contentOf(passwordFile ?? missing('--prometheus-password-file')).trimEnd(),
  };
}

/** As `prometheusCredentialFrom`; null: the login is to be taken away. */
export function changedLoginFrom(options: EntranceOptions): PrometheusCredential | null | undefined {
  const login = prometheusCredentialFrom(options);
  if (options.prometheusLogin !== false) return login;
  if (login) throw new UsageError('--no-prometheus-login takes the login away: give it without a user, password or token');
  return null;
}

function gatewayOf({ gateway, gatewayHostname: hostname }: EntranceOptions): Kubernetes['gateway'] {
  if (gateway === undefined) {
    if (hostname !== undefined) throw new UsageError('--gateway-hostname is for a Gateway: give --gateway [namespace/]name with it');
    return undefined;
  }
  const [first, second] = gateway.split('/');
  return second === undefined ? { name: first!, hostname } : { namespace: first!, name: second, hostname };
}

/** Of an empty text none: nothing is shared any more. */
const namesOf = (text: string | undefined): string[] | undefined =>
  text
    ?.split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');

function rangeOf(option: string, text: string): [number, number] {
  const [from, to] = text.split('-').map(Number);
  if (!from || to === 0 || Number.isNaN(to ?? from))
    throw new UsageError(`${option} takes a port or FROM-TO, such as 20000-20999, not '${text}'`);
  return [from, to ?? from];
}

function numberOf(option: string, text: string): number {
  if (/^\d{1,5}$/.test(text)) return Number(text);
  throw new UsageError(`${option} takes a number, not '${text}'`);
}

/** Of a file, or of stdin for `-`: a secret is never an argument. */
function contentOf(path: string): string {
  try {
    return readFileSync(path === '-' ? 0 : path, 'utf8');
  } catch (error) {
    throw new UsageError(`'${path}' cannot be read: ${(error as Error).message}`);
  }
}

function missing(option: string): never {
  throw new UsageError(`Name ${option}; see --help.`);
}
