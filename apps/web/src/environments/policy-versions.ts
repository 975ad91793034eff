import type { AuditEvent } from '../api/client';

/** One version of an environment's policy: who made it, why, and what became different. */
export interface PolicyVersion {
  readonly version: number;
  readonly at: string;
  readonly by: string;
  readonly byType: AuditEvent['actor_type'];
  readonly reason: string | null;
  readonly changes: readonly { readonly member: string; readonly before: string; readonly after: string }[];
}

type Policy = Readonly<Record<string, unknown>>;
const policyIn = ({ detail }: AuditEvent): Policy => (typeof detail['policy'] === 'object' ? (detail['policy'] as Policy) : {});
const shown = (value: unknown): string => (typeof value === 'string' ? value : value === undefined ? 'not said' : JSON.stringify(value));

/** Versions out of an environment's events, newest first, as the log gives them. */
export function policyVersions(newestFirst: readonly AuditEvent[]): PolicyVersion[] {
  const facts = newestFirst
    .filter(({ action }) => action === 'environment.created' || action === 'environment.policy_changed')
    .toReversed();
  return facts
    .map((event, index) => {
      const [before, after] = [index === 0 ? undefined : policyIn(facts[index - 1]!), policyIn(event)];
      const reason = event.detail['reason'];
      return {
        version: index + 1,
        at: event.occurred_at,
        by: event.actor_id,
        byType: event.actor_type,
        reason: typeof reason === 'string' ? reason : null,
        changes: before ? differences(before, after) : [],
      };
    })
    .reverse();
}

const differences = (before: Policy, after: Policy): PolicyVersion['changes'] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((member) => JSON.stringify(before[member]) !== JSON.stringify(after[member]))
    .map((member) => ({ member, before: shown(before[member]), after: shown(after[member]) }));
