import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import {
  endpointOf,
  requireEnvironment,
  requirePermissionsAt,
  runtimePermission,
  SlipwayError,
  type KubeconfigInput,
  type TargetConnection,
  type TargetView,
} from '@slipway/contracts';
import { CommandRunner } from '@slipway/event-sourcing';
import { requireProvisioner, type Changed } from '../../../provisioning.access';
import { activeTarget, rotateCredential } from '../../domain/target.decider';
import { TargetAggregate } from '../../domain/target.state';
import { targetView } from '../../domain/target.view';
import { TargetAdmission } from '../../target.admission';
import { TargetReferences } from '../../target.references';
import { RotateCredential } from './rotate-credential.command';

/** Another credential for the same endpoint; tried before it takes the place of the old one. Previews and releases are not touched. */
@CommandHandler(RotateCredential)
export class RotateCredentialHandler implements ICommandHandler<RotateCredential> {
  constructor(
    private readonly runner: CommandRunner,
    private readonly references: TargetReferences,
    private readonly admission: TargetAdmission,
  ) {}

  async execute({ request, caller }: RotateCredential): Promise<Changed<TargetView>> {
    const { principal } = caller;
    requireProvisioner(principal);
    const { id, project, ...given } = request;
    const ref = await this.references.resolve({ id, project }, caller);
    const { state: found } = await this.runner.load(TargetAggregate, ref);
    if (found.phase !== 'absent') requireEnvironment(principal, found.environmentId, 'target', id);
    const current = activeTarget(found, id);
    const { environmentId, runtimeType, connection } = current;
    requirePermissionsAt(principal, { projectId: ref.projectId, environmentId }, runtimePermission(runtimeType, 'apply'));
    if (!given.credential && !given.kubeconfig && given.prometheus_credential === undefined) {
      const message =
        'Give the new credential, or a kubeconfig that holds it, or the new login for its Prometheus (null takes that one away).';
      throw new SlipwayError('invalid_request', message, { field: 'credential' });
    }
    const wish = { ...given, kubeconfig: given.kubeconfig && ofTarget(given.kubeconfig, connection) };
    const wanted = { ref, environmentId, runtimeType, wish, current };
    const { report, ...entrance } = await this.admission.admit(wanted, caller);
    requireSameEndpoint(endpointOf(connection), endpointOf(entrance.connection));
    const { credential, prometheusCredential } = entrance;
    const rotation = { credential, ...(given.prometheus_credential !== undefined && { prometheusCredential }) };
    const result = await this.runner.run(TargetAggregate, ref, caller.commandContext(), (state) => rotateCredential(rotation, state, id));
    await this.admission.forgetEarlier(ref, current, entrance, caller);
    const view = targetView(activeTarget(result.aggregate.state, id));
    return { view: { ...view, ...(report && { report }) }, position: result.position };
  }
}

/** The credential of an uploaded kubeconfig is tried where the target is: all else that it says is the target's already. */
function ofTarget({ content, context }: KubeconfigInput, connection: TargetConnection): KubeconfigInput {
  if (!('server' in connection)) return { content, context };
  const { namespace, field_manager, gateway, prometheus } = connection;
  return { content, context, namespace, field_manager, gateway, prometheus };
}

function requireSameEndpoint(before: string, after: string): void {
  if (before === after) return;
  throw new SlipwayError(
    'invalid_request',
    'This kubeconfig is of another cluster; a rotation keeps the endpoint. Update the target instead.',
    {
      field: 'kubeconfig',
    },
  );
}
