import type { BindingScope, BindingSubject } from '../access/access.events';
import type { SlipwayEvent } from '../platform/registry';

const because = (reason: string): string => (reason ? `: ${reason}` : '');
const day = (timestamp: string): string => timestamp.slice(0, 10);

/** Who may do what: accounts, tokens, roles, bindings and teams, in a line each. */
export function accessSummary(event: SlipwayEvent): string | undefined {
  switch (event.action) {
    case 'account.created': {
      const { kind, name, parent } = event.detail;
      return `${kind === 'agent' ? 'Agent' : 'Service'} account '${name}' created${parent ? `, on behalf of ${parent.actor_id}` : ''}`;
    }
    case 'account.seen':
      return `${event.detail.name} (${event.detail.actor_id}) signed in by ${event.detail.issuer}`;
    case 'account.disabled':
      return `Account disabled${because(event.detail.reason)}`;
    case 'account.enabled':
      return `Account enabled${because(event.detail.reason)}`;
    case 'token.created':
      return tokenCreated(event.detail);
    case 'token.rotated':
      return `Token got a new secret; the old one works until ${event.detail.previous_until}`;
    case 'token.revoked':
      return `Token revoked${because(event.detail.reason)}`;
    case 'role.defined':
      return `Role '${event.detail.name}' allows ${event.detail.permissions.join(', ') || 'nothing'}`;
    case 'role.deleted':
      return `Role deleted${because(event.detail.reason)}`;
    case 'binding.created':
      return `${whom(event.detail.subject)} became '${event.detail.role}' ${where(event.detail.scope)}`;
    case 'binding.deleted':
      return `Role taken away${because(event.detail.reason)}`;
    case 'team.changed':
      return `Team '${event.detail.name}' has ${event.detail.members.length} members: ${event.detail.members.join(', ')}`.slice(0, 1000);
    case 'team.deleted':
      return `Team deleted${because(event.detail.reason)}`;
    default:
      return undefined;
  }
}

type TokenCreated = Extract<SlipwayEvent, { action: 'token.created' }>['detail'];
function tokenCreated({ kind, name, actor_id, expires_at }: TokenCreated): string {
  const what = kind === 'session' ? `Session of ${actor_id} began` : `Token '${name}' of ${actor_id} created`;
  return `${what}, valid until ${day(expires_at)}`;
}

function whom({ kind, ref }: BindingSubject): string {
  return kind === 'actor' ? ref : `${kind === 'group' ? 'Group' : 'Team'} '${ref}'`;
}

function where({ kind, team_id, project_id, environment_id }: BindingScope): string {
  switch (kind) {
    case 'platform':
      return 'on the whole platform';
    case 'team':
      return `in every project of team '${team_id}'`;
    case 'project':
      return `in project '${project_id}'`;
    case 'environment':
      return `in environment ${environment_id} of project '${project_id}'`;
  }
}
