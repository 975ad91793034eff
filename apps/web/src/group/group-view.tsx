import { Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import type { GroupView as Group } from '../api/client';
import { StatusMark } from '../display/marks';
import { Page, Panel, Rows } from '../display/page';
import { Problem } from '../display/problem';
import { LifecycleStepper } from '../release/lifecycle-stepper';
import { GroupActions } from './group-actions';
import { GroupDrafts } from './group-drafts';
import { GroupFollow } from './group-follow';
import { groupQuery } from './group-queries';
import { GroupRecordPanel } from './group-record-panel';
import { asTravelled, groupTitle } from './group-text';

const TABS = ['progress', 'preview', 'record'] as const;

/** Several services that were released as one. */
export function GroupView() {
  const { id } = useParams({ from: '/inside/groups/$id' });
  const { data: group, error, refetch } = useQuery(groupQuery(id));
  if (error && !group)
    return (
      <Page title="Group">
        <Problem error={error} what="The group could not be shown" onRetry={() => void refetch()} />
      </Page>
    );
  if (!group) return <Rows count={6} />;
  return (
    <Page
      title={groupTitle(group)}
      mark={<StatusMark release={{ status: group.status, paused: false }} />}
      lead={`as one to ${group.environment_name}`}
      actions={<GroupActions group={group} />}
    >
      <Panel>
        <LifecycleStepper release={asTravelled(group)} />
      </Panel>
      <GroupTabs group={group} />
    </Page>
  );
}

function GroupTabs({ group }: { group: Group }) {
  const { tab } = useSearch({ from: '/inside/groups/$id' });
  const navigate = useNavigate({ from: '/groups/$id' });
  return (
    <Tabs
      value={TABS.find((name) => name === tab) ?? 'progress'}
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
        <GroupFollow group={group} />
      </Tabs.Panel>
      <Tabs.Panel value="preview">
        <GroupDrafts id={group.group_id} />
      </Tabs.Panel>
      <Tabs.Panel value="record">
        <GroupRecordPanel group={group} />
      </Tabs.Panel>
    </Tabs>
  );
}
