import { Drawer, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Fragment, type ReactNode } from 'react';
import type { AuditEvent } from '../api/client';
import { environmentsQuery } from '../api/queries';
import { Copyable } from '../display/copyable';
import { useFocusGivenBack } from '../display/focus-given-back';
import { Actor } from '../display/marks';
import { Panel } from '../display/page';
import { Moment } from '../display/times';
import { Resource } from './resource';

/** One fact, whole: who, what, where, when, what it followed from, and its details as they are in the log. */
export function FactDrawer({ event, onClose }: { event: AuditEvent; onClose: () => void }) {
  useFocusGivenBack();
  return (
    <Drawer opened onClose={onClose} position="right" size="min(720px, 100vw)" title={<Text fw={650}>{event.summary}</Text>}>
      <Stack gap="md">
        <dl className="facts">
          {factsOf(event).map(([name, value]) => (
            <Fragment key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </Fragment>
          ))}
        </dl>
        <Panel title="Details">
          <pre className="raw" tabIndex={0} aria-label="Details of the fact">
            {JSON.stringify(event.detail, null, 2)}
          </pre>
        </Panel>
      </Stack>
    </Drawer>
  );
}

/** Of nothing in particular, by the log's convention. */
const NOWHERE = ['', '_'];

/** The place of a fact, by its names where they are known. */
function Where({ event: { project_id: project, environment_id: id } }: { event: AuditEvent }) {
  const { data } = useQuery({ ...environmentsQuery(project), enabled: !NOWHERE.includes(project) });
  if (NOWHERE.includes(project)) return 'the platform';
  if (NOWHERE.includes(id)) return project;
  return `${project} / ${data?.find(({ environment_id: one }) => one === id)?.name ?? id}`;
}

const id = (value: string, label: string): ReactNode => <Copyable value={value} label={label} />;

function factsOf(event: AuditEvent): [string, ReactNode][] {
  const { actor_id: actor, actor_type: type, on_behalf_of: person, conversation_id: conversation, preview_ref: preview } = event;
  return [
    ['When', <Moment key="when" at={event.occurred_at} />],
    ['Who', <Actor key="who" id={actor} type={type} />],
    ...(person ? [['For', person] satisfies [string, ReactNode]] : []),
    ['What', <code key="what">{event.action}</code>],
    ['On', <Resource key="on" event={event} />],
    ['Where', <Where key="where" event={event} />],
    ['From', event.source],
    ...(preview ? [['Preview', id(preview, 'the preview')] satisfies [string, ReactNode]] : []),
    ...(conversation ? [['Conversation', id(conversation, 'the conversation')] satisfies [string, ReactNode]] : []),
    ['Caused by', id(event.causation_id, 'the cause')],
    ['Belongs to', id(event.correlation_id, 'the correlation')],
    ['Id', id(event.event_id, 'the id')],
    ['Position', String(event.position)],
  ];
}
