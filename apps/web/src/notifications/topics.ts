import type { Delivery, Topic } from './notification-queries';

/** What happens, as a program is told of it; people read the titles of their settings. */
export const TOPIC_MEANS: Readonly<Record<Topic, string>> = {
  approval_waiting: 'A ticket is opened',
  approval_decided: 'A ticket is approved, rejected or expires',
  mention: 'A comment mentions somebody',
  assignment: 'A ticket is assigned or delegated',
  reminder: 'A ticket expires soon',
  escalation: 'Nobody answered a ticket in time',
  release_applied: 'A release is applied',
  release_failed: 'A release or a rollback fails',
  release_rolled_back: 'A release is rolled back',
  drift: 'What runs differs from what should run',
  freeze: 'A freeze or stop-the-line begins or ends',
};
export const ALL_TOPICS = Object.keys(TOPIC_MEANS) as Topic[];

/** A topic of the delivery log in a word or two. */
export const topicText = (topic: Delivery['topic']): string => (topic === 'ping' ? 'test' : topic.replaceAll('_', ' '));

/** What a subscription is told of, short: all of it, or the first few. */
export function topicsText(topics: readonly Topic[]): string {
  if (topics.length >= ALL_TOPICS.length) return 'everything';
  const shown = topics.slice(0, 3).map(topicText).join(', ');
  return topics.length > 3 ? `${shown} and ${topics.length - 3} more` : shown;
}
