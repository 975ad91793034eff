import './lifecycle.css';
import { Stack, Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import type { ReleaseView as Release } from '../api/client';
import { previewQuery, releaseQuery, timelineQuery } from '../api/queries';
import { StatusMark } from '../display/marks';
import { Page, Panel, Rows } from '../display/page';
import { Problem } from '../display/problem';
import { PreviewPanel } from '../preview/preview-panel';
import { TicketPanel } from '../ticket/ticket-panel';
import { DiagnosticsPanel } from './diagnostics-panel';
import { LifecycleStepper } from './lifecycle-stepper';
import { RecordPanel } from './record-panel';
import { ReleaseActions } from './release-actions';
import { ReleaseFacts } from './release-facts';
import { ReleaseProgress } from './release-progress';
import { RollbackPanel } from './rollback-panel';
import { TimelinePanel } from './timeline-panel';
import { WaitNotice } from './wait-notice';

const TABS = ['progress', 'preview', 'record'] as const;

export function ReleaseView() {
  const { id } = useParams({ from: '/inside/releases/$id' });
  const { data: release, error, refetch } = useQuery(releaseQuery(id));
  if (error && !release)
    return (
      <Page title="Release">
        <Problem error={error} what="The release could not be shown" onRetry={() => void refetch()} />
      </Page>
    );
  if (!release) return <Rows count={6} />;
  return (
    <Page
      title={`${release.service_name} ${release.artifact_version}`}
      mark={<StatusMark release={release} />}
      lead={`to ${release.environment_name} / ${release.target_name}`}
      actions={<ReleaseActions release={release} />}
    >
      <Panel>
        <LifecycleStepper release={release} />
      </Panel>
      <ReleaseTabs release={release} />
    </Page>
  );
}

function ReleaseTabs({ release }: { release: Release }) {
  const { tab } = useSearch({ from: '/inside/releases/$id' });
  const navigate = useNavigate({ from: '/releases/$id' });
  const current = TABS.find((name) => name === tab) ?? 'progress';
  return (
    <Tabs
      value={current}
      onChange={(value) =>
        void navigate({ search: (before) => ({ ...before, tab: value === 'progress' ? undefined : (value ?? undefined) }), replace: true })
      }
      keepMounted={false}
    >
      <Tabs.List mb="md">
        <Tabs.Tab value="progress">Progress</Tabs.Tab>
        <Tabs.Tab value="preview">Preview</Tabs.Tab>
        <Tabs.Tab value="record">Record</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="progress">
        <ReleaseFollow release={release} />
      </Tabs.Panel>
      <Tabs.Panel value="preview">
        <ReleaseDraft id={release.release_id} />
      </Tabs.Panel>
      <Tabs.Panel value="record">
        <RecordPanel id={release.release_id} />
      </Tabs.Panel>
    </Tabs>
  );
}

/** Where a release is and how it got there: the body of its page, and the last step of the deploy flow. */
export function ReleaseFollow({ release }: { release: Release }) {
  const { data: entries, error, refetch } = useQuery(timelineQuery(release.release_id));
  return (
    <div className="release-grid">
      <Stack gap="md" miw={0} className="release-main">
        {error && !entries ? (
          <Problem error={error} what="The timeline could not be read" onRetry={() => void refetch()} />
        ) : entries ? (
          <>
            <WaitNotice release={release} entries={entries} />
            <ReleaseProgress release={release} entries={entries} />
            <TimelinePanel entries={entries} />
          </>
        ) : (
          <Rows count={6} />
        )}
      </Stack>
      <Stack gap="md" miw={0} className="release-first">
        <DiagnosticsPanel release={release} />
        {release.approval_ticket && <TicketPanel id={release.approval_ticket} />}
        {release.rollback && <RollbackPanel rollback={release.rollback} />}
      </Stack>
      <div className="release-facts">
        <ReleaseFacts release={release} />
      </div>
    </div>
  );
}

function ReleaseDraft({ id }: { id: string }) {
  const { data, error, refetch } = useQuery(previewQuery(id));
  if (error) return <Problem error={error} what="The preview could not be shown" onRetry={() => void refetch()} />;
  return data ? <PreviewPanel preview={data} /> : <Rows />;
}
