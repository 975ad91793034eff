import type { EnvironmentView } from '../api/client';

type Act = EnvironmentView['policy']['approval_for'][number];

/** What somebody asks approval for. A policy may name acts of provisioning as well; nothing asks for those yet, so they are not offered. */
export const ACTS: readonly { readonly value: Act; readonly label: string }[] = [
  { value: 'apply', label: 'Apply a release' },
  { value: 'rollback', label: 'Roll back' },
  { value: 'policy_change', label: 'Change this policy' },
];

/** Of what a policy asks approval for, what anybody can ask. */
export const shownActs = (acts: readonly Act[]): Act[] => acts.filter((act) => ACTS.some(({ value }) => value === act));
