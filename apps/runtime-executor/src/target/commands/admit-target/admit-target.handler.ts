import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import {
  endpointOf,
  prometheusEndpointOf,
  SlipwayError,
  type AdmittedTarget,
  type AdmitTarget as AdmitTargetRequest,
  type ComposeConnection,
  type CredentialPin,
  type RuntimeType,
  type TargetConnection,
  type TargetCredential,
} from '@slipway/contracts';
import { judgeKubeconfig } from '@slipway/kubeconfig';
import type { ConnectionReport } from '@slipway/runtime-target';
import { CredentialStore } from '@slipway/secrets';
import { Clock, type CallerContext } from '@slipway/service-kit';
import { requireApplier, requireIn } from '../../../runtime-executor.access';
import { TargetAccesses, type TargetPlace } from '../../../runtime/target-accesses';
import { ConnectionCheck } from '../../connection-check';
import { reportView } from '../../report.view';

export class AdmitTarget extends Command<AdmittedTarget> {
  constructor(
    readonly request: AdmitTargetRequest,
    readonly caller: CallerContext,
  ) {
    super();
  }
}

/**
 * Judges an uploaded kubeconfig, seals the credential for its endpoint, and tries the connection. Changes nothing at the target.
 * Errors: `kubeconfig_refused`, `credential_refused`, `dependency_failed` for a runtime that this executor does not have.
 */
@CommandHandler(AdmitTarget)
export class AdmitTargetHandler implements ICommandHandler<AdmitTarget> {
  constructor(
    private readonly credentials: CredentialStore,
    private readonly accesses: TargetAccesses,
    private readonly clock: Clock,
    private readonly check: ConnectionCheck,
  ) {}

  async execute({ request, caller }: AdmitTarget): Promise<AdmittedTarget> {
    const { project_id: projectId, environment_id: environmentId, target_id: targetId } = request;
    requireIn(caller.principal, { projectId, environmentId }, 'environment', environmentId);
    requireApplier(caller.principal, { projectId, environmentId }, request.runtime_type);
    this.check.requireRuntime(request.runtime_type);
    const { connection, credential } = entranceOf(request);
    const place = { projectId, targetId };
    const pin = credential
      ? await this.credentials.put({ ...place, endpoint: endpointOf(connection) }, credential, this.clock.now())
      : (request.credential_pin ?? null);
    const prometheus = await this.prometheusPin(place, connection, request);
    const entrance = { connection, credential: pin, prometheusCredential: prometheus };
    const tried = await this.tried(request.runtime_type, place, entrance, request.trust_on_first_use ?? false);
    const report = reportView(tried.report, this.clock.now());
    return { connection: tried.connection, credential: pin, prometheus_credential: prometheus, report };
  }

  private async prometheusPin(
    place: TargetPlace,
    connection: TargetConnection,
    { prometheus_credential: login, prometheus_credential_pin: pin }: AdmitTargetRequest,
  ): Promise<CredentialPin | null> {
    const endpoint = prometheusEndpointOf(connection);
    if (endpoint === undefined) return null;
    return login ? this.credentials.put({ ...place, endpoint, use: 'prometheus' }, login, this.clock.now()) : (pin ?? null);
  }

  /** Trust on first use pins the key that the host presents, and only then lets the credential be used. */
  private async tried(
    runtime: RuntimeType,
    place: TargetPlace,
    entrance: { connection: TargetConnection; credential: CredentialPin | null; prometheusCredential: CredentialPin | null },
    trust: boolean,
  ): Promise<{ connection: TargetConnection; report: ConnectionReport }> {
    const report = await this.check.of(runtime, this.accesses.of(place, entrance));
    const { connection } = entrance;
    if (!trust || report.presentedHostKey === undefined) return { connection, report };
    const pinned: TargetConnection = { ...(connection as ComposeConnection), host_key: report.presentedHostKey };
    return { connection: pinned, report: await this.check.of(runtime, this.accesses.of(place, { ...entrance, connection: pinned })) };
  }
}

function entranceOf({ kubeconfig, connection, credential }: AdmitTargetRequest): {
  connection: TargetConnection;
  credential?: TargetCredential;
} {
  if (kubeconfig) {
    const { content, context, ...more } = kubeconfig;
    const judged = judgeKubeconfig(content, context);
    return { connection: { ...judged.connection, ...more }, credential: judged.credential };
  }
  if (!connection) throw new SlipwayError('invalid_request', 'Give a connection or a kubeconfig.', { field: 'connection' });
  return { connection, ...(credential && { credential }) };
}
