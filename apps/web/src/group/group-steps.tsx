import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { DeploySearch } from '../app/router';
import { DeployStepper } from '../deploy/deploy-stepper';
import { stepOf } from '../deploy/draft-input';
import { Problem } from '../display/problem';
import { GroupConfirmStep } from './group-confirm-step';
import { GroupFollowStep } from './group-follow-step';
import { GroupPreviewStep } from './group-preview-step';
import { groupQuery } from './group-queries';

/** A group's way through the deploy flow, after it was chosen. */
export default function GroupSteps({ id, step }: { id: string; step: NonNullable<DeploySearch['step']> }) {
  const { data: group, error, refetch } = useQuery(groupQuery(id));
  const navigate = useNavigate({ from: '/deploy' });
  const go = (next: DeploySearch['step'], group = id): void => void navigate({ search: ({ project }) => ({ project, group, step: next }) });
  if (error && !group) return <Problem error={error} what="The preview could not be shown" onRetry={() => void refetch()} />;
  const at = group ? stepOf(group, step) : step;
  return (
    <>
      <DeployStepper at={at} />
      {!group ? (
        <Skeleton height={240} />
      ) : at === 'follow' ? (
        <GroupFollowStep group={group} />
      ) : at === 'confirm' ? (
        <GroupConfirmStep group={group} go={go} />
      ) : (
        <GroupPreviewStep group={group} go={go} />
      )}
    </>
  );
}
