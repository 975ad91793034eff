import { Button, Select } from '@mantine/core';
import { IconFolder, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, type Schemas } from '../api/client';
import { projectsQuery } from '../api/queries';
import { useSelectProject } from '../app/project';
import { Panel } from '../display/page';
import { Moment } from '../display/times';
import { useMay } from '../session/session';
import { teamsQuery } from '../settings/access-queries';
import { SimpleTable } from '../settings/simple-table';
import { CreateForm, type Named } from './create-form';

/** Projects: what belongs together, of one team. */
export function ProjectsPanel({ project }: { project: string | undefined }) {
  const [asked, setAsked] = useState(false);
  const query = useQuery(projectsQuery);
  const select = useSelectProject();
  const mayCreate = [useMay('deploy:release:apply', { project: '*' }), useMay('deploy:release:approve', { project: '*' })].every(Boolean);
  return (
    <Panel
      title="Projects"
      flush
      aside={
        mayCreate && (
          <Button size="compact-sm" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => setAsked(true)}>
            New project
          </Button>
        )
      }
    >
      <SimpleTable<Schemas['ProjectView']>
        query={query}
        label="Projects"
        columns={['Project', 'Team', 'Created']}
        rowKey={({ project_id: id }) => id}
        cells={({ name, title, team_id: team, created_at: at }) => [
          <>
            <b>{title}</b> <code>{name}</code>
          </>,
          team === '_' ? <span className="quiet">none</span> : team,
          <Moment at={at} relative />,
          name === project ? (
            <span className="quiet">in view</span>
          ) : (
            <Button size="compact-xs" variant="default" onClick={() => select(name)} aria-label={`Show ${title}`}>
              Show
            </Button>
          ),
        ]}
        empty={{
          icon: IconFolder,
          title: 'No project yet',
          says: 'A project holds services and the environments they run in. Create one, then an environment, a target, and a service.',
        }}
      />
      {asked && <NewProject onClose={() => setAsked(false)} />}
    </Panel>
  );
}

function NewProject({ onClose }: { onClose: () => void }) {
  const { data: teams = [] } = useQuery(teamsQuery);
  return (
    <CreateForm<Named & { team: string | null }>
      what="a project"
      example="shop"
      initial={{ name: '', title: '', team: null }}
      outdated={['projects']}
      create={({ name, title, team }) =>
        api.POST('/api/v1/projects', { params: {}, body: { name, title: title.trim() || undefined, team: team ?? undefined } })
      }
      onClose={onClose}
    >
      {(form) => (
        <Select
          label="Team"
          description="Roles that are given to it hold in the project; may be left empty"
          data={teams.map(({ team_id: id, title }) => ({ value: id, label: title || id }))}
          clearable
          {...form.getInputProps('team')}
        />
      )}
    </CreateForm>
  );
}
