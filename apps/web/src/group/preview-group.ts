import { useMutation, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { api, type EnvironmentView, type GroupPreviewView, type Schemas } from '../api/client';
import { releaseQuery, slotsQuery } from '../api/queries';
import { variablesOf, type VariableInput } from '../deploy/draft-input';
import type { Strategy } from '../deploy/strategy-field';
import { groupAgain, type MemberInput } from './group-input';
import { groupPreviewQuery } from './group-queries';

interface Chosen {
  environment: EnvironmentView;
  services: readonly Schemas['ServiceView'][];
  targets: readonly Schemas['TargetView'][];
  members: readonly MemberInput[];
  strategy: Strategy['value'];
  reason: string;
}

const send = async (body: Schemas['PreviewGroup']): Promise<GroupPreviewView> =>
  (await api.POST('/api/v1/deploy/groups/preview', { params: {}, body })).data!;

/** Makes the drafts of all members; a member whose variables nobody wrote keeps those that run now. */
export function usePreviewGroup(project: string, onPreviewed: (group: string) => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async ({ environment, services, targets, members, strategy, reason }: Chosen) => {
      const resolved = members.map(async ({ service: name, artifact, target: place, variables }) => {
        const service = services.find((one) => one.name === name)!.service_id;
        const target = targets.find((one) => one.name === place)!.target_id;
        const kept = variables ?? (await variablesNow(queries, project, service, target));
        return { service, target, artifact: artifact!, strategy, variables: kept };
      });
      const body = { project, environment: environment.environment_id, members: await Promise.all(resolved) };
      return send({ ...body, ...(reason === '' ? {} : { reason }) });
    },
    onSuccess: (preview) => {
      queries.setQueryData(groupPreviewQuery(preview.group_id).queryKey, preview);
      onPreviewed(preview.group_id);
    },
  });
}

async function variablesNow(
  queries: QueryClient,
  project: string,
  service: string,
  target: string,
): Promise<Record<string, VariableInput>> {
  const slots = await queries.ensureQueryData(slotsQuery(project));
  const slot = slots.find((one) => one.service_id === service && one.target_id === target);
  return slot?.release_id ? variablesOf(await queries.ensureQueryData(releaseQuery(slot.release_id))) : {};
}

/** Makes the same group draft again, on what is true now, and goes on with it. */
export function usePreviewGroupAgain(group: string, onPreviewed: (group: string) => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async () => send(groupAgain(await queries.ensureQueryData(groupPreviewQuery(group)))),
    onSuccess: (preview) => {
      queries.setQueryData(groupPreviewQuery(preview.group_id).queryKey, preview);
      onPreviewed(preview.group_id);
    },
  });
}
