import { deriveId, environmentId, type ApprovalRequest, type NewApprovalEvent, type Permission, type Principal } from '@slipway/contracts';
import type { OpenTicket } from './ticket.decider';

export const TICKET = deriveId('approval', 'spec');
export const RELEASE = deriveId('release', 'spec');
export const ENVIRONMENT = environmentId('shop', 'prod');
export const PREVIEW_REF = `sha256:${'a'.repeat(64)}`;

export const request = (given: Partial<ApprovalRequest> = {}): ApprovalRequest => ({
  ticket_id: TICKET,
  act: 'apply',
  required_permission: 'deploy:release:approve',
  quorum: 1,
  four_eyes: true,
  expires_at: '2026-01-01T00:30:00.000Z',
  sla_s: 1800,
  priority: 'P1',
  risk: 'high',
  title: 'Apply web 2 to prod',
  summary: 'because',
  ...given,
});

export const open = (given: Partial<ApprovalRequest> = {}, detail: Partial<OpenTicket['detail']> = {}): OpenTicket => ({
  environmentId: ENVIRONMENT,
  teamId: '_',
  previewRef: PREVIEW_REF,
  detail: {
    request: request(given),
    resource_type: 'release',
    resource_id: RELEASE,
    release_id: RELEASE,
    preview_ref: PREVIEW_REF,
    service_name: 'web',
    environment_name: 'prod',
    environment_type: 'production',
    artifact_version: '2',
    requested_by: 'developer',
    requested_by_type: 'human',
    requested_at: '2026-01-01T00:00:00.000Z',
    ...detail,
  },
});

export const opened = (given: Partial<ApprovalRequest> = {}, detail: Partial<OpenTicket['detail']> = {}): NewApprovalEvent => ({
  action: 'approval.opened',
  status: 'pending',
  environmentId: ENVIRONMENT,
  teamId: '_',
  previewRef: PREVIEW_REF,
  detail: open(given, detail).detail,
});

const ALL: readonly Permission[] = ['deploy:approval:review', 'deploy:release:approve'];
export const person = (actorId: string, given: Partial<Principal> = {}): Principal => ({
  actorId,
  actorType: 'human',
  permissions: ALL,
  projects: ['*'],
  environments: ['*'],
  ...given,
});
