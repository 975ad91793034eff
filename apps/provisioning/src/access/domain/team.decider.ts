import { sameJson, unknownResource, type ChangeTeam, type NewTeamEvent } from '@slipway/contracts';
import type { Team } from './team.state';

/** Makes a team, or changes its members: the list is the whole membership. */
export function changeTeam(name: string, request: ChangeTeam, state: Team): NewTeamEvent[] {
  const title = request.title ?? (state.phase === 'active' ? state.title : name);
  const members = [...request.members].sort();
  if (state.phase === 'active' && state.title === title && sameJson(state.members, members)) return [];
  return [{ action: 'team.changed', status: 'active', teamId: name, detail: { name, title, members } }];
}

/** @throws SlipwayError `unknown_resource` */
export function deleteTeam(name: string, reason: string | undefined, state: Team): NewTeamEvent[] {
  if (state.phase !== 'active') throw unknownResource('team', name);
  return [{ action: 'team.deleted', status: 'deleted', teamId: name, detail: { reason: reason ?? '' } }];
}
