import {
  appliedRule,
  deriveId,
  digestOf,
  leadingSentence,
  requestByPolicy,
  type ApprovalPlan,
  type ApprovalRequested,
  type EnvironmentPolicy,
  type PreviewView,
  type Risk,
} from '@slipway/contracts';
import { clip } from '../../release/domain/clip';
import type { GroupFacts } from './group.facts';

export interface AskedBy {
  readonly now: string;
  readonly actorId: string;
  readonly commandId: string;
}
export interface PolicyInForce {
  readonly policy: EnvironmentPolicy;
  readonly policyVersion: number;
}
type Drafts = readonly Pick<PreviewView, 'service_name' | 'preview'>[];

/** One ticket for the whole group, decided on its draft. */
export function applyRequest(group: GroupFacts, drafts: Drafts, by: PolicyInForce, asked: AskedBy): ApprovalRequested {
  const { draft } = group;
  const services = draft.members.map(({ service_name, artifact_version }) => `${service_name} ${artifact_version}`).join(', ');
  const title = `Apply ${draft.members.length} releases to ${group.environment_name} as one: ${services}`;
  const summary = `${leadingSentence(group.reason)}In this order: ${services}. If one fails, all go back. Risk ${draft.risk.level}.`;
  const base = request(group, 'apply', draft.risk, by, asked, { title, summary, plan: planOf(drafts), proposal: { ...draft } });
  return group.previewed_by === asked.actorId ? base : { ...base, previewed_by: group.previewed_by };
}

export interface WayBack {
  readonly reason: string | null;
  readonly warnings: readonly string[];
}

export function rollbackRequest(group: GroupFacts, { reason, warnings }: WayBack, by: PolicyInForce, asked: AskedBy): ApprovalRequested {
  const risk: Risk = { level: warnings.length > 0 ? 'high' : 'medium', reasons: [...warnings] };
  const services = group.draft.members.map(({ service_name }) => service_name).reverse();
  const title = `Roll ${services.length} releases in ${group.environment_name} back as one: ${services.join(', ')}`;
  const between = warnings.length > 0 ? `What lies between: ${warnings.join('; ')}.` : 'Nothing one-way lies between.';
  const actions = group.draft.members.map(({ release_id, service_name }, index) => ({
    ordinal: group.draft.members.length - index,
    verb: 'route' as const,
    kind: 'release',
    name: release_id,
    summary: `Bring back what ${service_name} ran before, from its stored draft`,
    one_way: false,
  }));
  const checks = warnings.map((message) => ({ name: 'in-between', result: 'warn' as const, message }));
  const plan = { actions: actions.reverse(), diff: [], diff_truncated: false, checks };
  const proposal = { group_id: group.group_id, reason, release_ids: group.draft.members.map(({ release_id }) => release_id).reverse() };
  return request(group, 'rollback', risk, by, asked, {
    title,
    summary: `${leadingSentence(reason)}${between}`,
    plan,
    proposal,
  });
}

interface Wording {
  readonly title: string;
  readonly summary: string;
  readonly plan: ApprovalPlan;
  readonly proposal: Record<string, unknown>;
}

function request(
  group: GroupFacts,
  act: 'apply' | 'rollback',
  risk: Risk,
  { policy, policyVersion }: PolicyInForce,
  asked: AskedBy,
  { title, summary, plan, proposal }: Wording,
): ApprovalRequested {
  return {
    approval: {
      ticket_id: deriveId('approval', group.group_id, act, asked.commandId),
      act,
      ...requestByPolicy(policy, policyVersion, appliedRule(policy, group.environment_name, act, risk.level), asked.now),
      risk: risk.level,
      risk_reasons: risk.reasons.slice(0, 50),
      title: clip(title, 300),
      summary: clip(summary, 2000),
    },
    requested_by: asked.actorId,
    environment_name: group.environment_name,
    environment_type: group.environment_type,
    content_ref: digestOf(proposal),
    plan,
    proposal,
  };
}

/** Bounds of a plan (`ApprovalPlanSchema`). */
const MAX_LISTED = 500;
const MAX_CHECKS = 100;

/** The members' plans one behind the other; each line says whose it is. */
function planOf(drafts: Drafts): ApprovalPlan {
  const actions = drafts.flatMap(({ service_name, preview }) =>
    preview.actions.map((action) => ({ ...action, summary: clip(`${service_name}: ${action.summary}`, 500) })),
  );
  const diff = drafts.flatMap(({ service_name, preview }) =>
    preview.diff.map((entry) => ({ ...entry, path: clip(`/${service_name}${entry.path}`, 1000) })),
  );
  const checks = drafts.flatMap(({ service_name, preview }) =>
    preview.checks.map((check) => ({ ...check, message: clip(`${service_name}: ${check.message}`, 1000) })),
  );
  const rank = { fail: 0, warn: 1, pass: 2 } as const;
  return {
    actions: actions.slice(0, MAX_LISTED).map((action, index) => ({ ...action, ordinal: index + 1 })),
    diff: diff.slice(0, MAX_LISTED),
    diff_truncated: diff.length > MAX_LISTED || drafts.some(({ preview }) => preview.diff_truncated),
    checks: checks.sort((a, b) => rank[a.result] - rank[b.result]).slice(0, MAX_CHECKS),
  };
}
