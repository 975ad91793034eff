import type { IntentAnswer, Page, ReleaseView, TicketEntry } from '@slipway/contracts';
import { nextStep } from '../tools/release-brief';
import { cleanText } from '../tools/untrusted';
import { PHRASES } from './grammar/phrases';
import { subjectOf, type Asking } from './proposing';

const BAD: readonly ReleaseView['status'][] = ['failed', 'rollback_failed', 'rolled_back', 'rejected'];
const MOST_LINES = 15;

/** Answers from what is so now, in words, with the ids of what they speak of. @throws AskBack */
export async function answer(asking: Asking): Promise<IntentAnswer> {
  switch (asking.intent.kind) {
    case 'waiting':
      return waiting(asking);
    case 'explain':
      return explain(asking);
    case 'version':
      return version(asking);
    case 'status':
      return status(asking);
    case 'releases':
      return releases(asking);
    default:
      return help();
  }
}

const saying = (text: string, releases: readonly string[] = [], tickets: readonly string[] = []): IntentAnswer => ({
  text: cleanText(text, 3_900),
  release_ids: [...new Set(releases)].slice(0, 50),
  ticket_ids: [...new Set(tickets)].slice(0, 50),
});

export const help = (): IntentAnswer =>
  saying(
    `You can say, for example:\n${PHRASES.map(({ example }) => `- ${example}`).join('\n')}\nApprovals are decided in the inbox, by people.`,
  );

async function waiting({ bench, resolver }: Asking): Promise<IntentAnswer> {
  const query = { project: resolver.project, filter: 'mine', status: 'pending', limit: 50 };
  const { items } = await bench.call<Page<TicketEntry>>('listTickets', { query });
  const me = bench.user.principal.actorId;
  const [own, decidable] = [
    items.filter(({ requested_by }) => requested_by === me),
    items.filter(({ requested_by }) => requested_by !== me),
  ];
  const text = [
    decidable.length === 0 ? 'Nothing waits for your decision.' : `${decidable.length} waiting for your decision:`,
    ...decidable.slice(0, MOST_LINES).map(ticketLine),
    ...(own.length === 0 ? [] : [`${own.length} of your own waiting for somebody else:`, ...own.slice(0, MOST_LINES).map(ticketLine)]),
  ];
  return saying(
    text.join('\n'),
    items.flatMap(({ release_id }) => release_id ?? []),
    items.map(({ ticket_id }) => ticket_id),
  );
}

const ticketLine = (ticket: TicketEntry): string =>
  `- ${ticket.title} (${ticket.ticket_id}, ${ticket.priority}, risk ${ticket.risk}${ticket.expires_at === null ? '' : `, until ${ticket.expires_at}`})`;

async function explain(asking: Asking): Promise<IntentAnswer> {
  const { intent, bench } = asking;
  const view = intent.release_id
    ? await bench.call<ReleaseView>('getRelease', { params: { id: intent.release_id } })
    : (await newest(asking)).find(({ status: one, rollback }) => BAD.includes(one) || rollback?.automatic === true);
  if (!view) return saying(`No release of ${subjectOf(intent)} failed among the latest ones.`);
  const { diagnostics_json: found } = view;
  const why = found
    ? `Outcome ${found.outcome}${found.step === null ? '' : ` at step ${found.step}`}: ${found.summary}`
    : `It is ${view.status.replaceAll('_', ' ')}; there are no diagnostics.`;
  const back = view.rollback ? `\nRollback to ${view.rollback.to_artifact_version}: ${view.rollback.status}.` : '';
  return saying(`${releaseLine(view)}\n${why}${back}`, [view.release_id], ticketsOf([view]));
}

async function version({ intent, resolver }: Asking): Promise<IntentAnswer> {
  const slots = await resolver.running(intent);
  if (slots.length === 0) return saying(`${subjectOf(intent)}: nothing runs.`);
  const lines = await Promise.all(
    slots.slice(0, MOST_LINES).map(async (slot) => {
      const environment = await resolver.nameOfEnvironment(slot.environment_id);
      const drift = slot.drift === 'drifted' ? ', drifted' : '';
      return `- ${slot.service_name} ${slot.artifact_version ?? '?'} in ${environment}${slot.hold ? ', held' : ''}${drift}${slot.url ? `, ${slot.url}` : ''}`;
    }),
  );
  return saying(
    lines.join('\n'),
    slots.map(({ release_id }) => release_id),
  );
}

async function status(asking: Asking): Promise<IntentAnswer> {
  const { intent, bench } = asking;
  const view = intent.release_id
    ? await bench.call<ReleaseView>('getRelease', { params: { id: intent.release_id } })
    : (await newest(asking))[0];
  if (!view) return saying(`There is no release of ${subjectOf(intent)} yet.`);
  return saying(`${releaseLine(view)}\n${nextStep(view)}`, [view.release_id], ticketsOf([view]));
}

async function releases(asking: Asking): Promise<IntentAnswer> {
  const found = (await newest(asking)).slice(0, 10);
  if (found.length === 0) return saying(`There is no release of ${subjectOf(asking.intent)} yet.`);
  return saying(
    found.map((view) => `- ${releaseLine(view)}`).join('\n'),
    found.map(({ release_id }) => release_id),
    ticketsOf(found),
  );
}

/** The latest releases of what the intent names; words that name nothing ask back. */
async function newest({ intent, bench, resolver }: Asking): Promise<readonly ReleaseView[]> {
  const service = intent.service === undefined ? undefined : (await resolver.service(intent)).service_id;
  const environment = intent.environment === undefined ? undefined : (await resolver.environment(intent)).environment_id;
  const query = { project: resolver.project, service, environment, limit: 50 };
  return (await bench.call<Page<ReleaseView>>('listReleases', { query })).items;
}

const releaseLine = (view: ReleaseView): string =>
  `${view.service_name} ${view.artifact_version} in ${view.environment_name}: ${view.status.replaceAll('_', ' ')} (${view.release_id}, by ${view.requested_by}, ${view.updated_at})`;
const ticketsOf = (views: readonly ReleaseView[]): string[] =>
  views.flatMap(({ approval_ticket, status: one }) => (approval_ticket !== null && one === 'pending_approval' ? [approval_ticket] : []));
