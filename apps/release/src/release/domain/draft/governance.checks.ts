import { servingProcessOf, type Check } from '@slipway/contracts';
import { closedInWords } from '@slipway/gates';
import { clip } from '../clip';
import type { DraftInput } from './draft.input';
import { policyChecks } from './policy.checks';

const check =
  (result: Check['result']) =>
  (name: string, message: string): Check => ({ name, result, message: clip(message, 1000) });
const pass = check('pass');
const warn = check('warn');
const fail = check('fail');

/** What the platform checks on top of the runtime's own checks. A `fail` cannot be applied. */
export function governanceChecks(input: DraftInput): Check[] {
  return [
    artifactVerified(input),
    traceable(input),
    gateOpen(input),
    slotFree(input),
    ...slotBusy(input),
    versionChanges(input),
    strategyFits(input),
    ...policyChecks(input),
    ...firstStep(input),
  ];
}

/** Stage 3 of the pipeline (spec 003, section 7); deploying an unverified artifact is forbidden (section 15). */
function artifactVerified({ artifact, subject }: DraftInput): Check {
  return artifact.stored
    ? pass('artifact-verified', `Artifact ${subject.artifact_version} was judged on upload and is stored under its digest.`)
    : fail(
        'artifact-verified',
        `The content of artifact ${subject.artifact_version} is not in the blob store; register it again under a new version.`,
      );
}

/** Stage 1 (spec 003, section 5). Whether an undocumented change is refused is for the environment's policy to say (ADR 0033). */
function traceable({ subject, artifact, policy }: DraftInput): Check {
  if (subject.change_id) return pass('change-traceable', `The artifact belongs to change ${subject.change_id}.`);
  if (policy.change_required)
    return fail(
      'change-traceable',
      `The policy of ${subject.environment_name} takes artifacts of a recorded change only; record it (POST /api/v1/changes) and register the artifact with it.`,
    );
  if (artifact.sourceRevision) return pass('change-traceable', `The artifact was built from ${artifact.sourceRevision}.`);
  return warn('change-traceable', 'The artifact names neither a change nor a source revision, so nobody can tell what it was built from.');
}

/** A warning: it may be open when the release is applied, which asks again. */
function gateOpen({ gate }: DraftInput): Check {
  if (gate.closed) return warn('freeze', `${closedInWords(gate)}. Until then nothing is applied, approved or begun here.`);
  return pass('freeze', gate.next_close ? `Open until ${gate.next_close}.` : 'No freeze window and no stop-the-line.');
}

function slotFree({ slot }: DraftInput): Check {
  if (!slot.hold) return pass('slot-hold', 'Nobody holds the slot.');
  const { by, since, reason } = slot.hold;
  return fail('slot-hold', `'${by}' holds the slot since ${since} (${reason || 'no reason given'}); it must be resumed first.`);
}

function slotBusy({ busyWith }: DraftInput): Check[] {
  return busyWith
    ? [warn('slot-busy', `Release ${busyWith} is being executed in the slot; when it ends, this preview no longer holds.`)]
    : [];
}

function versionChanges({ slot, subject }: DraftInput): Check {
  const { current } = slot;
  if (!current) return pass('version-changes', 'First deployment into this slot.');
  if (current.artifactDigest !== subject.artifact_digest)
    return pass('version-changes', `${current.artifactVersion} becomes ${subject.artifact_version}.`);
  return warn('version-changes', `The slot runs this very content already (as ${current.artifactVersion}); only settings can change.`);
}

/** A canary weighs traffic: it needs a process that gets some. */
function strategyFits({ subject, artifact }: DraftInput): Check {
  const serves = servingProcessOf(artifact.manifest) !== undefined;
  const { type } = subject.strategy;
  if (serves || type === 'rolling') return pass('strategy-fits', `The artifact can be released by ${type}.`);
  if (type === 'canary')
    return fail('strategy-fits', 'A canary is judged by its traffic, and no process of this artifact serves any; use rolling.');
  return warn('strategy-fits', 'No process of this artifact serves traffic, so there is nothing to switch; rolling would do the same.');
}

/** "Deploy to small percentage (5-10%)" first (spec 004, canary). */
function firstStep({ subject: { strategy } }: DraftInput): Check[] {
  if (strategy.type !== 'canary' || !strategy.steps) return [];
  const percents = strategy.steps.map(({ percent }) => percent);
  if (percents.some((percent, index) => index > 0 && percent <= percents[index - 1]!)) {
    return [fail('canary-steps', `The canary's steps must grow, and ${percents.join(', ')} do not.`)];
  }
  const first = percents[0]!;
  return first > 10 ? [warn('canary-steps', `The first step already gets ${first} percent of the traffic; 5 to 10 is usual.`)] : [];
}
