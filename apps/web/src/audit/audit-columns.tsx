import type { AuditEvent } from '../api/client';
import { Actor } from '../display/marks';
import { Moment } from '../display/times';
import { column } from '../display/virtual-table';
import { Resource } from './resource';

export const AUDIT_COLUMNS = [
  column<AuditEvent>(
    'when',
    'When',
    ({ occurred_at: at }) => at,
    ({ occurred_at: at }) => <Moment at={at} />,
    240,
  ),
  column<AuditEvent>(
    'who',
    'Who',
    ({ actor_id: id }) => id,
    ({ actor_id: id, actor_type: type }) => <Actor id={id} type={type} />,
    175,
  ),
  column<AuditEvent>(
    'what',
    'What',
    ({ action }) => action,
    ({ action }) => <code>{action}</code>,
    200,
  ),
  column<AuditEvent>(
    'summary',
    'In words',
    ({ summary }) => summary,
    ({ summary }) => <span title={summary}>{summary}</span>,
    290,
  ),
  column<AuditEvent>(
    'resource',
    'On',
    ({ resource_id: id }) => id,
    (event) => <Resource event={event} />,
    165,
  ),
  column<AuditEvent>(
    'source',
    'From',
    ({ source }) => source,
    ({ source }) => source,
    75,
  ),
];

/** A fact on a phone. */
export const AUDIT_CARD = [['summary'], ['what', 'who'], ['when', 'source']];
