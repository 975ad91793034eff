import './group.css';
import { Button, Select, Stack } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import type { EnvironmentView, Schemas } from '../api/client';
import type { DeploySearch } from '../app/router';
import { PreviewRequest } from '../deploy/preview-request';
import { STRATEGIES, StrategyField } from '../deploy/strategy-field';
import { Panel } from '../display/page';
import { useMay } from '../session/session';
import { membersProblem, MOST_MEMBERS, moved, parseMembers, type MemberInput } from './group-input';
import { MemberField } from './member-field';
import { usePreviewGroup } from './preview-group';

interface ChooseMembersProps {
  project: string;
  search: DeploySearch;
  services: Schemas['ServiceView'][];
  environments: EnvironmentView[];
  targets: Schemas['TargetView'][];
  put: (change: Partial<DeploySearch>) => void;
  onPreviewed: (group: string) => void;
}

/** Several services into one environment, in the order in which they are applied. */
export function ChooseMembers({ project, search, services, environments, targets, put, onPreviewed }: ChooseMembersProps) {
  const environment = environments.find(({ name }) => name === search.environment);
  const places = targets.filter(({ environment_id: id }) => id === environment?.environment_id);
  const onlyPlace = places.length === 1 ? places[0]!.name : undefined;
  const chosen = parseMembers(search.members);
  const members = chosen.map((member) => ({ ...member, target: member.target ?? onlyPlace }));
  const strategy = STRATEGIES.find(({ value }) => value === search.strategy) ?? STRATEGIES[0];
  const [reason, setReason] = useState(search.reason ?? '');
  const mayApply = useMay('deploy:release:apply', { project, environment: environment?.environment_id });
  const problem = environment ? membersProblem(members) : 'Choose the environment.';
  const previewing = usePreviewGroup(project, onPreviewed);
  const keep = (next: readonly MemberInput[]): void => put({ members: JSON.stringify(next) });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (environment && problem === null)
          previewing.mutate({ environment, services, targets: places, members, strategy: strategy.value, reason: reason.trim() });
      }}
    >
      <Panel>
        <Stack gap="lg" maw={980}>
          <Select
            label="Environment"
            placeholder="Where"
            maw={370}
            data={environments.map(({ name, title, type }) => ({ value: name, label: `${title} · ${type}` }))}
            value={environment?.name ?? null}
            onChange={(value) =>
              put({ environment: value ?? undefined, members: JSON.stringify(chosen.map(({ target: _target, ...rest }) => rest)) })
            }
            allowDeselect={false}
          />
          <ol className="member-fields" aria-label="Services, in the order in which they are applied">
            {members.map((member, index) => (
              <MemberField
                key={index}
                position={index + 1}
                last={index === members.length - 1}
                project={project}
                environment={environment?.environment_id}
                services={services}
                places={places}
                member={member}
                onChange={(next) => keep(chosen.with(index, next))}
                onMove={(by) => keep(moved(chosen, index, index + by))}
                onRemove={() => keep(chosen.toSpliced(index, 1))}
                removable={members.length > 2}
              />
            ))}
          </ol>
          <Button
            w="fit-content"
            variant="default"
            size="xs"
            leftSection={<IconPlus size={14} aria-hidden />}
            disabled={members.length >= MOST_MEMBERS}
            onClick={() => keep([...chosen, {}])}
          >
            Add a service
          </Button>
          <StrategyField strategy={strategy} onChange={(value) => put({ strategy: value })} />
          <PreviewRequest
            reason={reason}
            onReason={setReason}
            onWritten={(written) => put({ reason: written })}
            mayApply={mayApply}
            previewing={previewing}
            ready={problem === null && mayApply}
            note={problem ?? undefined}
          />
        </Stack>
      </Panel>
    </form>
  );
}
