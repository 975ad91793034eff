import { IconRocket } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import {
  environmentsQuery,
  inFlightQuery,
  projectsQuery,
  rollbacksAskedQuery,
  servicesQuery,
  slotsQuery,
  targetsQuery,
} from '../api/queries';
import { useProject } from '../app/project';
import { NoProject } from '../catalogue/no-project';
import { NoEnvironment, NoService } from '../catalogue/nothing-yet';
import { LinkButton } from '../display/link-button';
import { Page, Panel, Rows } from '../display/page';
import { Problem } from '../display/problem';
import { useMay } from '../session/session';
import { boardOf } from './board';
import { BoardTable } from './board-table';
import './home.css';
import { WaitingForMe } from './waiting-for-me';

/** Which version is where, what is on its way, what waits for me. */
export function HomeView() {
  const project = useProject();
  const projects = useQuery(projectsQuery);
  if (projects.error) return <Problem error={projects.error} onRetry={() => void projects.refetch()} />;
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
      {project === undefined ? <NoProject /> : <Board project={project} />}
    </Page>
  );
}

function Board({ project }: { project: string }) {
  const services = useQuery(servicesQuery(project));
  const environments = useQuery(environmentsQuery(project));
  const targets = useQuery(targetsQuery(project));
  const slots = useQuery(slotsQuery(project));
  const inFlight = useQuery(inFlightQuery(project));
  const rollbacks = useQuery({ ...rollbacksAskedQuery(project), enabled: useMay('deploy:approval:read', { project }) });
  const parts = [services, environments, targets, slots, inFlight];
  const failed = parts.find((part) => part.error && !part.data);
  if (failed) return <Problem error={failed.error} what="The board could not be loaded" onRetry={() => void failed.refetch()} />;
  return (
    <>
      <WaitingForMe project={project} />
      <Panel flush>
        {services.data && environments.data && targets.data && slots.data && inFlight.data ? (
          <BoardOrNothing
            rows={boardOf({
              services: services.data,
              environments: environments.data,
              targets: targets.data,
              slots: slots.data,
              inFlight: inFlight.data,
              rollbacks: rollbacks.data ?? [],
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
  if (environments === 0) return <NoEnvironment />;
  if (rows.length === 0) return <NoService />;
  return <BoardTable rows={rows} />;
}
