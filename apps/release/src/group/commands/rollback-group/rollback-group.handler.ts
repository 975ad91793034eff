import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type GroupView, type NewGroupEvent } from '@slipway/contracts';
import { CommandRunner, type CommandContext } from '@slipway/event-sourcing';
import { requireOpen, verdictOf } from '@slipway/gates';
import { ResourceDirectory } from '../../../directory/resource.directory';
import type { Changed } from '../../../release.access';
import { CurrentBasisReader } from '../../../release/basis/current.basis';
import type { CurrentBasis } from '../../../release/domain/release.commands';
import { slotBusy } from '../../../release/domain/release.errors';
import type { DraftedRelease, Phase } from '../../../release/domain/release.state';
import { mayRollBack, rollBackGroup } from '../../domain/group.decider';
import { rollbackUnavailable } from '../../domain/group.errors';
import type { GroupFacts } from '../../domain/group.facts';
import { groupType } from '../../domain/group.state';
import { noWayBack } from '../../domain/group.way-back';
import { grouped, GroupMembers } from '../../group.members';
import { RollbackGroupCommand } from './rollback-group.command';

interface Found {
  readonly release: DraftedRelease;
  readonly current: CurrentBasis;
  readonly warnings: readonly string[];
}

/** All of it, to what each slot's own log says ran before; says what lies between. */
@CommandHandler(RollbackGroupCommand)
export class RollbackGroupHandler implements ICommandHandler<RollbackGroupCommand> {
  constructor(
    private readonly runner: CommandRunner,
    private readonly directory: ResourceDirectory,
    private readonly basis: CurrentBasisReader,
    private readonly members: GroupMembers,
  ) {}

  async execute({ request, caller }: RollbackGroupCommand): Promise<Changed<GroupView>> {
    const ref = await this.directory.locate('group', request, caller);
    const context = caller.commandContext();
    const { aggregate, position } = await this.runner.run(groupType, ref, context, (group) =>
      this.rollBack(grouped(group, request.id, caller.principal, 'rollback'), request.reason ?? null, context),
    );
    return { view: await this.members.view(grouped(aggregate.state, request.id, caller.principal, 'rollback')), position };
  }

  private async rollBack(
    group: GroupFacts,
    reason: string | null,
    { now, commandId, principal }: CommandContext,
  ): Promise<NewGroupEvent[]> {
    if (!mayRollBack(group)) return [];
    const releases = await this.members.releases(group);
    const found = await Promise.all(releases.map(async (release) => ({ release, ...(await this.basis.ofRollback(release)) })));
    const { gates, policy, policyVersion } = found[0]!.current;
    requireOpen(verdictOf(gates, 'rollback', now));
    requireWayBack(group, found);
    const warnings = found.flatMap(({ release, warnings: own }) =>
      own.map((text) => `${release.subject.service_name}: ${text}`.slice(0, 500)),
    );
    const { actorId, actorType } = principal;
    return rollBackGroup({ now, commandId, actorId, actorType, reason, inForce: { policy, policyVersion }, warnings }, group);
  }
}

/** @throws SlipwayError `rollback_unavailable`, `slot_busy` */
function requireWayBack(group: GroupFacts, found: readonly Found[]): void {
  const why = noWayBack(
    group,
    found.map(({ release, current: { slot } }) => ({ release, slot })),
  );
  if (why !== null) throw rollbackUnavailable(group.group_id, why);
  const busy = found.find(({ release: { phase }, current }) => RAN.includes(phase) && current.busyWith !== null);
  if (busy) throw slotBusy(busy.release.subject.slot_id, busy.current.busyWith!);
}
const RAN: readonly Phase[] = ['applied', 'failed', 'rollback_failed'];
