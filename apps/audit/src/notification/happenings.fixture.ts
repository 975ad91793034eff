import { randomBytes } from 'node:crypto';
import { deriveId, EMBEDDED_ROLES, environmentId, type EmbeddedRole } from '@slipway/contracts';
import type { AuditUnderTest } from '../audit.fixture';

export const PROD = environmentId('shop', 'prod');
const DIGEST = `sha256:${'a'.repeat(64)}`;

/** Somebody signs in who has a role of the embedded issuer in the project. */
export const signsIn = (audit: AuditUnderTest, actorId: string, role: EmbeddedRole = 'viewer', projects = ['shop']): Promise<unknown> =>
  audit.happens({
    type: 'account',
    id: deriveId('account', actorId),
    action: 'account.seen',
    project: '_',
    detail: {
      actor_id: actorId,
      issuer: 'test',
      name: actorId,
      groups: [],
      claims: [{ permissions: [...EMBEDDED_ROLES[role]], projects, environments: ['*'] }],
    },
  });

export const team = (audit: AuditUnderTest, name: string, members: readonly string[]): Promise<unknown> =>
  audit.happens({ type: 'team', id: name, action: 'team.changed', project: '_', detail: { name, title: name, members } });

/** A release asks for approval in production. @returns the ticket's id */
export async function asksForApproval(
  audit: AuditUnderTest,
  given: { by?: string; title?: string; project?: string } = {},
): Promise<string> {
  const { by = 'dev', title = 'Apply web 2 to prod', project = 'shop' } = given;
  const id = deriveId('approval', randomBytes(8).toString('hex'));
  await audit.happens({
    type: 'approval',
    id,
    action: 'approval.opened',
    status: 'pending',
    project,
    environment: environmentId(project, 'prod'),
    actor: 'service:approval-inbox',
    detail: {
      request: {
        ticket_id: id,
        act: 'apply',
        required_permission: 'deploy:release:approve',
        quorum: 1,
        four_eyes: true,
        expires_at: new Date(Date.now() + 1_800_000).toISOString(),
        sla_s: 1800,
        priority: 'P1',
        risk: 'high',
        title,
        summary: 'because <b>',
      },
      resource_type: 'policy',
      resource_id: deriveId('policy', id),
      release_id: null,
      preview_ref: DIGEST,
      service_name: 'web',
      environment_name: 'prod',
      environment_type: 'production',
      artifact_version: '2',
      requested_by: by,
      requested_by_type: 'human',
      requested_at: new Date().toISOString(),
    },
  });
  return id;
}

export const comments = (audit: AuditUnderTest, ticket: string, mentions: readonly string[], actor = 'dev'): Promise<unknown> =>
  audit.happens({
    type: 'approval',
    id: ticket,
    action: 'approval.commented',
    status: 'pending',
    environment: PROD,
    actor,
    detail: { comment: `please look ${mentions.map((one) => `@${one}`).join(' ')}`, mentions },
  });

export const stopsTheLine = (audit: AuditUnderTest, given: { project?: string; reason?: string; at?: string } = {}): Promise<unknown> =>
  audit.happens({
    type: 'gate',
    id: given.project ?? 'shop',
    action: 'gate.stopped',
    status: 'stopped',
    project: given.project ?? 'shop',
    ...(given.at === undefined ? {} : { at: given.at }),
    detail: { scope: 'project', reason: given.reason ?? 'incident', owner: 'ann', acts: ['apply'] },
  });
