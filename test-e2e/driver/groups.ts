import type { Schemas } from '@slipway/api-client';
import type { Actor } from '@slipway/platform-driver';
import { eventually } from '@slipway/testing';

export type GroupView = Schemas['GroupView'];

const ENDED: readonly GroupView['status'][] = ['applied', 'rolled_back', 'rollback_failed'];

/** Previews the members as one release group and applies what the preview shows. */
export async function startGroup({ api }: Actor, environment: string, members: Schemas['PreviewGroup']['members']): Promise<GroupView> {
  const preview = (await api.POST('/api/v1/deploy/groups/preview', { params: {}, body: { project: 'demo', environment, members } })).data!;
  const params = { path: { id: preview.group_id } };
  return (await api.POST('/api/v1/deploy/groups/{id}/apply', { params, body: { preview_ref: preview.preview_ref } })).data!;
}

/** Polls until the group has ended, applied or taken back: one that failed is on its way back. */
export const untilGroupEnded = ({ api }: Actor, { group_id: id }: GroupView, timeoutMs = 90_000): Promise<GroupView> =>
  eventually(
    async () => {
      const { data } = await api.GET('/api/v1/deploy/groups/{id}', { params: { path: { id } } });
      return ENDED.includes(data!.status) && data!;
    },
    { timeoutMs, intervalMs: 200 },
  );
