import type { Schemas, TargetView } from '../api/client';
import { gatewayOf, gatewayProblems, NO_GATEWAY, type GatewayInput } from './gateway-input';
import { NO_PROMETHEUS_LOGIN, prometheusCredentialOf, prometheusProblems, type PrometheusLoginInput } from './prometheus-input';

export type Runtime = TargetView['runtime_type'];
type Credential = NonNullable<Schemas['CreateTarget']['credential']>;
export type K8sEntrance = 'kubeconfig' | 'bearer_token' | 'client_certificate';

/** What opens a target, as it is typed; it goes to the gateway and is kept nowhere here. */
export interface CredentialInput {
  entrance: K8sEntrance;
  private_key: string;
  passphrase: string;
  kubeconfig: string;
  context: string;
  token: string;
  certificate: string;
}
export interface TargetInput extends CredentialInput, GatewayInput, PrometheusLoginInput {
  name: string;
  runtime: Runtime;
  host: string;
  port: number | string;
  user: string;
  host_key: string;
  project_name: string;
  port_from: number | string;
  port_to: number | string;
  server: string;
  ca: string;
  namespace: string;
  prometheus: string;
}

export const NO_CREDENTIAL: CredentialInput = {
  entrance: 'kubeconfig',
  private_key: '',
  passphrase: '',
  kubeconfig: '',
  context: '',
  token: '',
  certificate: '',
};
/** Ports that slots of each runtime get by default, inclusive. */
const PORTS: Readonly<Record<Runtime, readonly [number, number]>> = { process: [20_000, 20_999], compose: [8_080, 8_089], k8s: [0, 0] };

export function freshTarget(runtime: Runtime, name: string): TargetInput {
  const [port_from, port_to] = PORTS[runtime];
  return {
    ...NO_CREDENTIAL,
    ...NO_GATEWAY,
    ...NO_PROMETHEUS_LOGIN,
    name,
    runtime,
    host: runtime === 'process' ? '127.0.0.1' : '',
    port: 22,
    user: '',
    host_key: '',
    project_name: 'slipway',
    port_from,
    port_to,
    server: '',
    ca: '',
    namespace: 'default',
    prometheus: '',
  };
}

export const text = (value: string): string | undefined => value.trim() || undefined;
export const prometheusOf = ({ prometheus }: TargetInput) => (text(prometheus) === undefined ? undefined : { url: prometheus.trim() });

/** Where a target is, as the form says it. */
export function connectionOf(input: TargetInput): TargetView['connection'] {
  const prometheus = prometheusOf(input);
  const [from, to] = [Number(input.port_from), Number(input.port_to)];
  if (input.runtime === 'process') return { host: input.host as '127.0.0.1', port_from: from, port_to: to, prometheus };
  if (input.runtime === 'k8s') {
    const ca = text(input.ca) && input.ca.trimStart();
    return { server: input.server.trim(), ca, namespace: input.namespace.trim(), gateway: gatewayOf(input), prometheus };
  }
  return {
    host: input.host.trim(),
    port: Number(input.port),
    user: input.user.trim(),
    host_key: text(input.host_key),
    project_name: input.project_name.trim(),
    routed_port: from,
    routed_port_to: to > from ? to : undefined,
    prometheus,
  };
}

export function credentialOf(input: CredentialInput, runtime: Runtime): Credential | undefined {
  if (runtime === 'process') return undefined;
  if (runtime === 'compose') return { kind: 'ssh_key', private_key: input.private_key, passphrase: text(input.passphrase) };
  if (input.entrance === 'bearer_token') return { kind: 'bearer_token', token: input.token.trim() };
  return { kind: 'client_certificate', certificate: input.certificate, private_key: input.private_key };
}

export const isByKubeconfig = (input: CredentialInput, runtime: Runtime): boolean => runtime === 'k8s' && input.entrance === 'kubeconfig';

/** The login of its Prometheus, where both are given. */
export function prometheusLoginOf(input: TargetInput): Pick<Schemas['CreateTarget'], 'prometheus_credential'> {
  const login = prometheusOf(input) && prometheusCredentialOf(input);
  return login ? { prometheus_credential: login } : {};
}

/** A target as it is asked for; a Docker host without a pinned key is trusted as it presents itself now, and shown for comparison. */
export function targetOf(input: TargetInput, project: string, environment: string): Schemas['CreateTarget'] {
  const { name, runtime } = input;
  const place = { project, environment, name, runtime_type: runtime, ...prometheusLoginOf(input) };
  if (isByKubeconfig(input, runtime)) {
    const kubeconfig = {
      content: input.kubeconfig,
      context: text(input.context),
      namespace: text(input.namespace),
      gateway: gatewayOf(input),
      prometheus: prometheusOf(input),
    };
    return { ...place, kubeconfig };
  }
  return {
    ...place,
    connection: connectionOf(input),
    credential: credentialOf(input, runtime),
    ...(runtime === 'compose' && !text(input.host_key) && { trust_on_first_use: true }),
  };
}

/** Another credential for the same endpoint. */
export const rotationOf = (input: CredentialInput, runtime: Runtime): Schemas['RotateCredential'] =>
  isByKubeconfig(input, runtime)
    ? { kubeconfig: { content: input.kubeconfig, context: text(input.context) } }
    : { credential: credentialOf(input, runtime) };

const NAME = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
const PEM = /^\s*-----BEGIN [A-Z0-9 ]+-----/;

/** What is missing of a credential, by field. */
export function credentialProblems(input: CredentialInput, runtime: Runtime): Record<string, string | null> {
  const pem = (value: string): string | null => (PEM.test(value) ? null : 'Paste it whole, from -----BEGIN to -----END');
  if (runtime === 'process') return {};
  if (runtime === 'compose') return { private_key: pem(input.private_key) };
  if (input.entrance === 'kubeconfig') return { kubeconfig: input.kubeconfig.trim() ? null : 'Choose the file, or paste what is in it' };
  if (input.entrance === 'bearer_token') return { token: input.token.trim() ? null : 'Paste the token' };
  return { certificate: pem(input.certificate), private_key: pem(input.private_key) };
}

/** What is missing of a target's connection, by field; whether it can be reached, the platform finds out. */
export function connectionProblems(input: TargetInput): Record<string, string | null> {
  const { runtime, host, user, server, entrance } = input;
  const range = Number(input.port_from) <= Number(input.port_to) ? null : 'The last port is behind the first';
  return {
    ...(runtime !== 'k8s' && { port_to: range }),
    ...(runtime === 'compose' && {
      host: host.trim() ? null : 'Name or address of the Docker host',
      user: user.trim() ? null : 'Who may use Docker there',
    }),
    ...(runtime === 'k8s' && entrance !== 'kubeconfig' && { server: server.startsWith('https://') ? null : 'The API server, https://...' }),
    ...(runtime === 'k8s' && gatewayProblems(input)),
    ...(prometheusOf(input) && {
      prometheus: /^https?:\/\/./.test(input.prometheus.trim()) ? null : 'A whole address, https://...',
      ...prometheusProblems(input),
    }),
  };
}

/** What is missing of a target, by field. */
export const targetProblems = (input: TargetInput): Record<string, string | null> => ({
  name: NAME.test(input.name) ? null : 'Lower-case letters, digits and hyphens inside',
  ...connectionProblems(input),
  ...credentialProblems(input, input.runtime),
});
