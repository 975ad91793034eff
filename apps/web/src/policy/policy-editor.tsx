import './policy.css';
import { Drawer, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api, type EnvironmentView } from '../api/client';
import { fieldProblems } from '../display/field-problems';
import { useFocusGivenBack } from '../display/focus-given-back';
import { ChangedPolicy } from './changed-policy';
import { ConfirmPolicy } from './confirm-policy';
import { changesBetween, problemsOf, tidy, type Changes } from './policy-input';
import { PolicyForm } from './policy-form';
import type { Policy } from './policy-words';

/** Edits an environment's policy: choose, see what it would mean, say why, and it holds or goes to the inbox. */
export function PolicyEditor({ environment, onClose }: { environment: EnvironmentView; onClose: () => void }) {
  useFocusGivenBack();
  const form = useForm<Policy>({ initialValues: environment.policy, validate: (policy) => problemsOf(tidy(policy)) });
  const [changed, setChanged] = useState<EnvironmentView>();
  const changes = changesBetween(environment.policy, tidy(form.values));
  const previewing = useMutation({
    mutationFn: async (policy: Changes) =>
      (
        await api.POST('/api/v1/environments/{id}/policy/preview', {
          params: { path: { id: environment.environment_id }, query: { project: environment.project_id } },
          body: { policy },
        })
      ).data!,
    onError: (error) => form.setErrors(fieldProblems(error, 'policy')),
  });
  const back = (problems: Record<string, string>): void => {
    previewing.reset();
    form.setErrors(problems);
  };
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="min(860px, 100vw)"
      title={<Text fw={650}>Policy of {environment.title}</Text>}
      closeOnClickOutside={Object.keys(changes).length === 0}
    >
      {changed ? (
        <ChangedPolicy environment={changed} onClose={onClose} />
      ) : previewing.data ? (
        <ConfirmPolicy environment={environment} changes={changes} preview={previewing.data} onChanged={setChanged} onBack={back} />
      ) : (
        <PolicyForm
          form={form}
          environment={environment}
          changes={changes}
          error={previewing.error}
          pending={previewing.isPending}
          onPreview={() => previewing.mutate(changes)}
        />
      )}
    </Drawer>
  );
}
