import { Button, Group, Stack, Text } from '@mantine/core';
import { IconBarrierBlock, IconHandStop, IconLockOpen, IconSnowflake } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { EnvironmentView } from '../api/client';
import { ToneMark } from '../display/marks';
import { Panel, Rows } from '../display/page';
import { Problem } from '../display/problem';
import { Moment } from '../display/times';
import { gateQuery, type GateView } from './gate-queries';
import { useScopes } from './gate-scopes';
import { LineActs } from './line-acts';
import { NewWindow } from './new-window';
import { WindowList } from './window-list';

/** Freeze windows and stop-the-line of an environment, and of all that is around it. */
export function GatePanel({ environment }: { environment: EnvironmentView }) {
  const { data: gate, error, refetch } = useQuery(gateQuery(environment.environment_id));
  const [setting, setSetting] = useState(false);
  const scopes = useScopes(environment, ['deploy:release:apply', 'deploy:release:approve']);
  return (
    <Panel title="Freeze and stop-the-line" aside={gate && <GateMark gate={gate} />}>
      {error && !gate ? (
        <Problem error={error} onRetry={() => void refetch()} />
      ) : !gate ? (
        <Rows count={2} />
      ) : (
        <Stack gap="sm">
          <Verdict gate={gate} />
          <WindowList gate={gate} environment={environment} mayRemove={scopes} />
          <Group gap="xs">
            <LineActs gate={gate} environment={environment} />
            {scopes.length > 0 && (
              <Button
                size="compact-sm"
                variant="default"
                leftSection={<IconSnowflake size={14} aria-hidden />}
                onClick={() => setSetting(true)}
              >
                Set a freeze window
              </Button>
            )}
          </Group>
          {setting && <NewWindow environment={environment} scopes={scopes} onClose={() => setSetting(false)} />}
        </Stack>
      )}
    </Panel>
  );
}

const GateMark = ({ gate }: { gate: GateView }) =>
  gate.code === 'line_stopped' ? (
    <ToneMark tone="bad" icon={IconHandStop}>
      Stopped
    </ToneMark>
  ) : gate.closed ? (
    <ToneMark tone="wait" icon={IconBarrierBlock}>
      Frozen
    </ToneMark>
  ) : (
    <ToneMark tone="ok" icon={IconLockOpen}>
      Open
    </ToneMark>
  );

function Verdict({ gate }: { gate: GateView }) {
  if (!gate.closed)
    return (
      <Text size="sm" component="div">
        Releases may be applied.{' '}
        {gate.next_close && (
          <>
            It closes on <Moment at={gate.next_close} />.
          </>
        )}
      </Text>
    );
  const stopped = [gate, ...gate.inherited].find(({ scope }) => scope === gate.closed_by)?.stop;
  return (
    <dl className="facts">
      <dt>Why</dt>
      <dd>{gate.reason}</dd>
      {stopped && (
        <>
          <dt>Since</dt>
          <dd>
            <Moment at={stopped.since} />, <Moment at={stopped.since} relative />
          </dd>
        </>
      )}
      <dt>By</dt>
      <dd>
        the {gate.closed_by}
        {gate.window ? `’s window ${gate.window}` : ''}; ask {gate.owner}
      </dd>
      <dt>Opens</dt>
      <dd>{gate.next_open ? <Moment at={gate.next_open} /> : 'when somebody resumes it'}</dd>
    </dl>
  );
}
