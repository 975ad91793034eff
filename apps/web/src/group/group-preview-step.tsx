import { Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { GroupPreviewView, GroupView } from '../api/client';
import type { DeploySearch } from '../app/router';
import { variablesOf } from '../deploy/draft-input';
import { PreviewFoot } from '../deploy/preview-foot';
import { StaleAlert, useIsStale } from '../deploy/stale';
import { Problem } from '../display/problem';
import { GroupDrafts } from './group-drafts';
import { GroupHead } from './group-head';
import { groupPreviewQuery } from './group-queries';
import { usePreviewGroupAgain } from './preview-group';

export interface GroupStepProps {
  group: GroupView;
  go: (step: DeploySearch['step'], group?: string) => void;
}

const failedChecks = ({ preview, releases }: GroupPreviewView): string[] =>
  [preview, ...releases.map((release) => release.preview)]
    .flatMap(({ checks }) => checks.filter(({ result }) => result === 'fail'))
    .map(({ message }) => message);

/** The choice that led to this draft, as the address keeps it. */
const choiceOf = (group: GroupPreviewView): DeploySearch => ({
  environment: group.environment_name,
  reason: group.reason ?? undefined,
  strategy: group.releases[0]?.strategy.type,
  members: JSON.stringify(
    group.releases.map((release) => ({
      service: release.service_name,
      artifact: release.artifact_version,
      target: release.target_name,
      variables: variablesOf(release),
    })),
  ),
});

export function GroupPreviewStep({ group, go }: GroupStepProps) {
  const { data: preview } = useQuery(groupPreviewQuery(group.group_id));
  const stale = useIsStale(group);
  const again = usePreviewGroupAgain(group.group_id, (id) => go('preview', id));
  const failed = preview ? failedChecks(preview) : [];
  return (
    <Stack gap="md">
      <GroupHead group={group} />
      {stale && <StaleAlert draft={group} again={again} />}
      {again.error && <Problem error={again.error} what="There is no preview of this" />}
      <GroupDrafts id={group.group_id} />
      <PreviewFoot
        choice={preview ? choiceOf(preview) : {}}
        ready={!stale && preview !== undefined}
        failed={failed}
        onContinue={() => go('confirm')}
      />
    </Stack>
  );
}
