import { deriveId, digestOf, environmentId, ticketId, type ApprovalRequest, type Draft, type NewReleaseEvent } from '@slipway/contracts';
import { EMPTY_HEAD, envelopesOf, headOf, testContext, type EventStore } from '@slipway/event-sourcing';

const DIGEST = digestOf('content');
const SERVICES = ['checkout', 'payments', 'search', 'catalogue', 'accounts', 'basket', 'mail', 'prices'];
const RISKS = ['low', 'medium', 'high', 'critical'] as const;
const PRIORITIES = ['P0', 'P1', 'P2', 'P3'] as const;
const PROJECTS = 12;
export const PEOPLE = 40;

const pick = <T>(list: readonly T[], n: number): T => list[n % list.length]!;
const inMinutes = (minutes: number): string => new Date(Date.now() + minutes * 60_000).toISOString();
export const projectOf = (n: number): string => `bench-${n % PROJECTS}`;

/** Where the requests go, and what they are of: projects of their own and an empty draft unless said otherwise. */
export interface AskingOptions {
  readonly project?: string;
  /** A draft of the platform's own, so that its preview can be read. */
  readonly draft?: Draft;
}

/** Release `n` that waits for approval: each in a slot of its own, so that none takes another's place. */
function asking(
  n: number,
  { project, draft }: AskingOptions,
): { projectId: string; releaseId: string; ticketId: string; by: string; events: NewReleaseEvent[] } {
  const projectId = project ?? projectOf(n);
  const releaseId = deriveId('release', 'inbox', `${n}`);
  const environment = environmentId(projectId, 'prod');
  const service = pick(SERVICES, n);
  const slot_id = deriveId('slot', 'inbox', `${n}`);
  const by = `person-${n % PEOPLE}`;
  const version = `${n % 9}.${n % 100}.${n}`;
  const subject = {
    service_id: deriveId('service', projectId, service),
    service_name: service,
    artifact_id: deriveId('artifact', `${n}`),
    artifact_version: version,
    artifact_digest: DIGEST,
    change_id: null,
    environment_id: environment,
    environment_name: 'prod',
    environment_type: 'production' as const,
    target_id: deriveId('target', environment),
    target_name: 'main',
    runtime_type: 'process' as const,
    slot_id,
    strategy: { type: 'rolling' as const },
    variables: {},
    reason: null,
  };
  const place = { environmentId: environment, previewRef: DIGEST };
  const approval = requestOf(n, ticketId(releaseId, 'apply', 'bench'), `Apply ${service} ${version} to prod/main`);
  return {
    projectId,
    releaseId,
    ticketId: approval.ticket_id,
    by,
    events: [
      {
        action: 'release.previewed',
        status: 'previewed',
        ...place,
        detail: { subject, draft: { ...(draft ?? draftOf(releaseId)), release_id: releaseId } },
      },
      {
        action: 'release.pending_approval',
        status: 'pending_approval',
        ...place,
        detail: { approval, slot_id, apply_requested_by: by },
      },
    ],
  };
}

const requestOf = (n: number, ticket_id: string, title: string): ApprovalRequest => ({
  ticket_id,
  act: 'apply',
  required_permission: 'deploy:release:approve',
  required_role: n % 10 === 0 ? 'release-manager' : null,
  approvers: n % 7 === 0 ? [`approver-${n % 50}`, `approver-${(n + 1) % 50}`] : [],
  quorum: 1,
  four_eyes: true,
  expires_at: n % 3 === 0 ? null : inMinutes(600 + (n % 600)),
  sla_s: 3600 * (1 + (n % 30)),
  reminder_before_s: null,
  escalate_to_role: null,
  rule: 'The policy of prod asks for one approval.',
  policy_version: 1,
  risk_reasons: ['production'],
  priority: pick(PRIORITIES, n),
  risk: pick(RISKS, n >> 2),
  title,
  summary: `${n % 20} actions, ${n % 50} differences, rolling. Because of campaign ${n % 200}.`,
});

const draftOf = (release_id: string): Draft => ({
  release_id,
  manifest_digest: DIGEST,
  actions: [],
  diff: [],
  diff_truncated: false,
  checks: [],
  risk: { level: 'high', reasons: [] },
  approval: { required: true, permission: 'deploy:release:approve', quorum: 1, four_eyes: true, ticket_ttl_s: null, rule: 'production' },
  basis: { environment_version: 1, target_version: 1, slot_position: 0, variables_digest: DIGEST },
  expires_at: inMinutes(60),
});

/** Writes releases that ask for approval. @returns tickets that anybody but who asked may decide. */
export async function askForApprovals(store: EventStore, count: number, inFlight: number, options: AskingOptions = {}): Promise<string[]> {
  const free: string[] = [];
  let next = 0;
  const one = async (): Promise<void> => {
    for (let n = next++; n < count; n = next++) {
      const { projectId, releaseId, ticketId: ticket, by, events } = asking(n, options);
      const ref = { projectId, type: 'release', id: releaseId } as const;
      let head = EMPTY_HEAD;
      for (const [step, event] of events.entries()) {
        const commandId = deriveId('command', 'inbox', `${n}`, `${step}`);
        const context = testContext({ commandId, principal: { actorId: by, actorType: 'human' }, now: new Date().toISOString() });
        const { recorded } = await store.append({ ref, expected: head, events: envelopesOf(ref, head.version, [event], context) });
        head = headOf(recorded[0]!);
      }
      if (n % 7 !== 0 && n % 10 !== 0) free.push(ticket);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, one));
  return free;
}
