import { Injectable } from '@nestjs/common';
import {
  NONE,
  requireProject,
  unknownResource,
  type AggregateRef,
  type GateOf,
  type GateScope,
  type GateView,
  type NewGateEvent,
  type Principal,
} from '@slipway/contracts';
import { CommandRunner } from '@slipway/event-sourcing';
import { gatesOf, gateType, readGates, verdictOf, type Gate } from '@slipway/gates';
import { Clock, type CallerContext } from '@slipway/service-kit';
import { activeEnvironment } from '../environment/domain/environment.decider';
import { EnvironmentAggregate } from '../environment/domain/environment.state';
import { EnvironmentReferences } from '../environment/environment.references';
import { activeProject } from '../project/domain/project.decider';
import { ProjectAggregate } from '../project/domain/project.state';
import { projectRef } from '../project/project.ref';
import type { Changed } from '../provisioning.access';
import type { GatePlace } from './domain/gate.decider';

/** A gate that a caller means, and the place behind it. */
interface Located extends GatePlace {
  readonly ref: AggregateRef;
  readonly projectId: string;
}

/** Finds the gate that a caller means, changes it, and shows it with what it inherits. */
@Injectable()
export class Gates {
  constructor(
    private readonly runner: CommandRunner,
    private readonly environments: EnvironmentReferences,
    private readonly clock: Clock,
  ) {}

  /** @throws SlipwayError `unknown_resource`, also for what is outside the caller's scope */
  async view(request: GateOf, caller: CallerContext): Promise<GateView> {
    return this.show(await this.locate(request, caller));
  }

  /** @throws SlipwayError what the decision throws; `unknown_resource` */
  async change(
    request: GateOf,
    caller: CallerContext,
    decide: (place: GatePlace, now: string, gate: Gate) => NewGateEvent[],
  ): Promise<Changed<GateView>> {
    const located = await this.locate(request, caller);
    const context = caller.commandContext();
    const { position } = await this.runner.run(gateType, located.ref, context, (gate) => decide(located, context.now, gate));
    return { view: await this.show(located), position };
  }

  private async locate(request: GateOf, caller: CallerContext): Promise<Located> {
    if (request.scope === 'platform') return located('platform', NONE);
    if (request.scope === 'project') return located('project', await this.project(request.id ?? '', caller.principal));
    const ref = await this.environments.resolve({ id: request.id ?? '', project: request.project }, caller);
    activeEnvironment((await this.runner.load(EnvironmentAggregate, ref)).state, request.id ?? '');
    return located('environment', ref.projectId, ref.id);
  }

  private async project(id: string, principal: Principal): Promise<string> {
    requireProject(principal, id);
    activeProject((await this.runner.load(ProjectAggregate, projectRef(id))).state, id);
    return id;
  }

  private async show({ ref, scope, projectId, environmentId }: Located): Promise<GateView> {
    const gates = await readGates((one) => this.runner.load(gateType, one), projectId, environmentId);
    const own = gates.find((one) => one.scope === scope);
    if (!own) throw unknownResource('gate', ref.id);
    const { scope: closed_by, ...verdict } = verdictOf(gates, 'apply', this.clock.now());
    const { stop, windows, version } = own.gate;
    return {
      ...verdict,
      closed_by,
      scope,
      project_id: projectId === NONE ? null : projectId,
      environment_id: environmentId === NONE ? null : environmentId,
      stop,
      windows: [...windows],
      inherited: gates
        .filter((one) => one !== own)
        .map(({ scope: wider, gate }) => ({ scope: wider, stop: gate.stop, windows: [...gate.windows] })),
      version,
    };
  }
}

function located(scope: GateScope, projectId: string, environmentId: string = NONE): Located {
  const { ref } = gatesOf(projectId, environmentId).at(-1)!;
  return { scope, ref, projectId, environmentId };
}
