import { useQuery } from '@tanstack/react-query';
import type { Schemas } from '../api/client';
import { recordQuery } from '../api/queries';
import { duration, sentence, shortDigest } from '../display/format';
import { Rows } from '../display/page';
import { Problem } from '../display/problem';
import { RecordBody, RecordFrame, RecordLink, TicketLink, whenText, type Fact } from './record-parts';

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

const factsOf = (record: Schemas['DeploymentRecord']): Fact[] => [
  ['What', `${record.service_name} ${record.artifact_version}`],
  ['Artifact', artifactText(record)],
  ['Where', `${record.environment_name} / ${record.target_name}`],
  ['When', whenText(record.stages, 'deploy')],
  ['Why', record.reason ?? 'no reason was given'],
  ['Change', record.change_id],
  ['By', `${record.requested_by} (${record.requested_by_type})`],
  ['Approved by', approvedText(record)],
  ['Ticket', record.approval_ticket && <TicketLink id={record.approval_ticket} />],
  ['Preview', shortDigest(record.preview_ref)],
  ['Result', resultText(record)],
  ['Rolled back to', record.rolled_back_to && <RecordLink id={record.rolled_back_to} />],
  ...timesOf(record),
];

/** Who approved it: people, or the policy by itself; nobody where it never came to that. */
function approvedText({ approved_by: people, stages }: Schemas['DeploymentRecord']): string {
  if (people.length > 0) return people.join(', ');
  return stages.some(({ stage }) => stage === 'release') ? 'policy, no ticket was needed' : 'nobody';
}

export const artifactText = (record: Schemas['DeploymentRecord']): string =>
  `${record.service_name} ${record.artifact_version} = ${shortDigest(record.artifact_digest)}`;

export const resultText = ({ result, outcome }: Pick<Schemas['DeploymentRecord'], 'result' | 'outcome'>): string =>
  sentence(result) + (outcome ? ` (${outcome})` : '');

/** Waiting apart from working. */
export const timesOf = (record: { waiting_ms: number | null; deploying_ms: number | null }): [string, string | null][] => [
  ['Waiting', record.waiting_ms === null ? null : duration(record.waiting_ms)],
  ['Deploying', record.deploying_ms === null ? null : duration(record.deploying_ms)],
];
