import { SegmentedControl, Select, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { api, type Schemas } from '../api/client';
import { environmentsQuery, servicesQuery, targetsQuery } from '../api/queries';
import type { DeploySearch } from '../app/router';
import { NoEnvironment, NoService } from '../catalogue/nothing-yet';
import { Panel, Rows } from '../display/page';
import { Problem } from '../display/problem';
import { inOrder } from '../home/board';
import { useMay } from '../session/session';
import { lackingIn, parseVariables, rowsOf, variablesFrom, type VariableRow } from './draft-input';
import { NoTarget } from './no-target';
import { PreviewRequest } from './preview-request';
import { STRATEGIES, StrategyField } from './strategy-field';
import { useRunning } from './use-running';
import { VariablesField } from './variables-field';
import { VersionField } from './version-field';

const ChooseMembers = lazy(() => import('../group/choose-members').then(({ ChooseMembers: component }) => ({ default: component })));

interface ChooseStepProps {
  project: string;
  search: DeploySearch;
}

export function ChooseStep({ project, search }: ChooseStepProps) {
  const services = useQuery(servicesQuery(project));
  const environments = useQuery(environmentsQuery(project));
  const targets = useQuery(targetsQuery(project));
  if (!services.data || !environments.data || !targets.data) {
    const failed = [services, environments, targets].find(({ error }) => error);
    return failed ? <Problem error={failed.error} onRetry={() => void failed.refetch()} /> : <Rows count={5} />;
  }
  if (services.data.length === 0) return <NoService />;
  if (environments.data.length === 0) return <NoEnvironment />;
  return (
    <Choices project={project} search={search} services={services.data} environments={inOrder(environments.data)} targets={targets.data} />
  );
}

interface ChoiceProps extends ChooseStepProps {
  services: Schemas['ServiceView'][];
  environments: Schemas['EnvironmentView'][];
  targets: Schemas['TargetView'][];
}

/** One service, or several as one. */
function Choices(props: ChoiceProps) {
  const { search } = props;
  const navigate = useNavigate({ from: '/deploy' });
  const put = (change: Partial<DeploySearch>): void => void navigate({ search: (before) => ({ ...before, ...change }), replace: true });
  const together = search.members !== undefined;
  return (
    <Stack gap="sm">
      <SegmentedControl
        aria-label="How many services"
        w="fit-content"
        size="xs"
        value={together ? 'several' : 'one'}
        data={[
          { value: 'one', label: 'One service' },
          { value: 'several', label: 'Several as one' },
        ]}
        onChange={(value) => put({ members: value === 'one' ? undefined : firstMembers(search) })}
      />
      {together ? (
        <Suspense fallback={<Rows count={5} />}>
          <ChooseMembers
            {...props}
            put={put}
            onPreviewed={(group) => void navigate({ search: ({ project }) => ({ project, group, step: 'preview' }) })}
          />
        </Suspense>
      ) : (
        <Choice {...props} put={put} />
      )}
    </Stack>
  );
}

/** What was chosen for one service begins the list of several. */
const firstMembers = ({ service, artifact, target }: DeploySearch): string =>
  JSON.stringify(service === undefined ? [] : [{ service, artifact, target }]);

function Choice({ project, search, services, environments, targets, put }: ChoiceProps & { put: (change: Partial<DeploySearch>) => void }) {
  const navigate = useNavigate({ from: '/deploy' });
  const queries = useQueryClient();

  const service = services.find(({ name }) => name === search.service) ?? (services.length === 1 ? services[0] : undefined);
  const environment = environments.find(({ name }) => name === search.environment);
  const mayApply = useMay('deploy:release:apply', { project, environment: environment?.environment_id });
  const places = targets.filter(({ environment_id: id }) => id === environment?.environment_id);
  const target = places.find(({ name }) => name === search.target) ?? (places.length === 1 ? places[0] : undefined);
  const running = useRunning(project, service?.service_id, target?.target_id);
  const strategy = STRATEGIES.find(({ value }) => value === search.strategy) ?? STRATEGIES[0];

  const [edited, setEdited] = useState<readonly VariableRow[]>();
  const rows = edited ?? rowsOf(parseVariables(search.variables) ?? running.variables);
  const [reason, setReason] = useState(search.reason ?? '');

  const lacking = lackingIn({ service, artifact: search.artifact, environment, target, rows });
  const ready = lacking === null && mayApply;
  const previewing = useMutation({
    mutationFn: async () => {
      const body: Schemas['PreviewRelease'] = {
        project,
        service: service!.service_id,
        artifact: search.artifact!,
        environment: environment!.environment_id,
        target: target!.target_id,
        strategy: strategy.value,
        variables: variablesFrom(rows),
        ...(reason.trim() ? { reason: reason.trim() } : {}),
      };
      return (await api.POST('/api/v1/deploy/releases/preview', { params: {}, body })).data!;
    },
    onSuccess: (preview) => {
      queries.setQueryData(['preview', preview.release_id], preview);
      void navigate({ search: ({ project: inView }) => ({ project: inView, release: preview.release_id, step: 'preview' }) });
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) previewing.mutate();
      }}
    >
      <Panel>
        <Stack gap="lg" maw={760}>
          <div className="choose-grid">
            <Select
              label="Service"
              placeholder="What"
              searchable
              data={services.map(({ name, title }) => ({ value: name, label: title }))}
              value={service?.name ?? null}
              onChange={(value) => put({ service: value ?? undefined, artifact: undefined })}
              allowDeselect={false}
            />
            <VersionField project={project} service={service?.name} value={search.artifact} onChange={(artifact) => put({ artifact })} />
            <Select
              label="Environment"
              placeholder="Where"
              data={environments.map(({ name, title, type }) => ({ value: name, label: `${title} · ${type}` }))}
              value={environment?.name ?? null}
              onChange={(value) => {
                put({ environment: value ?? undefined, target: undefined });
                setEdited(undefined);
              }}
              allowDeselect={false}
            />
            <Select
              label="Target"
              placeholder={environment ? 'Which endpoint' : 'Choose an environment first'}
              disabled={!environment}
              data={places.map(({ name, runtime_type: runtime }) => ({ value: name, label: `${name} · ${runtime}` }))}
              value={target?.name ?? null}
              onChange={(value) => put({ target: value ?? undefined })}
              error={environment && places.length === 0 && <NoTarget environment={environment.name} />}
              allowDeselect={false}
            />
          </div>
          {target && (
            <Text size="sm" c="var(--quiet)">
              {running.version ? (
                <>
                  There runs <b>{running.version}</b> now.
                </>
              ) : (
                'Nothing of this service runs there yet.'
              )}
            </Text>
          )}
          <StrategyField strategy={strategy} onChange={(value) => put({ strategy: value })} />
          {environment && (
            <VariablesField
              project={project}
              environment={environment.environment_id}
              rows={rows}
              onChange={(next) => {
                setEdited(next);
                put({ variables: JSON.stringify(variablesFrom(next)) });
              }}
            />
          )}
          <PreviewRequest
            reason={reason}
            onReason={setReason}
            onWritten={(written) => put({ reason: written })}
            mayApply={mayApply}
            previewing={previewing}
            ready={ready}
            note={lacking ?? undefined}
          />
        </Stack>
      </Panel>
    </form>
  );
}
