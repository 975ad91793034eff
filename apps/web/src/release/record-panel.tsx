import { useQuery } from '@tanstack/react-query';
import type { Schemas } from '../api/client';
import { recordQuery } from '../api/queries';
import { duration, sentence, shortDigest } from '../display/format';
import { Rows } from '../display/page';
import { Problem } from '../display/problem';
import { RecordBody, RecordFrame } from './record-parts';

/** What was deployed, when, and why, by whom, approved by whom: one page with a permalink and an export. */
export function RecordPanel({ id }: { id: string }) {
  const { data: record, error, refetch } = useQuery(recordQuery(id));
  if (error) return <Problem error={error} what="There is no record of this release yet" onRetry={() => void refetch()} />;
  if (!record) return <Rows />;
  return (
    <RecordFrame name={`deployment-${id}`} path={`/releases/${id}?tab=record`} record={record}>
      <RecordBody facts={factsOf(record)} stages={record.stages} />
    </RecordFrame>
  );
}

const factsOf = (record: Schemas['DeploymentRecord']): [string, string | null][] => [
  ['What', `${record.service_name} ${record.artifact_version}`],
  ['Artifact', artifactText(record)],
  ['Where', `${record.environment_name} / ${record.target_name}`],
  ['Why', record.reason ?? 'no reason was given'],
  ['Change', record.change_id],
  ['By', `${record.requested_by} (${record.requested_by_type})`],
  ['Approved by', record.approved_by.join(', ') || 'policy, no ticket was needed'],
  ['Ticket', record.approval_ticket],
  ['Preview', shortDigest(record.preview_ref)],
  ['Result', resultText(record)],
  ['Rolled back to', record.rolled_back_to],
  ...timesOf(record),
];

export const artifactText = (record: Schemas['DeploymentRecord']): string =>
  `${record.service_name} ${record.artifact_version} = ${shortDigest(record.artifact_digest)}`;

export const resultText = ({ result, outcome }: Pick<Schemas['DeploymentRecord'], 'result' | 'outcome'>): string =>
  sentence(result) + (outcome ? ` (${outcome})` : '');

/** Waiting apart from working. */
export const timesOf = (record: { waiting_ms: number | null; deploying_ms: number | null }): [string, string | null][] => [
  ['Waiting', record.waiting_ms === null ? null : duration(record.waiting_ms)],
  ['Deploying', record.deploying_ms === null ? null : duration(record.deploying_ms)],
];
