import { Skeleton, Stepper } from '@mantine/core';
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
import './deploy.css';
import { FollowStep } from './follow-step';
import { PreviewStep } from './preview-step';

const GroupSteps = lazy(() => import('../group/group-steps'));

const STEPS = ['choose', 'preview', 'confirm', 'follow'] as const;

/** Choose, preview, confirm, follow. The address holds where one is, so that a reload changes nothing. */
export function DeployView() {
  const search = useSearch({ from: '/inside/deploy' });
  const project = useProject();
  const at = search.release === undefined && search.group === undefined ? 'choose' : (search.step ?? 'preview');
  return (
    <Page title="Deploy" lead="Nothing runs before you have seen exactly what will.">
      <Stepper
        active={STEPS.indexOf(at)}
        size="xs"
        iconSize={28}
        allowNextStepsSelect={false}
        className="deploy-stepper"
        aria-label="Steps of a deployment"
      >
        <Stepper.Step label="Choose" description="what goes where" allowStepSelect={false} />
        <Stepper.Step label="Preview" description="what will happen" allowStepSelect={false} />
        <Stepper.Step label="Confirm" description="that it shall" allowStepSelect={false} />
        <Stepper.Step label="Follow" description="how it goes" allowStepSelect={false} />
      </Stepper>
      {project === undefined ? (
        <NoProject />
      ) : search.group !== undefined ? (
        <Suspense fallback={<Skeleton height={240} />}>
          <GroupSteps id={search.group} step={search.step ?? 'preview'} />
        </Suspense>
      ) : search.release === undefined ? (
        <ChooseStep project={project} search={search} />
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
  if (!release) return <Skeleton height={240} />;
  const started = release.status !== 'previewed' && release.status !== 'expired' && release.status !== 'superseded';
  if (started || step === 'follow') return <FollowStep release={release} />;
  return step === 'confirm' ? <ConfirmStep release={release} go={go} /> : <PreviewStep release={release} go={go} />;
}
