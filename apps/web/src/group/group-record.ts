import type { GroupView, Schemas, TimelineEntry } from '../api/client';

type Stage = Schemas['DeploymentRecord']['stages'][number];

/** What, when and why of a group: as a whole, and of each service (spec 003, section 14). It is what is exported. */
export interface GroupRecord extends Omit<GroupView, 'members' | 'diagnostics_json' | 'cancel_requested' | 'version' | 'status'> {
  readonly result: GroupView['status'];
  readonly stages: Stage[];
  /** From the request for approval to its decision. */
  readonly waiting_ms: number | null;
  /** From the first service's beginning to the last one's end. */
  readonly deploying_ms: number | null;
  /** The record of each service, in the order in which they are applied. */
  readonly services: readonly Schemas['DeploymentRecord'][];
}

const DECIDED = ['approved', 'rejected', 'expired', 'cancelled', 'approval_withdrawn'];
const ENDED = ['applied', 'failed'];

/** @param entries the group's timeline, in the order of the log */
export function groupRecord(
  group: GroupView,
  entries: readonly TimelineEntry[],
  services: readonly Schemas['DeploymentRecord'][],
): GroupRecord {
  const stages = stagesOf(entries.filter(({ resource_type: type }) => type === 'group'));
  const {
    members: _members,
    diagnostics_json: _diagnostics,
    cancel_requested: _cancel,
    version: _version,
    status: result,
    ...rest
  } = group;
  return {
    ...rest,
    result,
    stages,
    waiting_ms: between(stages, ['approval_requested'], DECIDED),
    deploying_ms: between(stages, ['applying'], ENDED),
    services,
  };
}

/** Whoever approves once more after all was applied approves the rollback. */
function stagesOf(entries: readonly TimelineEntry[]): Stage[] {
  const names = entries.map(({ action }) => action.replace('group.', ''));
  const end = names.findIndex((name) => ENDED.includes(name));
  return entries.map(({ occurred_at: at }, index) => {
    const stage = names[index]!;
    return { stage: end >= 0 && index > end && stage.startsWith('appro') ? `rollback_${stage}` : stage, at };
  });
}

function between(stages: readonly Stage[], from: readonly string[], to: readonly string[]): number | null {
  const at = (names: readonly string[]): string | undefined => stages.find(({ stage }) => names.includes(stage))?.at;
  const [begin, end] = [at(from), at(to)];
  return begin === undefined || end === undefined ? null : Math.max(0, Date.parse(end) - Date.parse(begin));
}
