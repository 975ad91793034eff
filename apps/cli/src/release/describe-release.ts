import type { Schemas } from '@slipway/api-client';
import type { Output } from '../output/output';
import { coloured, localTime, orDash, relative, short } from '../output/values';

export type ReleaseView = Schemas['ReleaseView'];

export const RELEASE_HEADING = ['RELEASE', 'SERVICE', 'VERSION', 'ENVIRONMENT', 'STATUS', 'BY', 'UPDATED'];
export const releaseRow = (output: Output, view: ReleaseView): string[] => [
  view.release_id,
  view.service_name,
  view.artifact_version,
  `${view.environment_name}/${view.target_name}`,
  coloured(output, view.paused ? 'paused' : view.status),
  view.requested_by,
  relative(view.updated_at),
];

/** One release, for a person. */
export function describeRelease(output: Output, view: ReleaseView): void {
  const rows: [string, string | null][] = [
    ['release', view.release_id],
    ['status', `${coloured(output, view.status)} (${view.lifecycle_state})${view.paused ? ', paused' : ''}`],
    ['what', `${view.service_name} ${view.artifact_version} (${short(view.artifact_digest)})`],
    ['where', `${view.environment_name}/${view.target_name}, ${view.runtime_type}, ${view.strategy.type}`],
    ['requested', `by ${view.requested_by} (${view.requested_by_type}) at ${localTime(view.previewed_at)}`],
    ['reason', view.reason],
    [
      'approval',
      view.approval_required
        ? `${orDash(view.approval_ticket)}${view.approved_by.length > 0 ? `, by ${view.approved_by.join(', ')}` : ''}`
        : 'not required',
    ],
    ['preview', view.preview_ref],
    ['url', view.url],
    ['diagnostics', view.diagnostics_json?.summary ?? null],
  ];
  for (const [name, value] of rows) if (value !== null) output.line(`${name.padEnd(12)}${value}`);
  const { rollback } = view;
  if (rollback) {
    const how = rollback.automatic ? 'automatic' : `by ${rollback.requested_by}`;
    output.line(
      `${'rollback'.padEnd(12)}${coloured(output, rollback.status)} to ${rollback.to_artifact_version}, ${how}${rollback.reason ? `: ${rollback.reason}` : ''}`,
    );
    for (const warning of rollback.warnings ?? []) output.line(output.paint('yellow', `${'warning'.padEnd(12)}${warning}`));
  }
}
