import { Button, Group, Stack, Text } from '@mantine/core';
import { IconBarrierBlock, IconHandStop, IconLockOpen, IconSnowflake } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { EnvironmentView } from '../api/client';
import { ToneMark } from '../display/marks';
import { Panel, Rows } from '../display/page';
import { Problem } from '../display/problem';
import { Moment } from '../display/times';
import { useMay } from '../session/session';
import { gateQuery, type GateView } from './gate-queries';
import { LineActs } from './line-acts';
import { NewWindow } from './new-window';
import { WindowList } from './window-list';

/** Freeze windows and stop-the-line of an environment, and of all that is around it. */
export function GatePanel({ environment }: { environment: EnvironmentView }) {
  const { data: gate, error, refetch } = useQuery(gateQuery(environment.environment_id));
  const [setting, setSetting] = useState(false);
  const place = { project: environment.project_id, environment: environment.environment_id };
  const maySet = [useMay('deploy:release:apply', place), useMay('deploy:release:approve', place)].every(Boolean);
  return (
    <Panel title="Freeze and stop-the-line" aside={gate && <GateMark gate={gate} />}>
      {error && !gate ? (
        <Problem error={error} onRetry={() => void refetch()} />
      ) : !gate ? (
        <Rows count={2} />
      ) : (
        <Stack gap="sm">
          <Verdict gate={gate} />
          <WindowList gate={gate} environment={environment} mayRemove={maySet} />
          <Group gap="xs">
            <LineActs gate={gate} environment={environment} />
            {maySet && (
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
          {setting && <NewWindow environment={environment} onClose={() => setSetting(false)} />}
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
  return (
    <dl className="facts">
      <dt>Why</dt>
      <dd>{gate.reason}</dd>
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
