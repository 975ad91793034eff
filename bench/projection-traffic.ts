import { deriveId, digestOf, type Draft, type NewReleaseEvent, type ReleaseSubject } from '@slipway/contracts';
import { EMPTY_HEAD, envelopesOf, headOf, type CommandContext, type EventStore } from '@slipway/event-sourcing';

/** Events of one release's life in this traffic. */
export const EVENTS_PER_RELEASE = 6;
const PROJECT = 'bench';
const DIGEST = digestOf('content');
const NOW = Date.parse('2026-01-01T00:00:00.000Z');

const subjectOf = (n: number): ReleaseSubject => ({
  service_id: deriveId('service', `${n % 40}`),
  service_name: `service-${n % 40}`,
  artifact_id: deriveId('artifact', `${n}`),
  artifact_version: `1.${n % 100}.${n}`,
  artifact_digest: DIGEST,
  change_id: null,
  environment_id: deriveId('environment', `${n % 3}`),
  environment_name: ['dev', 'staging', 'prod'][n % 3]!,
  environment_type: (['development', 'staging', 'production'] as const)[n % 3]!,
  target_id: deriveId('target', `${n % 6}`),
  target_name: 'main',
  runtime_type: 'process',
  slot_id: deriveId('slot', `${n % 120}`),
  strategy: { type: 'rolling', batch_size: 1 },
  variables: { LOG_LEVEL: 'info', REGION: 'eu-central-1' },
  reason: 'the usual',
});

const draftOf = (releaseId: string): Draft => ({
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
  risk: { level: 'medium', reasons: ['production'] },
  approval: { required: false, permission: 'deploy:release:approve', quorum: 1, four_eyes: true, ticket_ttl_s: null, rule: 'development' },
  basis: { environment_version: 1, target_version: 1, slot_position: 0, variables_digest: DIGEST },
  expires_at: '2026-01-01T00:30:00.000Z',
});

/** What a release that is previewed, applied and replaced leaves in the log. */
export function lifeOf(n: number): { releaseId: string; events: NewReleaseEvent[] } {
  const releaseId = deriveId('release', `${n}`);
  const subject = subjectOf(n);
  const { slot_id } = subject;
  const execution_id = deriveId('execution', `${n}`);
  const url = 'http://127.0.0.1:9000';
  const environmentId = subject.environment_id;
  const previewRef = DIGEST;
  const events: NewReleaseEvent[] = [
    { action: 'release.previewed', status: 'previewed', detail: { subject, draft: draftOf(releaseId) } },
    {
      action: 'release.approved',
      status: 'approved',
      detail: { automatic: true, ticket_id: null, approved_by: ['policy'], rule: 'development', slot_id },
    },
    { action: 'release.applying', status: 'applying', detail: { execution_id, slot_id } },
    { action: 'release.verifying', status: 'verifying', detail: { execution_id } },
    { action: 'release.applied', status: 'applied', detail: { execution_id, slot_id, observed_digest: DIGEST, url, changed: true } },
    { action: 'release.superseded', status: 'superseded', detail: { by_release_id: deriveId('release', `${n + 120}`) } },
  ];
  return { releaseId, events: events.map((event) => ({ ...event, environmentId, previewRef })) };
}

export const contextOf = (n: number, step: number): CommandContext => ({
  commandId: deriveId('command', `${n}`, `${step}`),
  principal: { actorId: 'developer', actorType: 'human' },
  source: 'api',
  correlationId: `bench-${n}`,
  causationId: `bench-${n}`,
  now: new Date(NOW + n * 1000 + step * 100).toISOString(),
});

/** Which releases to append, from `first` on, and how many at a time. */
export interface Traffic {
  readonly first: number;
  readonly releases: number;
  readonly inFlight: number;
}

/** Appends the lives of releases in flight, as a busy platform interleaves them. @returns the log's end. */
export async function fillLog(store: EventStore, { first, releases, inFlight }: Traffic): Promise<number> {
  let next = first;
  const one = async (): Promise<void> => {
    for (let n = next++; n < first + releases; n = next++) {
      const { releaseId, events } = lifeOf(n);
      const ref = { projectId: PROJECT, type: 'release' as const, id: releaseId };
      let head = EMPTY_HEAD;
      for (const [step, event] of events.entries()) {
        const { recorded } = await store.append({
          ref,
          expected: head,
          events: envelopesOf(ref, head.version, [event], contextOf(n, step)),
        });
        head = headOf(recorded[0]!);
      }
    }
  };
  await Promise.all(Array.from({ length: inFlight }, one));
  return store.position();
}
