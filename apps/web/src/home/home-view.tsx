import { Code } from '@mantine/core';
import { IconBox, IconRocket, IconServer2 } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import {
  environmentsQuery,
  inFlightQuery,
  projectsQuery,
  servicesQuery,
  slotsQuery,
  targetsQuery,
  ticketCountsQuery,
  waitingQuery,
} from '../api/queries';
import { useProject } from '../app/project';
import { LinkButton } from '../display/link-button';
import { Empty, Page, Panel, Rows } from '../display/page';
import { Problem } from '../display/problem';
import { boardOf } from './board';
import { BoardTable } from './board-table';
import './home.css';
import { WaitingForMe } from './waiting-for-me';

/** Which version is where, what is on its way, what waits for me. */
export function HomeView() {
  const project = useProject();
  const projects = useQuery(projectsQuery);
  if (projects.error) return <Problem error={projects.error} onRetry={() => void projects.refetch()} />;
  if (projects.data?.length === 0) return <NoProject />;
  return (
    <Page
      title="Board"
      lead="Which version runs where. It keeps itself up to date."
      actions={
        <LinkButton to="/deploy" leftSection={<IconRocket size={16} aria-hidden />}>
          Deploy
        </LinkButton>
      }
    >
      {project === undefined ? <Rows /> : <Board project={project} />}
    </Page>
  );
}

const NoProject = () => (
  <Empty icon={IconBox} title="There is no project yet">
    A project owns services and environments. Create one over the API, or start the platform with its demo: <Code>npm run up</Code>.
  </Empty>
);

function Board({ project }: { project: string }) {
  const services = useQuery(servicesQuery(project));
  const environments = useQuery(environmentsQuery(project));
  const targets = useQuery(targetsQuery(project));
  const slots = useQuery(slotsQuery(project));
  const inFlight = useQuery(inFlightQuery(project));
  const waiting = useQuery(waitingQuery(project));
  const counts = useQuery(ticketCountsQuery({ project }));
  const parts = [services, environments, targets, slots, inFlight];
  const failed = parts.find((part) => part.error && !part.data);
  if (failed) return <Problem error={failed.error} what="The board could not be loaded" onRetry={() => void failed.refetch()} />;
  return (
    <>
      {waiting.data && waiting.data.length > 0 && <WaitingForMe tickets={waiting.data} count={counts.data?.mine ?? waiting.data.length} />}
      <Panel flush>
        {services.data && environments.data && targets.data && slots.data && inFlight.data ? (
          <BoardOrNothing
            rows={boardOf({
              services: services.data,
              environments: environments.data,
              targets: targets.data,
              slots: slots.data,
              inFlight: inFlight.data,
            })}
            environments={environments.data.length}
          />
        ) : (
          <Rows count={5} height={52} />
        )}
      </Panel>
    </>
  );
}

function BoardOrNothing({ rows, environments }: { rows: ReturnType<typeof boardOf>; environments: number }) {
  if (environments === 0)
    return (
      <Empty icon={IconServer2} title="No environment yet">
        An environment is a place where releases run, with its own policy: development, staging, production.
      </Empty>
    );
  if (rows.length === 0)
    return (
      <Empty icon={IconBox} title="No service yet">
        A service is what you deploy. Push its first artifact: <Code>slipway artifacts push ./dir --service hello --version 1.0.0</Code>
      </Empty>
    );
  return <BoardTable rows={rows} />;
}
