import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { releaseQuery } from '../api/queries';
import { useProject } from '../app/project';
import type { DeploySearch } from '../app/router';
import { NoProject } from '../catalogue/no-project';
import { Page } from '../display/page';
import { Problem } from '../display/problem';
import { ChooseStep } from './choose-step';
import { ConfirmStep } from './confirm-step';
import { DeployStepper } from './deploy-stepper';
import { stepOf } from './draft-input';
import { FollowStep } from './follow-step';
import { PreviewStep } from './preview-step';

const GroupSteps = lazy(() => import('../group/group-steps'));

/** Choose, preview, confirm, follow. The address holds where one is, so that a reload changes nothing. */
export function DeployView() {
  const search = useSearch({ from: '/inside/deploy' });
  const project = useProject();
  return (
    <Page title="Deploy" lead="Nothing runs before you have seen exactly what will.">
      {project === undefined ? (
        <NoProject />
      ) : search.group !== undefined ? (
        <Suspense fallback={<Skeleton height={240} />}>
          <GroupSteps id={search.group} step={search.step ?? 'preview'} />
        </Suspense>
      ) : search.release === undefined ? (
        <>
          <DeployStepper at="choose" />
          <ChooseStep project={project} search={search} />
        </>
      ) : (
        <WithRelease id={search.release} step={search.step ?? 'preview'} />
      )}
    </Page>
  );
}

function WithRelease({ id, step }: { id: string; step: NonNullable<DeploySearch['step']> }) {
  const { data: release, error, refetch } = useQuery(releaseQuery(id));
  const navigate = useNavigate({ from: '/deploy' });
  const go = (next: DeploySearch['step'], release = id): void =>
    void navigate({ search: ({ project }) => ({ project, release, step: next }) });
  if (error && !release) return <Problem error={error} what="The preview could not be shown" onRetry={() => void refetch()} />;
  const at = release ? stepOf(release, step) : step;
  return (
    <>
      <DeployStepper at={at} />
      {!release ? (
        <Skeleton height={240} />
      ) : at === 'follow' ? (
        <FollowStep release={release} />
      ) : at === 'confirm' ? (
        <ConfirmStep release={release} go={go} />
      ) : (
        <PreviewStep release={release} go={go} />
      )}
    </>
  );
}
