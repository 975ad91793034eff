import { Inject, Injectable } from '@nestjs/common';
import {
  endpointOf,
  isSlipwayError,
  prometheusEndpointOf,
  SlipwayError,
  type AggregateRef,
  type ConnectionReportView,
  type CredentialPin,
  type RuntimeType,
  type UpdateTarget,
} from '@slipway/contracts';
import { LOGGER, RpcClient, type CallerContext, type Logger } from '@slipway/service-kit';
import { DEFAULT_PROCESS_CONNECTION, type TargetCredentials, type TargetEntrance } from './domain/target.decider';

type Wish = UpdateTarget;
interface Admission {
  readonly ref: AggregateRef;
  readonly environmentId: string;
  readonly runtimeType: RuntimeType;
  readonly wish: Wish;
  /** What it has now; undefined at its creation. */
  readonly current?: TargetEntrance;
}
export interface Admitted extends TargetEntrance {
  /** Undefined for a target on the executor's own host: there is nothing to reach. */
  readonly report?: ConnectionReportView;
}

/**
 * Lets a target in: the executor, which alone may read credentials and reach targets, seals and tries it. A credential passes through
 * this process in memory only; it enters no event, no row and no log.
 */
@Injectable()
export class TargetAdmission {
  constructor(
    private readonly rpc: RpcClient,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** @throws SlipwayError `invalid_request`, `kubeconfig_refused`, `credential_refused`, `target_unfit` with the report in its details */
  async admit(admission: Admission, caller: CallerContext): Promise<Admitted> {
    const { ref, environmentId, runtimeType, wish, current } = admission;
    requireSense(admission);
    const connection = wish.connection ?? current?.connection ?? (runtimeType === 'process' ? DEFAULT_PROCESS_CONNECTION : undefined);
    const { prometheus } = wish.kubeconfig ?? connection ?? {};
    if (connection && endpointOf(connection) === '' && !prometheus) {
      requireNoLogin(wish);
      return { connection, credential: null, prometheusCredential: null };
    }
    const { connection: _connection, prometheus_credential: login, ...rest } = wish;
    const pin = connection && endpointOf(connection) === '' ? null : keptPin(admission);
    const prometheusPin = keptPrometheusPin(admission, prometheus?.url);
    const request = {
      project_id: ref.projectId,
      environment_id: environmentId,
      target_id: ref.id,
      runtime_type: runtimeType,
      ...rest,
      ...(login && { prometheus_credential: login }),
      ...(wish.kubeconfig === undefined && connection && { connection }),
      ...(pin && { credential_pin: pin }),
      ...(prometheusPin && { prometheus_credential_pin: prometheusPin }),
    };
    const { value } = await this.rpc.call('runtime-executor', 'admit-target', request, caller);
    if (!value.report.ok) throw unfit(value.report);
    const { prometheus_credential: prometheusCredential, ...admitted } = value;
    return { ...admitted, prometheusCredential };
  }

  /** What was replaced or dropped is taken away; should that fail now, it stays sealed and is named by nothing. */
  async forgetEarlier(ref: AggregateRef, before: TargetCredentials, now: TargetCredentials, caller: CallerContext): Promise<void> {
    const credential = oldestKept(before.credential, now.credential);
    const prometheus = oldestKept(before.prometheusCredential, now.prometheusCredential);
    if (credential === 1 && prometheus === 1) return;
    const request = { project_id: ref.projectId, target_id: ref.id, before_version: credential, prometheus_before_version: prometheus };
    try {
      await this.rpc.call('runtime-executor', 'forget-credentials', request, caller);
    } catch (error) {
      if (!isSlipwayError(error)) throw error;
      this.logger.warn({ error, target_id: ref.id }, 'earlier credentials of a target could not be taken away');
    }
  }
}

/** Lowest version that may be needed still. */
const oldestKept = (before: CredentialPin | null, now: CredentialPin | null): number => now?.version ?? (before ? before.version + 1 : 1);

function requireSense({ runtimeType, wish, current }: Admission): void {
  const { connection, kubeconfig, credential } = wish;
  const refuse = (field: string, message: string): never => {
    throw new SlipwayError('invalid_request', message, { field });
  };
  if (kubeconfig && runtimeType !== 'k8s') refuse('kubeconfig', 'A kubeconfig opens a k8s target; this one is of another runtime.');
  if (kubeconfig && (connection ?? credential)) refuse('kubeconfig', 'A kubeconfig brings connection and credential; give it alone.');
  if (runtimeType === 'process' && credential)
    refuse('credential', "A process target is on the executor's own host and has no credential.");
  if (runtimeType !== 'process' && !connection && !kubeconfig && !current) {
    refuse('connection', `A ${runtimeType} target needs a connection${runtimeType === 'k8s' ? ' or a kubeconfig' : ''}.`);
  }
}

/** The credential that stays: of the same endpoint, when no other is given. */
function keptPin({ wish, current }: Admission): TargetEntrance['credential'] {
  if (wish.credential ?? wish.kubeconfig) return null;
  if (!current)
    throw new SlipwayError('credential_refused', 'A new target needs its credential in the same request.', { field: 'credential' });
  if (wish.connection && endpointOf(wish.connection) !== endpointOf(current.connection)) {
    throw new SlipwayError(
      'credential_refused',
      'The endpoint changes, and a credential belongs to the endpoint it was given for: give the new one in the same request.',
      { field: 'credential' },
    );
  }
  return current.credential;
}

/** The login that stays: of a Prometheus at the same address, when no other is given. Another address drops it. */
function keptPrometheusPin({ wish, current }: Admission, url: string | undefined): TargetEntrance['prometheusCredential'] {
  if (url === undefined) requireNoLogin(wish);
  if (wish.prometheus_credential !== undefined || !current || prometheusEndpointOf(current.connection) !== url) return null;
  return current.prometheusCredential;
}

function requireNoLogin({ prometheus_credential: login }: Wish): void {
  if (!login) return;
  throw new SlipwayError('invalid_request', 'There is no Prometheus to log in to: name it in connection.prometheus.', {
    field: 'prometheus_credential',
  });
}

function unfit(report: ConnectionReportView): SlipwayError {
  const failed = report.checks.filter(({ result }) => result === 'fail');
  const said = failed.map(({ name, message }) => `${name}: ${message}`).join(' ');
  return new SlipwayError('target_unfit', `The target was tried and is not fit; nothing was changed. ${said}`.slice(0, 2000), { report });
}
