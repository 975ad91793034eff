import { type Intent, type Page, type PreviewView, type RecordIntent, type ReleaseView } from '@slipway/contracts';
import type { ToolBench } from '../tools/tool-bench';
import { AskBack, candidate } from './ask-back';
import type { Resolver, RunningSlot } from './resolver';

type Outcome = RecordIntent['outcome'];
const OPEN: readonly ReleaseView['status'][] = ['pending_approval', 'approved', 'applying', 'verifying'];

export interface Asking {
  readonly intent: Intent;
  readonly bench: ToolBench;
  readonly resolver: Resolver;
  /** The same key is the same preview. */
  readonly idempotencyKey: string | undefined;
}

/** What is asked for becomes something that a person can confirm. Nothing is carried out. @throws AskBack */
export function propose(asking: Asking): Promise<Outcome> {
  switch (asking.intent.kind) {
    case 'promote':
      return promote(asking);
    case 'roll_back':
      return rollBack(asking);
    case 'cancel':
      return cancel(asking);
    default:
      return deploy(asking);
  }
}

async function deploy({ intent, bench, resolver, idempotencyKey }: Asking): Promise<Outcome> {
  const service = await resolver.service(intent);
  const environment = await resolver.environment({ ...intent, service: service.name });
  const known = { ...intent, service: service.name, environment: environment.name };
  const artifact = await resolver.artifact(known, service);
  const target = await resolver.target({ ...known, artifact: artifact.version }, environment);
  const body = {
    project: resolver.project,
    service: service.service_id,
    artifact: artifact.artifact_id,
    environment: environment.environment_id,
    target: target.target_id,
    strategy: intent.strategy,
    reason: intent.reason,
  };
  const view = await bench.call<PreviewView>('previewRelease', { body }, { idempotencyKey });
  const failed = view.preview.checks.filter(({ result }) => result === 'fail');
  if (failed.length === 0) return { propose: { act: 'apply', release_id: view.release_id } };
  const why = failed.map(({ name, message }) => `${name}: ${message}`).join('; ');
  const text = `${service.name} ${artifact.version} cannot be deployed to ${environment.name} as things are: ${why}`;
  return { answer: { text: text.slice(0, 4_000), release_ids: [view.release_id], ticket_ids: [] } };
}

/** What runs in one environment goes to the next: promoted, not rebuilt. */
async function promote(asking: Asking): Promise<Outcome> {
  const { intent, resolver } = asking;
  const service = await resolver.service(intent);
  const to = await resolver.environment(intent);
  const known = { ...intent, service: service.name, environment: to.name };
  const from = intent.from_environment === undefined ? undefined : await resolver.environment(known, 'from_environment');
  const everywhere = await resolver.running({ kind: 'version', service: service.name });
  const slots = everywhere.filter(({ environment_id: id }) => (from ? id === from.environment_id : id !== to.environment_id));
  if (slots.length === 0) throw new AskBack(`No version of ${service.name} runs ${from ? `in ${from.name}` : 'elsewhere'} to promote.`);
  const versions = new Set(slots.map(({ artifact_version: version }) => version));
  if (versions.size > 1) {
    const labels = await labelled(slots, resolver);
    throw new AskBack(
      `From which environment do you promote ${service.name}?`,
      labels.map(({ slot, environment, label }) =>
        candidate({ ...known, artifact: slot.artifact_version ?? undefined }, { from_environment: environment }, label),
      ),
    );
  }
  return deploy({ ...asking, intent: { ...known, kind: 'deploy', artifact: slots[0]!.artifact_version ?? undefined } });
}

async function rollBack({ intent, resolver }: Asking): Promise<Outcome> {
  if (intent.release_id) return { propose: { act: 'roll_back', release_id: intent.release_id } };
  const slots = await resolver.running(intent);
  if (slots.length === 1) return { propose: { act: 'roll_back', release_id: slots[0]!.release_id } };
  const some = slots.length > 0 ? slots : await resolver.running({ kind: intent.kind });
  const labels = await labelled(some, resolver);
  const text =
    slots.length > 0 ? 'Which of these do you want to roll back?' : `${subjectOf(intent)} does not run. Did you mean one of these?`;
  throw new AskBack(
    text,
    labels.map(({ slot, environment, label }) =>
      candidate(intent, { service: slot.service_name, environment, release_id: slot.release_id }, label),
    ),
  );
}

async function cancel({ intent, bench, resolver }: Asking): Promise<Outcome> {
  if (intent.release_id) return { propose: { act: 'cancel', release_id: intent.release_id } };
  const service = intent.service === undefined ? undefined : (await resolver.service(intent)).service_id;
  const environment = intent.environment === undefined ? undefined : (await resolver.environment(intent)).environment_id;
  const query = { project: resolver.project, service, environment, limit: 100 };
  const { items } = await bench.call<Page<ReleaseView>>('listReleases', { query });
  const open = items.filter(({ status }) => OPEN.includes(status));
  if (open.length === 1) return { propose: { act: 'cancel', release_id: open[0]!.release_id } };
  if (open.length === 0) throw new AskBack(`No release of ${subjectOf(intent)} waits or is under way; there is nothing to cancel.`);
  throw new AskBack(
    'Which of these do you want to cancel?',
    open.map((view) =>
      candidate(
        intent,
        { release_id: view.release_id },
        `${view.service_name} ${view.artifact_version} in ${view.environment_name}, ${view.status}`,
      ),
    ),
  );
}

/** What an intent names, in words. */
export const subjectOf = ({ service, environment }: Intent): string =>
  `${service ?? 'any service'}${environment === undefined ? '' : ` in ${environment}`}`;

const labelled = (slots: readonly RunningSlot[], resolver: Resolver) =>
  Promise.all(
    slots.map(async (slot) => {
      const environment = await resolver.nameOfEnvironment(slot.environment_id);
      return { slot, environment, label: `${slot.service_name} ${slot.artifact_version ?? ''} in ${environment}` };
    }),
  );
