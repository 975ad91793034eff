import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api } from '../api/client';
import { ToneMark } from '../display/marks';
import { Rows } from '../display/page';
import { Problem } from '../display/problem';
import { Moment } from '../display/times';

/** Why a slot is as it is, asked of its target now: states, exit codes, events, last lines. */
export function SlotDiagnosis({ id }: { id: string }) {
  const { data, error, refetch } = useQuery({
    queryKey: ['slot-diagnosis', id],
    queryFn: async () => (await api.GET('/api/v1/deploy/slots/{id}/diagnosis', { params: { path: { id } } })).data!,
    staleTime: 0,
  });
  if (error && !data) return <Problem error={error} what="The target could not be asked" onRetry={() => void refetch()} />;
  if (!data) return <Rows count={2} />;
  return (
    <div className="diagnosis">
      <Text size="sm" fw={600} mt="xs">
        {data.summary}
      </Text>
      {data.replicas.map((replica) => (
        <section key={replica.name}>
          <div className="row-head">
            <b>{replica.name}</b>
            <ToneMark tone={replica.ready ? 'ok' : 'bad'} plain>
              {replica.state}
              {replica.reason ? `, ${replica.reason}` : ''}
              {replica.exit_code === null ? '' : `, exit code ${replica.exit_code}`}
              {replica.oom_killed ? ', out of memory' : ''}
            </ToneMark>
            <span className="quiet">{replica.restarts} restarts</span>
          </div>
          {replica.failing_probe && <Text size="sm">{replica.failing_probe}</Text>}
          {replica.message && <Text size="sm">{replica.message}</Text>}
          {replica.last_lines.length > 0 && (
            <pre className="raw" tabIndex={0} aria-label={`Last lines of ${replica.name}`}>
              {replica.last_lines.join('\n')}
            </pre>
          )}
        </section>
      ))}
      {data.events.length > 0 && (
        <ul className="diagnosis-events" aria-label="Events of the target">
          {data.events.map(({ at, severity, subject, reason, message, count }) => (
            <li key={`${at}${subject}${reason}`}>
              <ToneMark tone={severity === 'warning' ? 'wait' : 'neutral'} plain>
                {reason}
              </ToneMark>{' '}
              {subject}: {message} {count > 1 && `(${count} times)`} {at && <Moment at={at} relative />}
            </li>
          ))}
        </ul>
      )}
      <Text size="xs" c="var(--quiet)">
        Asked of the target <Moment at={data.diagnosed_at} relative />. What workloads wrote is shown as it is.
      </Text>
    </div>
  );
}
