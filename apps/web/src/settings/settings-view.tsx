import './settings.css';
import { Tabs } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useProject } from '../app/project';
import { NoProject } from '../catalogue/no-project';
import { ProjectsPanel } from '../catalogue/projects-panel';
import { ServicesPanel } from '../catalogue/services-panel';
import { Page } from '../display/page';
import { MailPanel } from '../notifications/mail-panel';
import { WebhooksPanel } from '../notifications/webhooks-panel';
import { AccessPanel } from './access-panel';
import { AccountsPanel } from './accounts-panel';
import { BindingsPanel } from './bindings-panel';
import { OwnAccessPanel } from './own-access-panel';
import { ReadModelsPanel } from './read-models-panel';
import { RolesPanel } from './roles-panel';
import { TeamsPanel } from './teams-panel';
import { TokensPanel } from './tokens-panel';

/** The one tab that needs no project: the first one is created there. */
const PROJECTS = 'projects';
const TABS: readonly { value: string; label: string; panel: (project: string) => ReactNode }[] = [
  { value: 'you', label: 'You', panel: () => <OwnAccessPanel /> },
  { value: 'tokens', label: 'Tokens', panel: (project) => <TokensPanel project={project} /> },
  { value: 'mail', label: 'Notifications', panel: (project) => <MailPanel project={project} /> },
  { value: 'webhooks', label: 'Webhooks', panel: (project) => <WebhooksPanel project={project} /> },
  { value: 'accounts', label: 'Agents and services', panel: (project) => <AccountsPanel project={project} /> },
  {
    value: 'roles',
    label: 'Roles',
    panel: (project) => (
      <>
        <BindingsPanel project={project} />
        <RolesPanel />
      </>
    ),
  },
  { value: 'teams', label: 'Teams', panel: () => <TeamsPanel /> },
  { value: 'access', label: 'Who may what', panel: (project) => <AccessPanel project={project} /> },
  {
    value: PROJECTS,
    label: 'Projects',
    panel: (project) => (
      <>
        <ProjectsPanel project={project} />
        <ServicesPanel project={project} />
      </>
    ),
  },
  { value: 'platform', label: 'Platform', panel: () => <ReadModelsPanel /> },
];

export function SettingsView() {
  const project = useProject();
  const { tab } = useSearch({ from: '/inside/settings' });
  const navigate = useNavigate({ from: '/settings' });
  const current = TABS.find(({ value }) => value === tab) ?? TABS[0]!;
  return (
    <Page
      title="Settings"
      lead="Who may do what, who is told of what, the tokens and accounts that programs act by, and how the platform is."
    >
      <Tabs
        value={current.value}
        onChange={(value) =>
          void navigate({ search: (before) => ({ ...before, tab: value ?? undefined, subscription: undefined }), replace: true })
        }
        keepMounted={false}
      >
        <Tabs.List mb="md">
          {TABS.map(({ value, label }) => (
            <Tabs.Tab key={value} value={value}>
              {label}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {TABS.map(({ value, panel }) => (
          <Tabs.Panel key={value} value={value} className="settings-panel">
            {project !== undefined ? panel(project) : value === PROJECTS ? <ProjectsPanel project={undefined} /> : <NoProject />}
          </Tabs.Panel>
        ))}
      </Tabs>
    </Page>
  );
}
