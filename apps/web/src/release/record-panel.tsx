import { Button, Group, Stack } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { Schemas } from '../api/client';
import { recordQuery } from '../api/queries';
import { Copyable } from '../display/copyable';
import { download } from '../display/download';
import { duration, moment, sentence, shortDigest } from '../display/format';
import { Panel, Rows } from '../display/page';
import { Problem } from '../display/problem';

/** What was deployed, when, and why, by whom, approved by whom: one page with a permalink and an export. */
export function RecordPanel({ id }: { id: string }) {
  const { data: record, error, refetch } = useQuery(recordQuery(id));
  const permalink = `${window.location.origin}/releases/${id}?tab=record`;
  if (error) return <Problem error={error} what="There is no record of this release yet" onRetry={() => void refetch()} />;
  if (!record) return <Rows />;
  return (
    <Panel
      title="Deployment record"
      aside={
        <Group gap="xs">
          <Copyable value={permalink} label="permalink" shown="permalink" />
          <Button
            size="compact-xs"
            variant="default"
            leftSection={<IconDownload size={13} aria-hidden />}
            onClick={() => download(`deployment-${id}.json`, 'application/json', JSON.stringify(record, null, 2))}
          >
            Export JSON
          </Button>
        </Group>
      }
    >
      <div className="record">
        <dl className="facts">{facts(record).map(([name, value]) => fact(name, value))}</dl>
        <Stack gap={6} component="ol" className="record-stages">
          {record.stages.map(({ stage, at }) => (
            <li key={`${stage}${at}`}>
              <span>{sentence(stage)}</span>
              <time dateTime={at} className="numbers quiet">
                {moment(at)}
              </time>
            </li>
          ))}
        </Stack>
      </div>
    </Panel>
  );
}

const fact = (name: string, value: string | null) =>
  value === null || value === '' ? null : (
    <div key={name} style={{ display: 'contents' }}>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );

const facts = (record: Schemas['DeploymentRecord']): [string, string | null][] => [
  ['What', `${record.service_name} ${record.artifact_version}`],
  ['Artifact', `${record.service_name} ${record.artifact_version} = ${shortDigest(record.artifact_digest)}`],
  ['Where', `${record.environment_name} / ${record.target_name}`],
  ['Why', record.reason ?? 'no reason was given'],
  ['Change', record.change_id],
  ['By', `${record.requested_by} (${record.requested_by_type})`],
  ['Approved by', record.approved_by.join(', ') || 'policy, no ticket was needed'],
  ['Ticket', record.approval_ticket],
  ['Preview', shortDigest(record.preview_ref)],
  ['Result', sentence(record.result) + (record.outcome ? ` (${record.outcome})` : '')],
  ['Rolled back to', record.rolled_back_to],
  ['Waiting', record.waiting_ms === null ? null : duration(record.waiting_ms)],
  ['Deploying', record.deploying_ms === null ? null : duration(record.deploying_ms)],
];
