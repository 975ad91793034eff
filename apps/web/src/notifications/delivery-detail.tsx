import { Button, Group, Text } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { api, type Schemas } from '../api/client';
import { Copyable } from '../display/copyable';
import { duration } from '../display/format';
import { Rows } from '../display/page';
import { Problem } from '../display/problem';
import { Moment } from '../display/times';
import { ToneMark } from '../display/marks';
import { deliveryQuery } from './notification-queries';
import { useNoticeAct } from './use-notice-act';

/** What one delivery sent, and how each attempt went; it can be sent again under the same id. */
export function DeliveryDetail({ id }: { id: string }) {
  const { data, error, refetch } = useQuery(deliveryQuery(id));
  const again = useNoticeAct(
    async () => (await api.POST('/api/v1/notifications/deliveries/{id}/replay', { params: { path: { id } }, body: {} })).data!,
    () => 'It is sent again, under the same id',
  );
  if (error && !data) return <Problem error={error} onRetry={() => void refetch()} />;
  if (!data) return <Rows count={2} />;
  return (
    <div className="delivery-open">
      <Group gap="md" justify="space-between">
        <Copyable value={data.delivery_id} label="the delivery’s id" />
        <Button
          size="compact-xs"
          variant="default"
          leftSection={<IconRefresh size={13} aria-hidden />}
          loading={again.isPending}
          onClick={() => again.mutate(undefined)}
        >
          Send again
        </Button>
      </Group>
      {again.error && <Problem error={again.error} what="It was not sent again" />}
      <Attempts history={data.history} />
      {data.body === null ? (
        <Text size="sm">What is sent is about something that you may not read.</Text>
      ) : (
        <pre className="delivery-body" tabIndex={0} aria-label="What is sent">
          {pretty(data.body)}
        </pre>
      )}
    </div>
  );
}

/** The latest attempt first: when, what was answered, how long that took. */
function Attempts({ history }: { history: Schemas['DeliveryDetail']['history'] }) {
  if (history.length === 0) return <Text size="sm">Not tried yet.</Text>;
  return (
    <table className="settings-table" aria-label="Attempts">
      <thead>
        <tr>
          <th scope="col">Attempt</th>
          <th scope="col">Answer</th>
          <th scope="col">Took</th>
        </tr>
      </thead>
      <tbody>
        {history.map(({ at, outcome, response_status: status, duration_ms: ms, response_excerpt: said, error }) => (
          <tr key={at}>
            <td data-label="Attempt">
              <Moment at={at} />
            </td>
            <td data-label="Answer">
              <div>
                <ToneMark tone={outcome === 'succeeded' ? 'ok' : 'bad'} plain>
                  {status ?? 'no answer'}
                </ToneMark>{' '}
                <span className="quiet">{said || error}</span>
              </div>
            </td>
            <td className="numbers" data-label="Took">
              {duration(ms)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** JSON is shown with its lines; anything else as it is. */
function pretty(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}
