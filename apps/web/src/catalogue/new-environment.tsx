import { Button, Radio, Stack } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api, type EnvironmentView } from '../api/client';
import { useMay } from '../session/session';
import { CreateForm, type Named } from './create-form';

type Type = EnvironmentView['type'];
/** What the default policy of each type asks for (spec 001, 3.1). */
const TYPES: readonly { value: Type; label: string; means: string }[] = [
  { value: 'development', label: 'Development', means: 'No approval; whoever may apply applies' },
  { value: 'staging', label: 'Staging', means: 'No approval; for what is tried before production' },
  { value: 'production', label: 'Production', means: 'A second person approves every change, this policy’s included' },
];

/** Creates an environment of a project, with the policy of its type; then it is shown. */
export function NewEnvironment({ project }: { project: string }) {
  const [asked, setAsked] = useState(false);
  const navigate = useNavigate({ from: '/environments' });
  const mayCreate = [useMay('deploy:release:apply', { project }), useMay('deploy:release:approve', { project })].every(Boolean);
  if (!mayCreate) return null;
  return (
    <>
      <Button variant="default" leftSection={<IconPlus size={15} aria-hidden />} onClick={() => setAsked(true)}>
        New environment
      </Button>
      {asked && (
        <CreateForm<Named & { type: Type }>
          what="an environment"
          example="dev, staging, prod"
          initial={{ name: '', title: '', type: 'development' }}
          outdated={['environments']}
          create={({ name, title, type }) =>
            api.POST('/api/v1/environments', { params: {}, body: { project, name, type, title: title.trim() || undefined } })
          }
          onCreated={({ name }) => void navigate({ search: (before) => ({ ...before, environment: name }) })}
          onClose={() => setAsked(false)}
        >
          {(form) => (
            <Radio.Group label="Type" description="Its first policy; it can be changed afterwards" {...form.getInputProps('type')}>
              <Stack gap={8} mt={8}>
                {TYPES.map(({ value, label, means }) => (
                  <Radio key={value} size="xs" value={value} label={label} description={means} />
                ))}
              </Stack>
            </Radio.Group>
          )}
        </CreateForm>
      )}
    </>
  );
}
