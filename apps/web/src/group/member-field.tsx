import { ActionIcon, Group, Select, Text, UnstyledButton } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Schemas } from '../api/client';
import { artifactsQuery } from '../api/queries';
import { rowsOf, variablesFrom, type VariableRow } from '../deploy/draft-input';
import { useRunning } from '../deploy/use-running';
import { VariablesField } from '../deploy/variables-field';
import type { MemberInput } from './group-input';

interface MemberFieldProps {
  position: number;
  last: boolean;
  project: string;
  environment: string | undefined;
  services: readonly Schemas['ServiceView'][];
  places: readonly Schemas['TargetView'][];
  member: MemberInput;
  onChange: (member: MemberInput) => void;
  onMove: (by: -1 | 1) => void;
  onRemove: () => void;
  removable: boolean;
}

/** One service of the group: which version goes where, with which variables. */
export function MemberField(props: MemberFieldProps) {
  const { position, project, services, places, member, onChange } = props;
  const artifacts = useQuery({ ...artifactsQuery(project, member.service ?? ''), enabled: member.service !== undefined });
  const of = ` ${position}`;
  return (
    <li className="member-field">
      <span className="member-ordinal" aria-hidden>
        {position}
      </span>
      <Select
        aria-label={`Service${of}`}
        placeholder="Service"
        searchable
        data={services.map(({ name, title }) => ({ value: name, label: title }))}
        value={member.service ?? null}
        onChange={(value) => onChange({ target: member.target, ...(value ? { service: value } : {}) })}
        allowDeselect={false}
      />
      <Select
        aria-label={`Version${of}`}
        placeholder="Version"
        searchable
        disabled={!member.service}
        data={(artifacts.data ?? []).map(({ version }) => version)}
        value={member.artifact ?? null}
        onChange={(value) => onChange({ ...member, artifact: value ?? undefined })}
        nothingFoundMessage="No such version"
        allowDeselect={false}
      />
      <Select
        aria-label={`Target${of}`}
        placeholder="Target"
        disabled={places.length === 0}
        data={places.map(({ name, runtime_type: runtime }) => ({ value: name, label: `${name} · ${runtime}` }))}
        value={member.target ?? null}
        onChange={(value) => onChange({ ...member, target: value ?? undefined })}
        allowDeselect={false}
      />
      <MemberOrder {...props} />
      <MemberVariables {...props} />
    </li>
  );
}

const MemberOrder = ({ position, last, removable, onMove, onRemove }: MemberFieldProps) => (
  <Group gap={2} wrap="nowrap">
    <ActionIcon
      variant="subtle"
      color="gray"
      aria-label={`Apply member ${position} earlier`}
      disabled={position === 1}
      onClick={() => onMove(-1)}
    >
      <IconArrowUp size={15} aria-hidden />
    </ActionIcon>
    <ActionIcon variant="subtle" color="gray" aria-label={`Apply member ${position} later`} disabled={last} onClick={() => onMove(1)}>
      <IconArrowDown size={15} aria-hidden />
    </ActionIcon>
    <ActionIcon variant="subtle" color="gray" aria-label={`Take member ${position} out`} disabled={!removable} onClick={onRemove}>
      <IconTrash size={15} aria-hidden />
    </ActionIcon>
  </Group>
);

/** What runs there now, and the variables: as they are now unless somebody writes others. */
function MemberVariables({ project, environment, services, places, member, onChange }: MemberFieldProps) {
  const [opened, setOpened] = useState(member.variables !== undefined);
  const [edited, setEdited] = useState<readonly VariableRow[]>();
  const service = services.find(({ name }) => name === member.service);
  const target = places.find(({ name }) => name === member.target);
  const running = useRunning(project, service?.service_id, target?.target_id);
  if (!service || !target || environment === undefined) return null;
  const rows = edited ?? rowsOf(member.variables ?? running.variables);
  return (
    <div className="member-more">
      <Text size="xs" c="var(--quiet)">
        {running.version ? `There runs ${running.version} now` : 'It does not run there yet'}
        {' · '}
        <UnstyledButton className="panel-link" fz="xs" aria-expanded={opened} onClick={() => setOpened(!opened)}>
          {rows.length === 1 ? '1 variable' : `${rows.length} variables`}
        </UnstyledButton>
        {member.variables === undefined && rows.length > 0 && ', as now'}
      </Text>
      {opened && (
        <VariablesField
          project={project}
          environment={environment}
          rows={rows}
          onChange={(next) => {
            setEdited(next);
            onChange({ ...member, variables: variablesFrom(next) });
          }}
        />
      )}
    </div>
  );
}
