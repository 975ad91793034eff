import { summarise, type NoticeTopic } from '@slipway/contracts';
import type { Occurrence } from './occurrence';

/** What somebody reads: one line, a few more, and where to look. Links are absolute. */
export interface Notice {
  readonly topic: NoticeTopic;
  readonly title: string;
  readonly lines: readonly string[];
  readonly link: string;
}

const MAX_TITLE = 200;

/** @param base URL of the page, without a slash at its end */
export function noticeOf(occurrence: Occurrence, base: string): Notice {
  const { topic, event, ticket } = occurrence;
  const lines = ticket === undefined ? linesOf(occurrence) : [...linesOf(occurrence), ...ticketLines(occurrence)];
  return {
    topic,
    title: titleOf(occurrence).replaceAll(/\s+/g, ' ').slice(0, MAX_TITLE),
    lines,
    link: base + pathOf(occurrence, event.resource_id),
  };
}

function titleOf({ topic, event, ticket, deployment }: Occurrence): string {
  const about = ticket?.request.title ?? '';
  const release = deployment
    ? `${deployment.service_name} ${deployment.artifact_version} in ${deployment.environment_name}`
    : `Release ${event.resource_id}`;
  switch (topic) {
    case 'approval_waiting':
      return `Approval needed: ${about}`;
    case 'approval_decided':
      return `${event.status === 'approved' ? 'Approved' : event.status === 'rejected' ? 'Rejected' : 'Expired'}: ${about}`;
    case 'mention':
      return `${event.actor_id} mentioned you: ${about}`;
    case 'assignment':
      return `For you to decide: ${about}`;
    case 'reminder':
      return `Expires soon: ${about}`;
    case 'escalation':
      return `Escalated, nobody has answered: ${about}`;
    case 'release_applied':
      return `Applied: ${release}`;
    case 'release_failed':
      return `Failed: ${release}`;
    case 'release_rolled_back':
      return `Rolled back: ${release}`;
    case 'drift':
      return `Drift: ${deployment ? release : `project ${event.project_id}`}`;
    case 'freeze':
      return summarise(event);
  }
}

const linesOf = ({ event, deployment }: Occurrence): string[] => [
  summarise(event),
  ...(deployment ? [`Requested by ${deployment.requested_by}${deployment.reason ? `: ${deployment.reason}` : ''}`] : []),
];

function ticketLines({ ticket }: Occurrence): string[] {
  if (!ticket) return [];
  const { request, requestedBy } = ticket;
  return [
    `Requested by ${requestedBy}. Risk ${request.risk}, priority ${request.priority}.`,
    ...(request.summary ? [request.summary] : []),
    ...(request.expires_at ? [`Expires at ${request.expires_at}.`] : []),
  ];
}

function pathOf({ topic, ticket }: Occurrence, resourceId: string): string {
  if (ticket) return `/inbox?ticket=${ticket.id}`;
  if (topic === 'drift' || topic === 'freeze') return '/environments';
  return `/releases/${resourceId}`;
}

export const pingNotice = (name: string, base: string): Notice => ({
  topic: 'ping',
  title: `Slipway: a test of '${name}'`,
  lines: ['Somebody tried this subscription out. Nothing happened, and nothing is to do.'],
  link: `${base}/settings`,
});

export const pausedNotice = (name: string, reason: string, base: string): Notice => ({
  topic: 'subscription_paused',
  title: `Deliveries of '${name}' are paused`,
  lines: [reason, 'Nothing is lost: what happens meanwhile is held. Put the receiver in order, resume the subscription, and replay.'],
  link: `${base}/settings`,
});

/** To an address that somebody says is his. */
export const codeNotice = (actorId: string, code: string, base: string): Notice => ({
  topic: 'contact',
  title: 'Slipway: confirm your address',
  lines: [
    `'${actorId}' wants to read mail of Slipway here. If that is you, give this code back in the settings within a day:`,
    code,
    'If it is not you, do nothing: without the code, no mail is sent here.',
  ],
  link: `${base}/settings`,
});

/** To the address that is left: who borrowed a session must not turn somebody's mail away unseen. */
export const leftNotice = (actorId: string, isMoved: boolean, base: string): Notice => ({
  topic: 'contact',
  title: isMoved ? 'Slipway: your mail is to go to another address' : 'Slipway: no more mail goes to this address',
  lines: [
    isMoved
      ? `'${actorId}' named another address; once it is confirmed, mail goes there and no longer here.`
      : `'${actorId}' wants to read no more mail of Slipway here.`,
    'If this was not you, end your sessions, name your address again in the settings, and tell an administrator.',
  ],
  link: `${base}/settings`,
});
