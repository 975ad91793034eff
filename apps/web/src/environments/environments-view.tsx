import './environments.css';
import { Stack, Tabs } from '@mantine/core';
import { IconServer2 } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { EnvironmentView } from '../api/client';
import { environmentsQuery } from '../api/queries';
import { useProject } from '../app/project';
import { NewEnvironment } from '../catalogue/new-environment';
import { NoProject } from '../catalogue/no-project';
import { ToneMark } from '../display/marks';
import { Empty, Page, Panel, Rows } from '../display/page';
import { Problem } from '../display/problem';
import { inOrder } from '../home/board';
import { GatePanel } from './gate-panel';
import { LockPanel } from './lock-panel';
import { PolicyPanel } from './policy-panel';
import { SlotsPanel } from './slots-panel';
import { TargetsPanel } from './targets-panel';

export function EnvironmentsView() {
  const project = useProject();
  return (
    <Page
      title="Environments"
      lead="Places where releases run: their targets, what runs there, who holds them, and what their policy asks for."
      actions={project !== undefined && <NewEnvironment project={project} />}
    >
      {project === undefined ? <NoProject /> : <Environments project={project} />}
    </Page>
  );
}

function Environments({ project }: { project: string }) {
  const { environment: name } = useSearch({ from: '/inside/environments' });
  const navigate = useNavigate({ from: '/environments' });
  const { data, error, refetch } = useQuery(environmentsQuery(project));
  if (error && !data) return <Problem error={error} onRetry={() => void refetch()} />;
  if (!data) return <Rows count={6} />;
  const environments = inOrder(data);
  const current = environments.find((environment) => environment.name === name) ?? environments[0];
  if (!current)
    return (
      <Empty icon={IconServer2} title="No environment yet">
        An environment is a place where releases run, such as development or production, with a policy that says who approves what. Create
        the first one above; then give it a target.
      </Empty>
    );
  return (
    <Tabs
      value={current.name}
      onChange={(value) => void navigate({ search: (before) => ({ ...before, environment: value ?? undefined }), replace: true })}
      keepMounted={false}
    >
      <Tabs.List mb="md">
        {environments.map(({ environment_id: id, name: value, title }) => (
          <Tabs.Tab key={id} value={value}>
            {title}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {environments.map((environment) => (
        <Tabs.Panel key={environment.environment_id} value={environment.name}>
          <EnvironmentPanels project={project} environment={environment} />
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}

const EnvironmentPanels = ({ project, environment }: { project: string; environment: EnvironmentView }) => (
  <div className="environment-grid">
    <Stack gap="md" miw={0}>
      <SlotsPanel project={project} environment={environment} />
      <TargetsPanel project={project} environment={environment} />
    </Stack>
    <Stack gap="md" miw={0}>
      <Panel
        title={environment.title}
        aside={<ToneMark tone={environment.type === 'production' ? 'wait' : 'neutral'}>{environment.type}</ToneMark>}
      >
        <dl className="facts">
          <dt>Name</dt>
          <dd>{environment.name}</dd>
          <dt>Id</dt>
          <dd>
            <code>{environment.environment_id}</code>
          </dd>
        </dl>
      </Panel>
      <LockPanel environment={environment} />
      <GatePanel environment={environment} />
      <PolicyPanel environment={environment} />
    </Stack>
  </div>
);
