import type { TicketView } from '../api/client';
import type { Session } from '../session/session';
import { whyNotMine } from './may-decide';

const ticket = (more: Partial<TicketView> = {}): TicketView =>
  ({
    status: 'pending',
    required_permission: 'deploy:release:approve',
    four_eyes: true,
    requested_by: 'dev',
    approved_by: [],
    ...more,
  }) as TicketView;
const session = (permissions: string[] = ['deploy:approval:review', 'deploy:release:approve'], more: Partial<Session> = {}): Session =>
  ({ actor_id: 'ann', actor_type: 'human', grants: [{ permissions, projects: ['*'], environments: ['*'] }], ...more }) as Session;

describe('whyNotMine', () => {
  it.each([
    ['a person with the permissions', ticket(), session(), null],
    ['what is decided', ticket({ status: 'approved' }), session(), /decided/],
    ['nobody', ticket(), null, /Sign in/],
    ['an agent', ticket(), session(undefined, { actor_type: 'agent' }), /Agents propose/],
    ['somebody without the permission', ticket(), session(['deploy:approval:review']), /deploy:release:approve/],
    ['who asked for it', ticket({ requested_by: 'ann' }), session(), /four eyes/],
    ['who asked for it, where policy allows that', ticket({ requested_by: 'ann', four_eyes: false }), session(), null],
    ['whom the inbox refuses, in its words', { ...ticket(), why_not: 'only bob may decide it' } as TicketView, session(), /only bob/],
    ['who has approved it already', ticket({ approved_by: ['ann'] }), session(), /already/],
  ])('%s', (_who, given, who, expected) => {
    const why = whyNotMine(given, who);
    if (expected === null) expect(why).toBeNull();
    else expect(why).toMatch(expected);
  });
});
