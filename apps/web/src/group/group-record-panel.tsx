import '../release/lifecycle.css';
import { useQueries, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { GroupView, Schemas } from '../api/client';
import { recordQuery } from '../api/queries';
import { moment, sentence, shortDigest } from '../display/format';
import { Rows } from '../display/page';
import { Problem } from '../display/problem';
import { artifactText, resultText, timesOf } from '../release/record-panel';
import { RecordBody, RecordFrame, RecordLink, TicketLink, whenText, type Fact } from '../release/record-parts';
import { groupTimelineQuery } from './group-queries';
import { groupRecord, type GroupRecord } from './group-record';
import { groupTitle } from './group-text';

/** What was deployed together, when, and why: as a whole and by service, with a permalink and an export. */
export function GroupRecordPanel({ group }: { group: GroupView }) {
  const timeline = useQuery(groupTimelineQuery(group.group_id));
  const records = useQueries({ queries: group.members.map(({ release_id: id }) => recordQuery(id)) });
  const failed = [timeline, ...records].find(({ error, data }) => error && !data);
  const services = records.flatMap(({ data }) => data ?? []);
  if (failed) return <Problem error={failed.error} what="There is no record of this group yet" onRetry={() => void failed.refetch()} />;
  if (!timeline.data || services.length < records.length) return <Rows />;
  const record = groupRecord(group, timeline.data, services);
  return (
    <RecordFrame name={`deployment-${group.group_id}`} path={`/groups/${group.group_id}?tab=record`} record={record}>
      <RecordBody facts={factsOf(record, groupTitle(group))} stages={record.stages} />
      {services.map((service) => (
        <section key={service.release_id} className="record-service" aria-label={`Record of ${service.service_name}`}>
          <h3>
            <Link to="/releases/$id" params={{ id: service.release_id }} search={{ tab: 'record' }} className="quiet-link">
              {service.service_name} {service.artifact_version}
            </Link>
          </h3>
          <RecordBody facts={serviceFacts(service)} stages={service.stages} />
        </section>
      ))}
    </RecordFrame>
  );
}

const factsOf = (record: GroupRecord, title: string): Fact[] => [
  ['What', title],
  ['Where', record.environment_name],
  ['When', whenText(record.stages, 'applying')],
  ['Why', record.reason ?? 'no reason was given'],
  ['By', `${record.requested_by} (${record.requested_by_type})`],
  ['Approved by', record.approved_by.join(', ') || (record.approval_required ? 'nobody yet' : 'policy, no ticket was needed')],
  ['Ticket', record.approval_ticket && <TicketLink id={record.approval_ticket} />],
  ['Preview', `${shortDigest(record.preview_ref)}, of ${moment(record.previewed_at)}`],
  ['Result', sentence(record.result)],
  ['Rolled back', record.rollback && rollbackText(record.rollback)],
  ...timesOf(record),
];

const rollbackText = ({ automatic, requested_by: by, reason }: NonNullable<GroupView['rollback']>): string =>
  `${automatic ? 'automatically' : `asked for by ${by}`}${reason ? `: ${reason}` : ''}`;

/** What a service has of its own; who, why and which ticket are the group's. */
const serviceFacts = (record: Schemas['DeploymentRecord']): Fact[] => [
  ['Artifact', artifactText(record)],
  ['Where', `${record.environment_name} / ${record.target_name}`],
  ['Change', record.change_id],
  ['Preview', shortDigest(record.preview_ref)],
  ['Result', resultText(record)],
  ['Rolled back to', record.rolled_back_to && <RecordLink id={record.rolled_back_to} />],
  ...timesOf(record),
];
