import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Actor } from '../display/marks';
import { Panel, Rows } from '../display/page';
import { Problem } from '../display/problem';
import { Moment } from '../display/times';
import { intentsQuery } from './ask-queries';
import { conversationsOf } from './said';

/** Conversations of the project, everybody's: what was asked is a fact like any other. */
export function EarlierPanel({ project, current }: { project: string; current: string | undefined }) {
  const { data, error, refetch } = useQuery(intentsQuery(project));
  return (
    <Panel title="Earlier" flush>
      {error && !data ? (
        <Problem error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <Rows count={3} />
      ) : data.length === 0 ? (
        <Text size="sm" c="var(--quiet)" p="md">
          Conversations are kept here, with who asked.
        </Text>
      ) : (
        <ul className="ask-earlier">
          {conversationsOf(data).map(({ id, title, askedBy, askedByType, at }) => (
            <li key={id}>
              <Link to="/ask" search={{ project, conversation: id }} aria-current={id === current ? 'page' : undefined}>
                {title}
              </Link>
              <Text size="xs" c="var(--quiet)" component="div">
                <Actor id={askedBy} type={askedByType} /> <Moment at={at} relative />
              </Text>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
