import type { EventEnvelope } from '../platform/envelope';

/** What happens to a ticket: those who may read approvals are told. */
export const APPROVAL_TOPICS = ['approval_waiting', 'approval_decided', 'mention', 'assignment', 'reminder', 'escalation'] as const;

/** What people and programs can be told of. */
export const TOPICS = [...APPROVAL_TOPICS, 'release_applied', 'release_failed', 'release_rolled_back', 'drift', 'freeze'] as const;
export type Topic = (typeof TOPICS)[number];

/**
 * `ping`: somebody tries a subscription out. `subscription_paused`: to whom a subscription belongs, when deliveries failed for long.
 * `contact`: to an address that is to be confirmed, or that is left.
 */
export const NOTICE_TOPICS = [...TOPICS, 'ping', 'subscription_paused', 'contact'] as const;
export type NoticeTopic = (typeof NOTICE_TOPICS)[number];
/** Whether it is told of something that happened somewhere, which not everybody may read. */
export const tellsOfPlace = (topic: NoticeTopic): topic is Topic => (TOPICS as readonly NoticeTopic[]).includes(topic);

/** What a person is told of who does not say otherwise: what waits for him, what names him, and what went wrong. */
export const PERSONAL_TOPICS: readonly Topic[] = [...APPROVAL_TOPICS, 'release_failed', 'release_rolled_back'];

export const TOPIC_OF_ACTION: Readonly<Record<string, Topic>> = {
  'approval.opened': 'approval_waiting',
  'approval.approved': 'approval_decided',
  'approval.rejected': 'approval_decided',
  'approval.expired': 'approval_decided',
  'approval.commented': 'mention',
  'approval.assigned': 'assignment',
  'approval.delegated': 'assignment',
  'approval.reminded': 'reminder',
  'approval.escalated': 'escalation',
  'release.applied': 'release_applied',
  'release.failed': 'release_failed',
  'release.rollback_failed': 'release_failed',
  'release.rollback_completed': 'release_rolled_back',
  'slot.drifted': 'drift',
  'gate.window_set': 'freeze',
  'gate.window_removed': 'freeze',
  'gate.stopped': 'freeze',
  'gate.resumed': 'freeze',
};

/** A comment that names nobody, and a ticket that is assigned to nobody, tell nobody anything. */
export function topicOf(event: EventEnvelope): Topic | undefined {
  if (event.action === 'approval.commented' && (event.detail['mentions'] as unknown[]).length === 0) return undefined;
  if (event.action === 'approval.assigned' && event.detail['assignee'] === null) return undefined;
  return TOPIC_OF_ACTION[event.action];
}
