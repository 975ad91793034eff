import { Button, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, type EnvironmentView, type Schemas } from '../api/client';
import { isConfirmed, TypedName } from '../display/confirm-act';
import { fieldProblems } from '../display/field-problems';
import { Problem } from '../display/problem';
import type { Changes } from './policy-input';
import { PolicyPreview } from './policy-preview';

interface ConfirmPolicyProps {
  environment: EnvironmentView;
  changes: Changes;
  preview: Schemas['PolicyPreview'];
  onChanged: (environment: EnvironmentView) => void;
  /** With what was refused, by member: it is put right in the form. */
  onBack: (problems: Record<string, string>) => void;
}

/** What the change would mean, and the one confirmation: a reason, and production's name where it is production. */
export function ConfirmPolicy({ environment, changes, preview, onChanged, onBack }: ConfirmPolicyProps) {
  const queries = useQueryClient();
  const [reason, setReason] = useState('');
  const [typed, setTyped] = useState('');
  const changing = useMutation({
    mutationFn: async () =>
      (
        await api.PUT('/api/v1/environments/{id}/policy', {
          params: { path: { id: environment.environment_id }, query: { project: environment.project_id } },
          body: { policy: changes, reason: reason.trim() },
        })
      ).data!,
    onSuccess: async (view) => {
      onChanged(view);
      const old = [['environments'], ['environment', environment.environment_id], ['tickets']];
      await Promise.all(old.map((queryKey) => queries.invalidateQueries({ queryKey })));
    },
    onError: (error) => {
      const problems = fieldProblems(error, 'policy');
      if (Object.keys(problems).length > 0) onBack(problems);
    },
  });
  const ready = reason.trim() !== '' && isConfirmed(environment, typed);
  return (
    <form
      className="policy-outcome"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) changing.mutate();
      }}
    >
      <PolicyPreview preview={preview} />
      <Textarea
        label="Reason"
        description="Kept with this version of the policy; approvers read it"
        required
        data-autofocus
        autosize
        minRows={2}
        maxLength={1000}
        value={reason}
        onChange={({ currentTarget: { value } }) => setReason(value)}
      />
      <TypedName environment={environment} value={typed} onChange={setTyped} />
      {changing.error && <Problem error={changing.error} what="The policy was not changed" />}
      <div className="policy-foot">
        <Button variant="default" onClick={() => onBack({})}>
          Back to the policy
        </Button>
        <Button type="submit" disabled={!ready} loading={changing.isPending}>
          {preview.needs_approval ? 'Ask for approval' : 'Change the policy'}
        </Button>
      </div>
    </form>
  );
}
