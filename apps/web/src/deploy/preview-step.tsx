import { Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReleaseView } from '../api/client';
import { previewQuery } from '../api/queries';
import type { DeploySearch } from '../app/router';
import { Rows } from '../display/page';
import { Problem } from '../display/problem';
import { PreviewPanel } from '../preview/preview-panel';
import { DraftHead } from './draft-head';
import { choiceOf } from './draft-input';
import { PreviewFoot } from './preview-foot';
import { usePreviewAgain } from './preview-again';
import { StaleAlert, useIsStale } from './stale';

export interface StepProps {
  release: ReleaseView;
  go: (step: DeploySearch['step'], release?: string) => void;
}

export function PreviewStep({ release, go }: StepProps) {
  const { data: preview, error, refetch } = useQuery(previewQuery(release.release_id));
  const stale = useIsStale(release);
  const again = usePreviewAgain(release, (id) => go('preview', id));
  const failed = preview?.preview.checks.filter(({ result }) => result === 'fail') ?? [];
  return (
    <Stack gap="md">
      <DraftHead release={release} />
      {stale && <StaleAlert draft={release} again={again} />}
      {again.error && <Problem error={again.error} what="There is no preview of this" />}
      {error ? (
        <Problem error={error} what="The preview could not be shown" onRetry={() => void refetch()} />
      ) : preview ? (
        <PreviewPanel preview={preview} />
      ) : (
        <Rows count={6} />
      )}
      <PreviewFoot
        choice={choiceOf(release)}
        ready={!stale && preview !== undefined}
        failed={failed.map(({ message }) => message)}
        onContinue={() => go('confirm')}
      />
    </Stack>
  );
}
