import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import {
  endpointOf,
  prometheusEndpointOf,
  SlipwayError,
  type AdmittedTarget,
  type AdmitTarget as AdmitTargetRequest,
  type ComposeConnection,
  type TargetConnection,
  type TargetCredential,
} from '@slipway/contracts';
import { judgeKubeconfig } from '@slipway/kubeconfig';
import type { ConnectionReport } from '@slipway/runtime-target';
import { CredentialStore } from '@slipway/secrets';
import { Clock, type CallerContext } from '@slipway/service-kit';
import { requireApplier, requireIn } from '../../../runtime-executor.access';
import { TargetAccesses, type Entrance, type GivenCredentials, type TargetPlace } from '../../../runtime/target-accesses';
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
 * Judges an uploaded kubeconfig, tries the connection, and seals the credentials for their endpoints once they were found fit: what is refused
 * is stored nowhere. Changes nothing at the target.
 * Errors: `kubeconfig_refused`, `credential_refused`, `runtime_off` for a runtime that the operator has not switched on.
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
    const place = { projectId, targetId };
    const wanted = entranceOf(request);
    const tried = await this.tried(request, place, wanted);
    const report = reportView(tried.report, this.clock.now());
    const { credential, prometheusCredential } = report.ok ? await this.sealed(place, wanted) : wanted.entrance;
    return { connection: tried.connection, credential, prometheus_credential: prometheusCredential, report };
  }

  /** Trust on first use pins the key that the host presents, and only then lets the credential be used. */
  private async tried(
    { runtime_type: runtime, trust_on_first_use: trust }: AdmitTargetRequest,
    place: TargetPlace,
    { entrance, given }: Wanted,
  ): Promise<{ connection: TargetConnection; report: ConnectionReport }> {
    const look = (connection: TargetConnection): Promise<ConnectionReport> =>
      this.check.of(runtime, this.accesses.trial(place, { ...entrance, connection }, given));
    const { connection } = entrance;
    const report = await look(connection);
    if (!trust || report.presentedHostKey === undefined) return { connection, report };
    const pinned: TargetConnection = { ...(connection as ComposeConnection), host_key: report.presentedHostKey };
    return { connection: pinned, report: await look(pinned) };
  }

  private async sealed(place: TargetPlace, { entrance, given }: Wanted): Promise<Pick<Entrance, 'credential' | 'prometheusCredential'>> {
    const { connection, credential, prometheusCredential } = entrance;
    const prometheus = { ...place, endpoint: prometheusEndpointOf(connection) ?? '', use: 'prometheus' } as const;
    const now = this.clock.now();
    return {
      credential: given.credential
        ? await this.credentials.put({ ...place, endpoint: endpointOf(connection) }, given.credential, now)
        : credential,
      prometheusCredential: given.prometheusCredential
        ? await this.credentials.put(prometheus, given.prometheusCredential, now)
        : prometheusCredential,
    };
  }
}

/** The way in that is asked for: what opens it already, and what came with the request instead. */
interface Wanted {
  readonly entrance: Entrance;
  readonly given: GivenCredentials;
}

function entranceOf(request: AdmitTargetRequest): Wanted {
  const { connection, credential } = connectionOf(request);
  const hasPrometheus = prometheusEndpointOf(connection) !== undefined;
  const login = hasPrometheus ? request.prometheus_credential : undefined;
  const pin = hasPrometheus ? request.prometheus_credential_pin : undefined;
  return {
    entrance: {
      connection,
      credential: credential ? null : (request.credential_pin ?? null),
      prometheusCredential: login ? null : (pin ?? null),
    },
    given: { credential, prometheusCredential: login },
  };
}

function connectionOf({ kubeconfig, connection, credential }: AdmitTargetRequest): {
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
