import { Button, Radio, Stack } from '@mantine/core';
import { IconBox, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, type Schemas } from '../api/client';
import { servicesQuery } from '../api/queries';
import { LinkButton } from '../display/link-button';
import { Panel } from '../display/page';
import { Moment } from '../display/times';
import { useMay } from '../session/session';
import { SimpleTable } from '../settings/simple-table';
import { CreateForm, type Named } from './create-form';

type Service = Schemas['ServiceView'];

/** Services of a project: what is built, released and rolled back on its own. */
export function ServicesPanel({ project }: { project: string }) {
  const [asked, setAsked] = useState(false);
  const query = useQuery(servicesQuery(project));
  const mayCreate = useMay('deploy:release:apply', { project });
  return (
    <Panel
      title={`Services of ${project}`}
      flush
      aside={
        mayCreate && (
          <Button size="compact-sm" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => setAsked(true)}>
            New service
          </Button>
        )
      }
    >
      <SimpleTable<Service>
        query={query}
        label="Services"
        columns={['Service', 'Kind', 'Created']}
        rowKey={({ service_id: id }) => id}
        cells={({ name, title, kind, created_at: at }) => [
          <>
            <b>{title}</b> <code>{name}</code>
          </>,
          kind,
          <Moment at={at} relative />,
          <LinkButton size="compact-xs" variant="default" to="/deploy" search={{ service: name }} aria-label={`Deploy ${title}`}>
            Deploy
          </LinkButton>,
        ]}
        empty={{
          icon: IconBox,
          title: 'No service yet',
          says: (
            <>
              A service is what is released on its own. Create it, then push a version of it: <code>slipway artifacts push</code>.
            </>
          ),
        }}
      />
      {asked && <NewService project={project} onClose={() => setAsked(false)} />}
    </Panel>
  );
}

const KINDS: readonly { value: Service['kind']; label: string; means: string }[] = [
  { value: 'backend', label: 'Backend', means: 'An API or a worker' },
  { value: 'storefront', label: 'Storefront', means: 'What customers see' },
  { value: 'shop-agent', label: 'Shop agent', means: 'An AI agent that serves customers' },
  { value: 'control-plane', label: 'Control plane', means: 'What runs the others' },
];

const NewService = ({ project, onClose }: { project: string; onClose: () => void }) => (
  <CreateForm<Named & { kind: Service['kind'] }>
    what="a service"
    example="checkout"
    initial={{ name: '', title: '', kind: 'backend' }}
    outdated={['services']}
    create={({ name, title, kind }) =>
      api.POST('/api/v1/services', { params: {}, body: { project, name, kind, title: title.trim() || undefined } })
    }
    onClose={onClose}
  >
    {(form) => (
      <Radio.Group label="Kind" {...form.getInputProps('kind')}>
        <Stack gap={8} mt={8}>
          {KINDS.map(({ value, label, means }) => (
            <Radio key={value} size="xs" value={value} label={label} description={means} />
          ))}
        </Stack>
      </Radio.Group>
    )}
  </CreateForm>
);
