import { Button, Group, Stack } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Schemas } from '../api/client';
import { Copyable } from '../display/copyable';
import { download } from '../display/download';
import { moment, sentence } from '../display/format';
import { Panel } from '../display/page';

interface RecordFrameProps {
  /** Name of the exported file, without its ending. */
  name: string;
  /** Address of the record, within the page. */
  path: string;
  /** What is exported. */
  record: object;
  children: ReactNode;
}

/** A deployment record with its permalink and its export. */
export const RecordFrame = ({ name, path, record, children }: RecordFrameProps) => (
  <Panel
    title="Deployment record"
    aside={
      <Group gap="xs">
        <Copyable value={`${window.location.origin}${path}`} label="permalink" shown="permalink" />
        <Button
          size="compact-xs"
          variant="default"
          leftSection={<IconDownload size={13} aria-hidden />}
          onClick={() => download(`${name}.json`, 'application/json', JSON.stringify(record, null, 2))}
        >
          Export JSON
        </Button>
      </Group>
    }
  >
    {children}
  </Panel>
);

export type Fact = readonly [name: string, value: ReactNode];

type Stages = Schemas['DeploymentRecord']['stages'];

/** When it began to run. @param begin the stage with which it does */
export function whenText(stages: Stages, begin: string): string {
  const at = stages.find(({ stage }) => stage === begin)?.at;
  return at === undefined ? 'never: it did not run' : moment(at);
}

export const TicketLink = ({ id }: { id: string }) => (
  <Link to="/inbox" search={{ ticket: id, tab: 'all' }} className="quiet-link">
    {id}
  </Link>
);

export const RecordLink = ({ id }: { id: string }) => (
  <Link to="/releases/$id" params={{ id }} search={{ tab: 'record' }} className="quiet-link">
    {id}
  </Link>
);

interface RecordBodyProps {
  /** What has no value is left out. */
  facts: readonly Fact[];
  stages: Stages;
}

/** What, when and why: facts beside the stages it went through. */
export const RecordBody = ({ facts, stages }: RecordBodyProps) => (
  <div className="record">
    <dl className="facts">
      {facts.map(([name, value]) =>
        value === null || value === '' ? null : (
          <div key={name} style={{ display: 'contents' }}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ),
      )}
    </dl>
    <Stack gap={6} component="ol" className="record-stages">
      {stages.map(({ stage, at }) => (
        <li key={`${stage}${at}`}>
          <span>{sentence(stage)}</span>
          <time dateTime={at} className="numbers quiet">
            {moment(at)}
          </time>
        </li>
      ))}
    </Stack>
  </div>
);
