import { useQuery } from '@tanstack/react-query';
import { releaseQuery, slotsQuery } from '../api/queries';
import { variablesOf } from './draft-input';

/** What of the service runs at the target now. */
export function useRunning(project: string, service: string | undefined, target: string | undefined) {
  const { data: slots } = useQuery({ ...slotsQuery(project), enabled: service !== undefined && target !== undefined });
  const slot = slots?.find((candidate) => candidate.service_id === service && candidate.target_id === target);
  const { data: release } = useQuery({ ...releaseQuery(slot?.release_id ?? ''), enabled: Boolean(slot?.release_id) });
  return { version: slot?.artifact_version ?? undefined, variables: release ? variablesOf(release) : {} };
}
