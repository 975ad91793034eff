import { Injectable } from '@nestjs/common';
import {
  requireEnvironment,
  requirePermissionsAt,
  runtimePermission,
  SlipwayError,
  type AggregateRef,
  type GroupView,
  type Principal,
} from '@slipway/contracts';
import { CommandRunner } from '@slipway/event-sourcing';
import { present } from '../release.access';
import { BasisReader } from '../release/basis/basis.reader';
import { PERMISSION } from '../release/commands/released';
import { releaseType, type DraftedRelease } from '../release/domain/release.state';
import type { GroupFacts } from './domain/group.facts';
import type { Group } from './domain/group.state';
import type { Member } from './domain/group.step';
import { groupView } from './group.view';

/**
 * The group behind a reference, for a principal who may do this in its environment, and to the runtime of each of its members.
 * @throws SlipwayError `unknown_resource` also outside the principal's environments; `forbidden`
 */
export function grouped(group: Group, ref: string, principal: Principal, act: 'read' | 'apply' | 'rollback'): GroupFacts {
  const facts = present(group, 'group', ref);
  requireEnvironment(principal, facts.environment_id, 'group', ref);
  const place = { projectId: facts.project_id, environmentId: facts.environment_id };
  const runtimes = facts.draft.members.map(({ runtime_type }) => runtimePermission(runtime_type, act));
  requirePermissionsAt(principal, place, PERMISSION[act], ...runtimes);
  return facts;
}

/** A group's releases and slots, from the log's heads, in the group's order. */
@Injectable()
export class GroupMembers {
  constructor(
    private readonly runner: CommandRunner,
    private readonly basis: BasisReader,
  ) {}

  releases({ project_id, draft }: GroupFacts): Promise<DraftedRelease[]> {
    return Promise.all(draft.members.map(({ release_id }) => this.release({ projectId: project_id, type: 'release', id: release_id })));
  }

  async read(group: GroupFacts): Promise<Member[]> {
    const releases = await this.releases(group);
    return Promise.all(
      releases.map(async (release) => ({ release, slot: (await this.basis.slot(group.project_id, release.subject.slot_id)).reading })),
    );
  }

  async view(group: GroupFacts): Promise<GroupView> {
    const releases = await this.releases(group);
    return groupView(group, new Map(releases.map(({ releaseId, phase }) => [releaseId, phase])));
  }

  private async release(ref: AggregateRef): Promise<DraftedRelease> {
    const { state } = await this.runner.load(releaseType, ref);
    if (state.phase === 'none') throw new SlipwayError('internal', `A group names release '${ref.id}', which the log does not have`);
    return state;
  }
}
