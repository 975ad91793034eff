import {
  digestOf,
  riskRank,
  type ApprovalNeed,
  type Check,
  type GroupDraft,
  type GroupMember,
  type PreviewView,
  type Risk,
} from '@slipway/contracts';
import { clip } from '../../release/domain/clip';

type Previews = readonly PreviewView[];

/** The group's draft from its members' own, in their order; its digest is the group's `preview_ref`. */
export function groupDraft(groupId: string, previews: Previews): { draft: GroupDraft; previewRef: string } {
  const draft: GroupDraft = {
    group_id: groupId,
    members: previews.map(memberOf),
    risk: riskOf(previews),
    approval: strictest(previews),
    checks: [completeness(previews), ...previews.flatMap(wayBack)],
    expires_at: previews.map(({ preview }) => preview.expires_at).reduce((first, at) => (at < first ? at : first)),
  };
  return { draft, previewRef: digestOf(draft) };
}

const memberOf = (view: PreviewView, index: number): GroupMember => ({
  ordinal: index + 1,
  release_id: view.release_id,
  service_id: view.service_id,
  service_name: view.service_name,
  artifact_version: view.artifact_version,
  target_id: view.target_id,
  target_name: view.target_name,
  runtime_type: view.runtime_type,
  slot_id: view.slot_id,
  preview_ref: view.preview_ref,
});

/** As risky as its riskiest member. */
function riskOf(previews: Previews): Risk {
  const level = previews.map(({ preview }) => preview.risk.level).reduce((a, b) => (riskRank(b) > riskRank(a) ? b : a));
  const reasons = previews.flatMap(({ service_name, preview }) =>
    preview.risk.reasons.map((reason) => clip(`${service_name}: ${reason}`, 500)),
  );
  return { level, reasons: reasons.slice(0, 50) };
}

/** One approval for all: what the member asks for that asks for most. */
function strictest(previews: Previews): ApprovalNeed {
  const rank = ({ preview: { approval, risk } }: PreviewView): readonly number[] => [
    approval.required ? 1 : 0,
    approval.quorum,
    riskRank(risk.level),
  ];
  return previews.reduce((most, view) => (isMore(rank(view), rank(most)) ? view : most)).preview.approval;
}

function isMore(a: readonly number[], b: readonly number[]): boolean {
  const at = a.findIndex((value, index) => value !== b[index]);
  return at >= 0 && a[at]! > b[at]!;
}

function completeness(previews: Previews): Check {
  const failing = previews
    .filter(({ preview }) => preview.checks.some(({ result }) => result === 'fail'))
    .map(({ service_name }) => service_name);
  return failing.length === 0
    ? { name: 'members', result: 'pass', message: `${previews.length} releases, applied in this order` }
    : { name: 'members', result: 'fail', message: clip(`Checks fail for ${failing.join(', ')}`, 1000) };
}

/** A first deployment has nothing to go back to: the group cannot undo it. */
const wayBack = ({ service_name, preview }: PreviewView): Check[] =>
  preview.basis.slot_position > 0
    ? []
    : [
        {
          name: 'way-back',
          result: 'warn',
          message: `${service_name} runs nothing there yet: should the group go back after it was applied, it stays, for there is no earlier release`,
        },
      ];
