import type { AuditEvent } from '../api/client';

const COLUMNS = [
  'position',
  'occurred_at',
  'action',
  'resource_type',
  'resource_id',
  'actor_id',
  'actor_type',
  'source',
  'project_id',
  'environment_id',
  'status',
  'summary',
  'preview_ref',
  'correlation_id',
  'event_id',
] as const satisfies (keyof AuditEvent)[];

/** RFC 4180; what a spreadsheet would take for a formula is made a text (OWASP, CSV injection). */
function field(value: string | number | null | undefined): string {
  const text = String(value ?? '');
  const safe = /^[=+\-@\t\r]/.test(text) && typeof value !== 'number' ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export const auditCsv = (events: readonly AuditEvent[]): string =>
  [COLUMNS.join(','), ...events.map((event) => COLUMNS.map((name) => field(event[name])).join(','))].join('\r\n') + '\r\n';
