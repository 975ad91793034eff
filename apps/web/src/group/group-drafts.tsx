import { Accordion, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { GroupPreviewView } from '../api/client';
import { CheckList } from '../display/check-list';
import { RiskMark } from '../display/marks';
import { Panel, Rows } from '../display/page';
import { Problem } from '../display/problem';
import { PreviewPanel } from '../preview/preview-panel';
import { ApprovalPanel, RiskPanel } from '../preview/verdicts';
import { groupPreviewQuery } from './group-queries';

/** Everything that a group will do: what is judged of all together, then each member's own preview in its order. */
export function GroupDrafts({ id }: { id: string }) {
  const { data: group, error, refetch } = useQuery(groupPreviewQuery(id));
  if (error) return <Problem error={error} what="The preview could not be shown" onRetry={() => void refetch()} />;
  return group ? <Drafts group={group} /> : <Rows count={6} />;
}

function Drafts({ group }: { group: GroupPreviewView }) {
  const { checks, risk, approval } = group.preview;
  return (
    <Stack gap="md">
      <div className="preview-grid">
        <Panel title={`Checks of all together (${checks.length})`} flush>
          <CheckList checks={checks} />
        </Panel>
        <Stack gap="md">
          <RiskPanel risk={risk} />
          <ApprovalPanel approval={approval} />
        </Stack>
      </div>
      <Panel title={`What will happen, one after the other (${group.releases.length})`} flush>
        <Accordion multiple defaultValue={[group.releases[0]!.release_id]} className="drafts" keepMounted={false}>
          {group.releases.map((release, index) => (
            <Accordion.Item key={release.release_id} value={release.release_id}>
              <Accordion.Control>
                <Group gap="sm">
                  <span className="member-ordinal">{index + 1}</span>
                  <Text fw={650} size="sm">
                    {release.service_name} {release.artifact_version}
                  </Text>
                  <Text size="sm" c="var(--quiet)">
                    {release.preview.actions.length} actions, {release.preview.diff.length} differences
                  </Text>
                  <RiskMark risk={release.preview.risk.level} plain />
                </Group>
              </Accordion.Control>
              <Accordion.Panel>
                <PreviewPanel preview={release} />
              </Accordion.Panel>
            </Accordion.Item>
          ))}
        </Accordion>
      </Panel>
    </Stack>
  );
}
