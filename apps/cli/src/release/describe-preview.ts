import type { Schemas } from '@slipway/api-client';
import type { Output } from '../output/output';
import { coloured, relative, short } from '../output/values';

const WIDEST_VALUE = 120;
/** `--json` has it whole. */
function shown(value: unknown): string {
  const text = value === undefined ? '' : JSON.stringify(value);
  return text.length > WIDEST_VALUE ? `${text.slice(0, WIDEST_VALUE)}...` : text;
}

/** The draft as a reviewer wants it: what will happen in order, what changes, why it is risky, who must approve, until when. */
export function describePreview(output: Output, view: Schemas['PreviewView']): void {
  const { preview } = view;
  output.line(output.paint('bold', `${view.service_name} ${view.artifact_version} -> ${view.environment_name}/${view.target_name}`));
  output.line(`  release   ${view.release_id}`);
  output.line(`  artifact  ${short(view.artifact_digest)}   strategy ${view.strategy.type}`);
  output.line(`  risk      ${coloured(output, preview.risk.level)}`);
  for (const reason of preview.risk.reasons) output.line(`            - ${reason}`);
  const { approval } = preview;
  const need = approval.required
    ? `${approval.quorum} with ${approval.permission}${approval.four_eyes ? ', not the requester' : ''}`
    : 'none';
  output.line(`  approval  ${need} (${approval.rule})`);
  output.line(`  expires   ${relative(preview.expires_at)}`);
  output.line();
  output.line('Actions, in order:');
  for (const action of preview.actions) {
    const oneWay = action.one_way ? output.paint('red', '  cannot be undone') : '';
    output.line(
      `  ${String(action.ordinal).padStart(2)}. ${action.verb.padEnd(8)} ${action.kind} ${action.name}: ${action.summary}${oneWay}`,
    );
  }
  describeDiff(output, view);
  output.line('Checks:');
  for (const check of preview.checks) output.line(`  ${coloured(output, check.result)}  ${check.name}: ${check.message}`);
}

function describeDiff(output: Output, { preview }: Schemas['PreviewView']): void {
  output.line(preview.diff.length === 0 ? 'Nothing changes in the manifest.' : 'Changes to what runs now:');
  for (const entry of preview.diff) {
    if (entry.op !== 'add') output.line(output.paint('red', `  - ${entry.path} ${shown(entry.before)}`));
    if (entry.op !== 'remove') output.line(output.paint('green', `  + ${entry.path} ${shown(entry.after)}`));
  }
  if (preview.diff_truncated) output.line('  ... and more than a preview holds');
}
