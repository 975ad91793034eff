import { Button, Text } from '@mantine/core';
import { IconPlugConnected, IconPlugConnectedX } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { api, type Schemas, type TargetView } from '../api/client';
import { CheckList } from '../display/check-list';
import { ToneMark } from '../display/marks';
import { Problem } from '../display/problem';
import { Moment } from '../display/times';

/** Tries the connection of a target, on demand: what is missing, and how to fix it. */
export function TargetReport({ target }: { target: TargetView }) {
  const trying = useMutation({
    mutationFn: async () => (await api.GET('/api/v1/deploy/targets/{id}/report', { params: { path: { id: target.target_id } } })).data!,
  });
  const report = trying.data ?? target.report;
  return (
    <>
      <div className="slot-tools">
        <Button size="compact-xs" variant="default" loading={trying.isPending} onClick={() => trying.mutate()}>
          Try the connection
        </Button>
        {report && <ReportMark report={report} />}
      </div>
      {trying.error && <Problem error={trying.error} what="The target could not be tried" />}
      {report && <CheckList checks={report.checks} />}
    </>
  );
}

const ReportMark = ({ report }: { report: Schemas['ConnectionReportView'] }) => (
  <>
    <ToneMark tone={report.ok ? 'ok' : 'bad'} icon={report.ok ? IconPlugConnected : IconPlugConnectedX}>
      {report.ok ? 'reachable' : 'not ready'}
    </ToneMark>
    <Text size="xs" c="var(--quiet)" component="span">
      tried <Moment at={report.checked_at} relative />
      {Object.entries(report.versions).map(([name, version]) => ` · ${name} ${version}`)}
    </Text>
  </>
);
