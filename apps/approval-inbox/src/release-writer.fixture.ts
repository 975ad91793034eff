import { randomBytes } from 'node:crypto';
import {
  deriveId,
  digestOf,
  environmentId,
  serviceId,
  slotId,
  targetId,
  ticketId,
  type ApprovalRequest,
  type Draft,
  type NewReleaseEvent,
  type ReleaseEvent,
  type ReleaseSubject,
} from '@slipway/contracts';
import { CommandRunner, type AggregateType, type CommandContext, type EventStore } from '@slipway/event-sourcing';

/** Writes releases' events as the release service does, for tests of those who follow them. */
export interface ReleaseWriter {
  /** A release that waits for approval. */
  ask(given?: Asked): Promise<AskedRelease>;
  append(release: AskedRelease, event: NewReleaseEvent, by?: string): Promise<number>;
}
export interface Asked {
  readonly project?: string;
  readonly request?: Partial<ApprovalRequest>;
  readonly previewedBy?: string;
  readonly requestedBy?: string;
}
export interface AskedRelease {
  readonly projectId: string;
  readonly releaseId: string;
  readonly ticketId: string;
  readonly environmentId: string;
  readonly previewRef: string;
  /** Of the event that asked. */
  readonly position: number;
}

const Release: AggregateType<number, ReleaseEvent> = { type: 'release', initial: 0, evolve: (count) => count + 1 };
const DIGEST = digestOf('content');

export function releaseWriter(store: EventStore): ReleaseWriter {
  const runner = new CommandRunner(store);
  const append = async (projectId: string, releaseId: string, event: NewReleaseEvent, by: string): Promise<number> => {
    const ref = { projectId, type: 'release', id: releaseId } as const;
    return (await runner.run(Release, ref, contextOf(by), () => [event])).position;
  };
  return {
    async ask(given = {}) {
      const { project: projectId = 'shop', previewedBy = 'developer', requestedBy = 'developer' } = given;
      const releaseId = deriveId('release', randomBytes(8).toString('hex'));
      const subject = subjectOf(projectId);
      const draft = draftOf(releaseId);
      const previewRef = digestOf(draft);
      const place = { environmentId: subject.environment_id, previewRef };
      await append(
        projectId,
        releaseId,
        { action: 'release.previewed', status: 'previewed', ...place, detail: { subject, draft } },
        previewedBy,
      );
      const approval = requestOf(ticketId(releaseId, 'apply', previewRef), given.request);
      const detail = { approval, slot_id: subject.slot_id, apply_requested_by: requestedBy };
      const event: NewReleaseEvent = { action: 'release.pending_approval', status: 'pending_approval', ...place, detail };
      const position = await append(projectId, releaseId, event, requestedBy);
      return { projectId, releaseId, ticketId: approval.ticket_id, environmentId: subject.environment_id, previewRef, position };
    },
    append: (release, event, by = 'developer') =>
      append(release.projectId, release.releaseId, { environmentId: release.environmentId, ...event }, by),
  };
}

export function contextOf(actorId: string): CommandContext {
  const commandId = deriveId('command', randomBytes(8).toString('hex'));
  const principal = { actorId, actorType: 'human' } as const;
  return { commandId, principal, source: 'api', correlationId: commandId, causationId: commandId, now: new Date().toISOString() };
}

const minutesFromNow = (minutes: number): string => new Date(Date.now() + minutes * 60_000).toISOString();

export const requestOf = (id: string, given: Partial<ApprovalRequest> = {}): ApprovalRequest => ({
  ticket_id: id,
  act: 'apply',
  required_permission: 'deploy:release:approve',
  quorum: 1,
  four_eyes: true,
  expires_at: minutesFromNow(30),
  sla_s: 1800,
  priority: 'P1',
  risk: 'high',
  title: 'Apply web 2 to prod/local',
  summary: 'Because of the sale',
  ...given,
});

function subjectOf(projectId: string): ReleaseSubject {
  const environment = environmentId(projectId, 'prod');
  const target = targetId(environment, 'local');
  const service = serviceId(projectId, 'web');
  return {
    service_id: service,
    service_name: 'web',
    artifact_id: deriveId('artifact', service, '2'),
    artifact_version: '2',
    artifact_digest: DIGEST,
    change_id: null,
    environment_id: environment,
    environment_name: 'prod',
    environment_type: 'production',
    target_id: target,
    target_name: 'local',
    runtime_type: 'process',
    slot_id: slotId(service, target),
    strategy: { type: 'rolling' },
    variables: {},
    reason: null,
  };
}

const draftOf = (releaseId: string): Draft => ({
  release_id: releaseId,
  manifest_digest: DIGEST,
  actions: [],
  diff: [],
  diff_truncated: false,
  checks: [],
  risk: { level: 'high', reasons: [] },
  approval: { required: true, permission: 'deploy:release:approve', quorum: 1, four_eyes: true, ticket_ttl_s: 1800, rule: 'production' },
  basis: { environment_version: 1, target_version: 1, slot_position: 0, variables_digest: DIGEST },
  expires_at: minutesFromNow(15),
});
