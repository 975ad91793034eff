import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';
import { projectsQuery } from '../api/queries';

const KEY = 'slipway.project';

/** The project in view: of the address, else the one seen last, else the first; undefined while the list is on its way, or empty. */
export function useProject(): string | undefined {
  const project = useSearch({ strict: false, select: ({ project: named }) => named });
  const { data } = useQuery(projectsQuery);
  if (project !== undefined) return project;
  const last = window.localStorage.getItem(KEY);
  return data?.find(({ name }) => name === last)?.name ?? data?.[0]?.name;
}

export function useSelectProject(): (project: string) => void {
  const navigate = useNavigate();
  return useCallback(
    (project: string) => {
      window.localStorage.setItem(KEY, project);
      void navigate({ to: '/', search: { project } });
    },
    [navigate],
  );
}
