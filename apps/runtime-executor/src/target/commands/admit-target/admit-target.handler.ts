import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import {
  endpointOf,
  SlipwayError,
  type AdmittedTarget,
  type AdmitTarget as AdmitTargetRequest,
  type ComposeConnection,
  type CredentialPin,
  type TargetConnection,
  type TargetCredential,
} from '@slipway/contracts';
import { judgeKubeconfig } from '@slipway/kubeconfig';
import type { ConnectionReport, RuntimeTarget } from '@slipway/runtime-target';
import { CredentialStore } from '@slipway/secrets';
import { Clock, type CallerContext } from '@slipway/service-kit';
import { requireApplier, requireIn } from '../../../runtime-executor.access';
import { runtimeFor, RUNTIMES, type Runtimes } from '../../../runtime/runtimes';
import { TargetAccesses } from '../../../runtime/target-accesses';
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
    @Inject(RUNTIMES) private readonly runtimes: Runtimes,
  ) {}

  async execute({ request, caller }: AdmitTarget): Promise<AdmittedTarget> {
    const { project_id: projectId, environment_id: environmentId, target_id: targetId } = request;
    requireIn(caller.principal, { projectId, environmentId }, 'environment', environmentId);
    requireApplier(caller.principal, { projectId, environmentId }, request.runtime_type);
    const runtime = runtimeFor(this.runtimes, request.runtime_type);
    const { connection, credential } = entranceOf(request);
    const place = { projectId, targetId, endpoint: endpointOf(connection) };
    const pin = credential ? await this.credentials.put(place, credential, this.clock.now()) : (request.credential_pin ?? null);
    const tried = await this.tried(runtime, { projectId, targetId }, connection, pin, request.trust_on_first_use ?? false);
    return { connection: tried.connection, credential: pin, report: reportView(tried.report, this.clock.now()) };
  }

  /** Trust on first use pins the key that the host presents, and only then lets the credential be used. */
  private async tried(
    runtime: RuntimeTarget,
    place: { projectId: string; targetId: string },
    connection: TargetConnection,
    credential: CredentialPin | null,
    trust: boolean,
  ): Promise<{ connection: TargetConnection; report: ConnectionReport }> {
    const report = await runtime.checkConnection(this.accesses.of(place, { connection, credential }));
    if (!trust || report.presentedHostKey === undefined) return { connection, report };
    const pinned: TargetConnection = { ...(connection as ComposeConnection), host_key: report.presentedHostKey };
    return { connection: pinned, report: await runtime.checkConnection(this.accesses.of(place, { connection: pinned, credential })) };
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
