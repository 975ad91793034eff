import {
  artifactId,
  deriveId,
  digestOf,
  environmentId,
  executionId,
  serviceId,
  slotId,
  targetId,
  ticketId,
  type AggregateRef,
  type ApprovalRequest,
  type Draft,
  type NewEvent,
  type ReleaseSubject,
} from '@slipway/contracts';

const DIGEST = digestOf('content');
const PROJECTS = 40;
const SERVICES = ['web', 'api', 'worker', 'search'];
const ENVIRONMENTS = [
  ['dev', 'development'],
  ['staging', 'staging'],
  ['prod', 'production'],
] as const;
const STEPS = ['fetch', 'prepare', 'start', 'probe', 'switch', 'drain'];
const ACTORS = ['ada', 'grace', 'edsger', 'barbara', 'developer'];
/** Each release is previewed this long after the one before. */
const PACE_MS = 10 * 60_000;
const BEGIN = Date.parse('2026-01-01T00:00:00.000Z');

/** An event of a life and the aggregate that it belongs to. */
export interface Told {
  readonly ref: AggregateRef;
  readonly event: NewEvent;
  readonly actor: string;
  readonly at: string;
}

/** How a release ends: previews run out, tickets are refused or wait, deployments fail or, mostly, succeed. */
type Ending = 'waiting' | 'expired' | 'rejected' | 'failed' | 'automatic' | 'applied';
/** Tickets that wait for someone, the oldest of all: as many at any length of the log. */
const WAITING = 25;
const endingOf = (n: number): Ending => {
  if (n < WAITING) return 'waiting';
  return n % 19 === 0 ? 'expired' : n % 23 === 0 ? 'rejected' : n % 17 === 0 ? 'failed' : n % 3 === 0 ? 'automatic' : 'applied';
};

/** One release's life, in the order in which it happens: the release, its ticket, its execution and its slot. */
export function lifeOf(n: number): Told[] {
  const story = new Story(n);
  const ending = endingOf(n);
  if (n < PROJECTS) story.projectCreated();
  story.previewed();
  if (ending === 'expired') story.release('release.expired', 'expired', { what: 'preview', expired_at: story.now() }, 'service:release');
  else if (ending === 'automatic') story.approvedByPolicy();
  else story.asked();
  if (ending === 'rejected') story.rejected();
  if (ending === 'failed' || ending === 'applied') story.granted();
  if (ending === 'failed') story.failed();
  if (ending === 'automatic' || ending === 'applied') story.applied();
  return story.told;
}

class Story {
  readonly told: Told[] = [];
  private readonly subject: ReleaseSubject;
  private readonly draft: Draft;
  private readonly ticket: ApprovalRequest;
  private readonly project: string;
  private readonly releaseId: string;
  private readonly executionId: string;
  private readonly requester: string;
  private readonly url: string;

  constructor(private readonly n: number) {
    this.project = `project-${n % PROJECTS}`;
    this.releaseId = deriveId('release', 'growth', `${n}`);
    this.executionId = executionId(this.releaseId, 'apply', 'growth');
    this.requester = ACTORS[n % ACTORS.length]!;
    this.url = `http://127.0.0.1:${20_000 + (n % 10_000)}`;
    this.subject = subjectOf(n, this.project);
    this.draft = draftOf(n, this.releaseId, this.now());
    const { service_name: service, artifact_version: version, environment_name: environment } = this.subject;
    this.ticket = {
      ticket_id: ticketId(this.releaseId, 'apply', 'growth'),
      act: 'apply',
      required_permission: 'deploy:release:approve',
      quorum: 1,
      four_eyes: true,
      expires_at: null,
      sla_s: null,
      priority: 'P2',
      risk: this.draft.risk.level,
      title: `${service} ${version} to ${environment}`,
      summary: `Replaces 3 processes of ${service} in ${environment}.`,
    };
  }

  now(): string {
    return new Date(BEGIN + this.n * PACE_MS + this.told.length * 1000).toISOString();
  }

  release(action: string, status: string, detail: object, actor: string): void {
    this.tell('release', this.releaseId, action, status, detail, actor);
  }

  projectCreated(): void {
    const detail = { name: this.project, title: `Project ${this.n}`, team_id: '_' };
    this.tell('project', this.project, 'project.created', 'active', detail, 'admin');
  }

  previewed(): void {
    this.release('release.previewed', 'previewed', { subject: this.subject, draft: this.draft }, this.requester);
  }

  approvedByPolicy(): void {
    const { slot_id } = this.subject;
    const detail = { automatic: true, ticket_id: null, approved_by: ['policy'], rule: 'development', slot_id };
    this.release('release.approved', 'approved', detail, this.requester);
  }

  asked(): void {
    const { slot_id, service_name, environment_name, environment_type, artifact_version } = this.subject;
    const asked = { approval: this.ticket, slot_id, apply_requested_by: this.requester };
    this.release('release.pending_approval', 'pending_approval', asked, this.requester);
    const requested = { requested_by: this.requester, requested_by_type: 'human', requested_at: this.now() };
    const opened = { request: this.ticket, release_id: this.releaseId, preview_ref: DIGEST, service_name, environment_name };
    this.approval('approval.opened', 'pending', { ...opened, environment_type, artifact_version, ...requested }, 'service:approval-inbox');
  }

  rejected(): void {
    const why = { rejected_by: 'approver', comment: 'Not this week.' };
    this.approval('approval.rejected', 'rejected', { release_id: this.releaseId, preview_ref: DIGEST, act: 'apply', ...why }, 'approver');
    this.release('release.rejected', 'rejected', { ticket_id: this.ticket.ticket_id, ...why }, 'service:release');
  }

  granted(): void {
    const { ticket_id } = this.ticket;
    const decided = { release_id: this.releaseId, preview_ref: DIGEST, act: 'apply', approved_by: ['approver'], comment: null };
    this.approval('approval.reviewed', 'pending', { reviewer: 'approver', comment: 'Fine.', approvals: 1, quorum: 1 }, 'approver');
    this.approval('approval.approved', 'approved', decided, 'approver');
    const { slot_id } = this.subject;
    const detail = { automatic: false, ticket_id, approved_by: ['approver'], rule: 'quorum of 1', slot_id };
    this.release('release.approved', 'approved', detail, 'service:release');
  }

  failed(): void {
    this.carriedOut(STEPS.length / 2);
    const step = STEPS[STEPS.length / 2]!;
    const diagnostics = { summary: 'The target did not answer.', step, outcome: 'errored', payload: { attempts: 3 } };
    const { slot_id } = this.subject;
    const act = { release_id: this.releaseId, act: 'apply', slot_id, outcome: 'errored', diagnostics, restored: true };
    this.execution('execution.failed', 'errored', act);
    const detail = { execution_id: this.executionId, slot_id, diagnostics, outcome: 'errored' };
    this.release('release.failed', 'failed', detail, 'service:release');
  }

  applied(): void {
    const { slot_id } = this.subject;
    const { releaseId: release_id, executionId: execution_id, url } = this;
    const observed = { observed_digest: DIGEST, url, changed: true };
    this.carriedOut(STEPS.length);
    this.execution('execution.verifying', 'verifying', { release_id });
    this.release('release.verifying', 'verifying', { execution_id }, 'service:release');
    this.deployed();
    const succeeded = { release_id, act: 'apply', to_release_id: release_id, slot_id, ...observed, duration_ms: 8000 };
    this.execution('execution.succeeded', 'succeeded', { ...succeeded, checks: [{ name: 'health', verdict: 'pass' }] });
    this.release('release.applied', 'applied', { execution_id, slot_id, ...observed }, 'service:release');
  }

  private carriedOut(count: number): void {
    const { slot_id, target_id } = this.subject;
    const act = { release_id: this.releaseId, act: 'apply' };
    const claim = { to_release_id: this.releaseId, slot_id, target_id, executor_id: 'runtime-executor-1', attempt: 1 };
    const steps = STEPS.map((step, index) => ({ step, ordinal: index + 1, title: `Step ${step} of the release` }));
    const fence = this.n + 1;
    this.execution('execution.claimed', 'claimed', { ...act, ...claim, cause_event_id: deriveId('event', `${this.n}`) });
    this.execution('execution.started', 'running', { ...act, fence, lock: 'environment', steps, run_id: this.executionId });
    this.release('release.applying', 'applying', { execution_id: this.executionId, slot_id }, 'service:release');
    for (const step of steps.slice(0, count)) {
      this.execution('execution.step_started', 'running', { ...step, fence, started_at: this.now() });
      this.execution('execution.step_succeeded', 'running', { ...step, observed: { replicas: 3, ready: true }, duration_ms: 800 });
    }
  }

  private deployed(): void {
    const { service_id, service_name, target_id, artifact_id, artifact_version, artifact_digest, slot_id } = this.subject;
    const what = { service_id, service_name, target_id, artifact_id, artifact_version, artifact_digest, manifest_digest: DIGEST };
    const how = { release_id: this.releaseId, execution_id: this.executionId, fence: this.n + 1, url: this.url, previous_release_id: null };
    this.tell('slot', slot_id, 'slot.deployed', 'deployed', { ...how, ...what }, 'service:runtime-executor');
  }

  private approval(action: string, status: string, detail: object, actor: string): void {
    this.tell('approval', this.ticket.ticket_id, action, status, detail, actor);
  }

  private execution(action: string, status: string, detail: object): void {
    this.tell('execution', this.executionId, action, status, detail, 'service:runtime-executor');
  }

  private tell(type: AggregateRef['type'], id: string, action: string, status: string, detail: object, actor: string): void {
    const event = { action, status, detail, environmentId: this.subject.environment_id, previewRef: DIGEST };
    this.told.push({ ref: { projectId: this.project, type, id }, event, actor, at: this.now() });
  }
}

function subjectOf(n: number, project: string): ReleaseSubject {
  const service_name = SERVICES[Math.floor(n / PROJECTS) % SERVICES.length]!;
  const [environment_name, environment_type] = ENVIRONMENTS[Math.floor(n / PROJECTS / SERVICES.length) % ENVIRONMENTS.length]!;
  const service_id = serviceId(project, service_name);
  const environment_id = environmentId(project, environment_name);
  const target_id = targetId(environment_id, 'main');
  const artifact_version = `1.${n % 100}.${n}`;
  return {
    service_id,
    service_name,
    artifact_id: artifactId(service_id, artifact_version),
    artifact_version,
    artifact_digest: DIGEST,
    change_id: null,
    environment_id,
    environment_name,
    environment_type,
    target_id,
    target_name: 'main',
    runtime_type: 'process',
    slot_id: slotId(service_id, target_id),
    strategy: { type: 'rolling', batch_size: 1 },
    variables: { LOG_LEVEL: 'info', REGION: 'eu-central-1' },
    reason: `Release ${n} of the year`,
  };
}

const draftOf = (n: number, releaseId: string, at: string): Draft => ({
  release_id: releaseId,
  manifest_digest: DIGEST,
  actions: [1, 2, 3].map((ordinal) => ({
    ordinal,
    verb: 'update',
    kind: 'process',
    name: `web-${ordinal}`,
    summary: 'Replace it.',
    one_way: false,
  })),
  diff: [{ op: 'replace', path: '/processes/web/command', before: ['node', 'a.js'], after: ['node', 'b.js'] }],
  diff_truncated: false,
  checks: [{ name: 'artifact-verified', result: 'pass', message: 'The digest is the registered one.' }],
  risk: { level: (['low', 'medium', 'high'] as const)[n % 3]!, reasons: ['production'] },
  approval: { required: true, permission: 'deploy:release:approve', quorum: 1, four_eyes: true, ticket_ttl_s: null, rule: 'the policy' },
  basis: { environment_version: 1, target_version: 1, slot_position: 0, variables_digest: DIGEST },
  expires_at: new Date(Date.parse(at) + 30 * 60_000).toISOString(),
});
