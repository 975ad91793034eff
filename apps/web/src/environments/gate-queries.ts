import { queryOptions } from '@tanstack/react-query';
import { api, type Schemas } from '../api/client';

export type GateView = Schemas['GateView'];
export type FreezeWindow = Schemas['FreezeWindow'];
export type GateScope = GateView['scope'];

/** Whether an environment is closed, why, and when it opens; the clock alone can change the answer. */
export const gateQuery = (environment: string) =>
  queryOptions({
    queryKey: ['gate', environment],
    queryFn: async () => (await api.GET('/api/v1/environments/{id}/freeze', { params: { path: { id: environment } } })).data!,
    refetchInterval: 60_000,
  });

/** Which gate an act is on. */
export interface GatePlace {
  readonly scope: GateScope;
  readonly project: string;
  readonly environment: string;
}

const idOf = ({ scope, project, environment }: GatePlace): string => (scope === 'project' ? project : environment);

/** Sets the window of this name, or makes it another. @throws ApiError */
export function setWindow(place: GatePlace, body: Schemas['SetWindow']) {
  const request = { params: { path: { id: idOf(place) } }, body };
  if (place.scope === 'platform') return api.PUT('/api/v1/platform/freeze/windows', { params: {}, body });
  return place.scope === 'project'
    ? api.PUT('/api/v1/projects/{id}/freeze/windows', request)
    : api.PUT('/api/v1/environments/{id}/freeze/windows', request);
}

/** @throws ApiError */
export function removeWindow(place: GatePlace, name: string, reason: string) {
  const query = reason ? { reason } : {};
  const params = { path: { id: idOf(place), name }, query };
  if (place.scope === 'platform') return api.DELETE('/api/v1/platform/freeze/windows/{name}', { params: { path: { name }, query } });
  return place.scope === 'project'
    ? api.DELETE('/api/v1/projects/{id}/freeze/windows/{name}', { params })
    : api.DELETE('/api/v1/environments/{id}/freeze/windows/{name}', { params });
}

/** @throws ApiError */
export function stopLine(place: GatePlace, reason: string) {
  const request = { params: { path: { id: idOf(place) } }, body: { reason } };
  if (place.scope === 'platform') return api.POST('/api/v1/platform/stop-line', { params: {}, body: { reason } });
  return place.scope === 'project'
    ? api.POST('/api/v1/projects/{id}/stop-line', request)
    : api.POST('/api/v1/environments/{id}/stop-line', request);
}

/** @throws ApiError */
export function resumeLine(place: GatePlace, reason: string) {
  const body = reason ? { reason } : {};
  const request = { params: { path: { id: idOf(place) } }, body };
  if (place.scope === 'platform') return api.POST('/api/v1/platform/resume-line', { params: {}, body });
  return place.scope === 'project'
    ? api.POST('/api/v1/projects/{id}/resume-line', request)
    : api.POST('/api/v1/environments/{id}/resume-line', request);
}
