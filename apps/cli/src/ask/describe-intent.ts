import type { Schemas } from '@slipway/api-client';
import type { Output } from '../output/output';
import { relative } from '../output/values';

export type IntentView = Schemas['IntentView'];

/** An intent for a person: the answer, the question with what it could mean, or what is proposed. */
export function describeIntent(output: Output, intent: IntentView): void {
  const { answer, question, proposal } = intent;
  // A list is part of an answer, which nothing of ours follows.
  for (const line of answer?.text.split('\n') ?? []) output.line(line);
  if (question) {
    output.line(question.text);
    for (const { label, intent: meant } of question.candidates) output.line(`  - ${label}  ${output.paint('dim', phraseOf(meant))}`);
  }
  if (!proposal) return;
  output.line(output.paint('bold', proposal.title));
  output.line(`  intent    ${intent.intent_id} (${intent.status})`);
  output.line(`  release   ${proposal.release_id}`);
  output.line(`  preview   ${proposal.preview_ref}`);
  output.line(`  approval  ${proposal.approval_required ? 'somebody else decides it in the inbox' : 'none'}`);
  for (const warning of proposal.warnings) output.line(output.paint('yellow', `  warning   ${warning}`));
  if (intent.status === 'proposed') output.line(`  expires   ${relative(proposal.expires_at)}`);
  if (intent.approval_ticket) output.line(`  ticket    ${intent.approval_ticket}`);
}

/** How to say what a candidate means. */
function phraseOf(meant: NonNullable<IntentView['understood']>): string {
  const { kind, service, artifact, environment, from_environment: from, release_id: release } = meant;
  const where = environment === undefined ? '' : ` in ${environment}`;
  switch (kind) {
    case 'deploy':
      return `deploy ${service ?? '...'}${artifact === undefined ? '' : ` ${artifact}`}${environment === undefined ? '' : ` to ${environment}`}`;
    case 'promote':
      return `promote ${service ?? '...'}${from === undefined ? '' : ` from ${from}`} to ${environment ?? '...'}`;
    case 'roll_back':
      return release === undefined ? `roll back ${service ?? '...'}${where}` : `roll back ${release}`;
    case 'cancel':
      return release === undefined ? `cancel ${service ?? '...'}${where}` : `cancel ${release}`;
    case 'waiting':
      return 'what is waiting for me';
    case 'explain':
      return service === undefined ? `what went wrong${where}` : `why did ${service} fail${where}`;
    case 'version':
      return service === undefined ? `what runs${where}` : `which version of ${service} runs${where}`;
    case 'status':
      return `status of ${release ?? service ?? '...'}${where}`;
    case 'releases':
      return `recent releases${service === undefined ? '' : ` of ${service}`}${where}`;
    default:
      return 'help';
  }
}
