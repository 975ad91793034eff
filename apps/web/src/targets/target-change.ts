import type { Schemas, TargetView } from '../api/client';
import type { Difference } from '../display/difference-list';
import { words } from '../display/format';
import {
  connectionOf,
  connectionProblems,
  credentialOf,
  credentialProblems,
  freshTarget,
  isByKubeconfig,
  prometheusLoginOf,
  prometheusOf,
  text,
  type TargetInput,
} from './target-input';
import { inOrder } from './connection-order';
import { gatewayInput, gatewayOf, gatewayText } from './gateway-input';

export interface TargetChange extends TargetInput {
  /** Whether a credential comes with it; where the endpoint is another, one must. */
  renew: boolean;
}

/** A target as its form shows it; its secrets are nowhere to be had, so those fields are empty. */
export function changeOf({ name, runtime_type: runtime, connection, credential }: TargetView): TargetChange {
  const fresh = { ...freshTarget(runtime, name), prometheus: connection.prometheus?.url ?? '', renew: false };
  if ('server' in connection) {
    const { server, ca = '', namespace } = connection;
    const entrance = credential?.kind === 'client_certificate' ? 'client_certificate' : 'bearer_token';
    return { ...fresh, ...gatewayInput(connection.gateway), server, ca, namespace, entrance };
  }
  if (!('user' in connection)) return { ...fresh, ...connection, prometheus: fresh.prometheus };
  const { host, port, user, host_key = '', project_name, routed_port, routed_port_to = routed_port } = connection;
  return { ...fresh, host, port, user, host_key, project_name, port_from: routed_port, port_to: routed_port_to };
}

/** What the form does not show of a connection stays as it is. */
const connectionAfter = (input: TargetChange, { connection }: TargetView): TargetView['connection'] => ({
  ...connection,
  ...connectionOf(input),
});

/** Whom a credential is shown to: for another endpoint, another credential is needed (ADR 0025). */
function endpointOf(connection: TargetView['connection']): string {
  if ('server' in connection) return [connection.server, connection.tls_server_name, connection.ca].join('#');
  return 'user' in connection ? `${connection.user}@${connection.host.toLowerCase()}:${connection.port}` : '';
}

/** Whether a credential must be given with the change. */
export const isElsewhere = (input: TargetChange, target: TargetView): boolean =>
  !opensByKubeconfig(input) && endpointOf(connectionAfter(input, target)) !== endpointOf(target.connection);

/** Whether the pinned host key is still that of the host which the target leaves. */
export const isOldHostKey = (input: TargetChange, target: TargetView): boolean =>
  'host_key' in target.connection && input.host_key === target.connection.host_key && isElsewhere(input, target);

/** Whether the kubeconfig says where the cluster is. */
const opensByKubeconfig = (input: TargetChange): boolean => input.renew && isByKubeconfig(input, input.runtime);

/** The change as it is asked for; a Docker host whose pinned key was emptied is trusted as it presents itself now. */
export function updateOf(input: TargetChange, target: TargetView): Schemas['UpdateTarget'] {
  const login = prometheusLoginOf(input);
  if (opensByKubeconfig(input)) {
    const { field_manager, shared_secrets, shared_claims } = target.connection as Extract<TargetView['connection'], { server: string }>;
    const { kubeconfig: content, context, namespace } = input;
    const kubeconfig = {
      content,
      context: text(context),
      namespace: text(namespace),
      field_manager,
      shared_secrets,
      shared_claims,
      gateway: gatewayOf(input),
      prometheus: prometheusOf(input),
    };
    return { kubeconfig, ...login };
  }
  const gives = input.renew || isElsewhere(input, target);
  return {
    connection: connectionAfter(input, target),
    ...login,
    ...(gives && { credential: credentialOf(input, input.runtime) }),
    ...(input.runtime === 'compose' && !text(input.host_key) && { trust_on_first_use: true }),
  };
}

/** What is missing of a change, by field. */
export const changeProblems = (input: TargetChange, target: TargetView): Record<string, string | null> => ({
  ...connectionProblems(input),
  ...((input.renew || isElsewhere(input, target)) && credentialProblems(input, input.runtime)),
});

const shown = (value: unknown): string => {
  if (value === undefined || value === '') return 'none';
  if (typeof value === 'string') return value.startsWith('-----BEGIN') ? 'a certificate' : value;
  return typeof value === 'number' ? String(value) : JSON.stringify(value);
};

/** What a change makes different, for whoever confirms it. */
export function differencesOf(input: TargetChange, target: TargetView): Difference[] {
  const login = prometheusLoginOf(input).prometheus_credential;
  return [
    ...(opensByKubeconfig(input) ? kubeconfigDifferences(input, target) : connectionDifferences(input, target)),
    ...(input.renew || isElsewhere(input, target) ? [{ what: 'credential', before: 'the present one', after: 'the one given here' }] : []),
    ...(login ? [{ what: 'Prometheus login', before: loginBefore(target), after: words(login.kind) }] : droppedLogin(input, target)),
  ];
}

function connectionDifferences(input: TargetChange, target: TargetView): Difference[] {
  const before = flat(target.connection);
  const after = flat(connectionAfter(input, target));
  return inOrder([...new Set([...Object.keys(before), ...Object.keys(after)])])
    .filter((key) => before[key] !== after[key])
    .map((key) => ({ what: key.replaceAll('_', ' '), before: shown(before[key]), after: shown(after[key]) }));
}

const BESIDE_A_KUBECONFIG = ['namespace', 'gateway', 'prometheus'];

const kubeconfigDifferences = (input: TargetChange, target: TargetView): Difference[] => [
  { what: 'API server', before: 'server' in target.connection ? target.connection.server : 'none', after: 'as the kubeconfig says' },
  ...connectionDifferences(input, target).filter(({ what }) => BESIDE_A_KUBECONFIG.includes(what)),
];

/** Values of a connection by name; its Prometheus by its address alone, its Gateway in words. */
const flat = ({ prometheus, ...rest }: TargetView['connection']): Record<string, unknown> => ({
  ...rest,
  ...('gateway' in rest && { gateway: rest.gateway && gatewayText(rest.gateway) }),
  prometheus: prometheus?.url,
});

const loginBefore = ({ prometheus_credential: pin }: TargetView): string => (pin ? words(pin.kind) : 'none');

/** Another address without another login drops the login (ADR 0029). */
function droppedLogin(input: TargetChange, target: TargetView): Difference[] {
  const keeps = prometheusOf(input)?.url === target.connection.prometheus?.url;
  return target.prometheus_credential && !keeps
    ? [{ what: 'Prometheus login', before: loginBefore(target), after: 'none: it was for the other address' }]
    : [];
}

/** What the login of a target's Prometheus is where none is given. */
export function loginLeftAlone(input: TargetInput, { connection, prometheus_credential: pin }: TargetView): string {
  return pin && prometheusOf(input)?.url === connection.prometheus?.url ? 'The present one' : 'None';
}
