import { Button, Group, SegmentedControl, Select, Stack, Text, Textarea } from '@mantine/core';
import { IconArrowRight, IconBox } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api, type Schemas } from '../api/client';
import { artifactsQuery, environmentsQuery, releaseQuery, servicesQuery, slotsQuery, targetsQuery } from '../api/queries';
import type { DeploySearch } from '../app/router';
import { ago } from '../display/format';
import { useNow } from '../display/clock';
import { Empty, Panel, Rows } from '../display/page';
import { Problem } from '../display/problem';
import { inOrder } from '../home/board';
import { useMay } from '../session/session';
import { nameProblem, parseVariables, variablesOf, type VariableInput } from './draft-input';
import { VariablesField, type VariableRow } from './variables-field';

const STRATEGIES = [
  { value: 'rolling', label: 'Rolling', says: 'Replaces replicas a few at a time.' },
  {
    value: 'blue-green',
    label: 'Blue-green',
    says: 'Starts the new version beside the old one, switches at once, keeps an instant way back.',
  },
  { value: 'canary', label: 'Canary', says: 'Gives a share of the traffic at a time and watches error rate and latency.' },
] as const;

const rowsOf = (variables: Record<string, VariableInput>): VariableRow[] =>
  Object.entries(variables).map(([name, value]) => ({ name, value }));

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
  if (services.data.length === 0)
    return (
      <Empty icon={IconBox} title="There is no service to deploy yet">
        Push its first artifact: <code>slipway artifacts push ./dir --service hello --version 1.0.0</code>
      </Empty>
    );
  return (
    <Choice project={project} search={search} services={services.data} environments={inOrder(environments.data)} targets={targets.data} />
  );
}

interface ChoiceProps extends ChooseStepProps {
  services: Schemas['ServiceView'][];
  environments: Schemas['EnvironmentView'][];
  targets: Schemas['TargetView'][];
}

function Choice({ project, search, services, environments, targets }: ChoiceProps) {
  const navigate = useNavigate({ from: '/deploy' });
  const queries = useQueryClient();

  const put = (change: Partial<DeploySearch>): void => void navigate({ search: (before) => ({ ...before, ...change }), replace: true });

  const service = services.find(({ name }) => name === search.service) ?? (services.length === 1 ? services[0] : undefined);
  const environment = environments.find(({ name }) => name === search.environment);
  const mayApply = useMay('deploy:release:apply', { project, environment: environment?.environment_id });
  const places = targets.filter(({ environment_id: id }) => id === environment?.environment_id);
  const target = places.find(({ name }) => name === search.target) ?? (places.length === 1 ? places[0] : undefined);
  const artifacts = useQuery({ ...artifactsQuery(project, service?.name ?? ''), enabled: service !== undefined });
  const running = useRunning(project, service?.service_id, target?.target_id);
  const strategy = STRATEGIES.find(({ value }) => value === search.strategy) ?? STRATEGIES[0];

  const [edited, setEdited] = useState<readonly VariableRow[]>();
  const rows = edited ?? rowsOf(parseVariables(search.variables) ?? running.variables);
  const [reason, setReason] = useState(search.reason ?? '');
  const now = useNow();

  const names = rows.map(({ name }) => name);
  const wrong = rows.some(({ name }, index) => nameProblem(name, names.toSpliced(index, 1)) !== null);
  const ready = service && environment && target && search.artifact && !wrong && mayApply;
  const previewing = useMutation({
    mutationFn: async () => {
      const body: Schemas['PreviewRelease'] = {
        project,
        service: service!.service_id,
        artifact: search.artifact!,
        environment: environment!.environment_id,
        target: target!.target_id,
        strategy: strategy.value,
        variables: Object.fromEntries(rows.map(({ name, value }) => [name, value])),
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
            <Select
              label="Version"
              placeholder={service ? 'Which' : 'Choose a service first'}
              searchable
              disabled={!service}
              data={(artifacts.data ?? []).map(({ version, registered_at: at }) => ({
                value: version,
                label: `${version} · ${ago(at, now)}`,
              }))}
              value={search.artifact ?? null}
              onChange={(value) => put({ artifact: value ?? undefined })}
              nothingFoundMessage="No such version; push it with slipway artifacts push"
              allowDeselect={false}
            />
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
              nothingFoundMessage="This environment has no target yet"
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
          <Stack gap={6}>
            <Text size="sm" fw={500} id="strategy-label">
              Strategy
            </Text>
            <SegmentedControl
              aria-labelledby="strategy-label"
              data={STRATEGIES.map(({ value, label }) => ({ value, label }))}
              value={strategy.value}
              onChange={(value) => put({ strategy: value })}
              w="fit-content"
            />
            <Text size="xs" c="var(--quiet)">
              {strategy.says}
            </Text>
          </Stack>
          {environment && (
            <VariablesField
              project={project}
              environment={environment.environment_id}
              rows={rows}
              onChange={(next) => {
                setEdited(next);
                put({ variables: JSON.stringify(Object.fromEntries(next.map(({ name, value }) => [name, value]))) });
              }}
            />
          )}
          <Textarea
            label="Reason"
            description="Why: approvers read it, and the record keeps it"
            autosize
            minRows={2}
            maxLength={1000}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            onBlur={() => put({ reason: reason.trim() || undefined })}
          />
          {previewing.error && <Problem error={previewing.error} what="There is no preview of this" />}
          {!mayApply && (
            <Text size="sm" c="var(--quiet)">
              Previewing takes deploy:release:apply, which you do not have; ask the project’s owner.
            </Text>
          )}
          <Group>
            <Button type="submit" disabled={!ready} loading={previewing.isPending} rightSection={<IconArrowRight size={16} aria-hidden />}>
              Preview
            </Button>
            <Text size="xs" c="var(--quiet)">
              A preview changes nothing.
            </Text>
          </Group>
        </Stack>
      </Panel>
    </form>
  );
}

/** What of the service runs at the target now. */
function useRunning(project: string, service: string | undefined, target: string | undefined) {
  const { data: slots } = useQuery({ ...slotsQuery(project), enabled: service !== undefined && target !== undefined });
  const slot = slots?.find((candidate) => candidate.service_id === service && candidate.target_id === target);
  const { data: release } = useQuery({ ...releaseQuery(slot?.release_id ?? ''), enabled: Boolean(slot?.release_id) });
  return { version: slot?.artifact_version ?? undefined, variables: release ? variablesOf(release) : {} };
}
