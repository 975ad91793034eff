import { useQuery } from '@tanstack/react-query';
import { projectsQuery } from '../api/queries';
import { Filter } from './filter';

interface ProjectFilterProps {
  /** Undefined: every project. */
  value: string | undefined;
  onChange: (project: string | undefined) => void;
}
/** Of which project; cleared, of all that one may see. */
export const ProjectFilter = ({ value, onChange }: ProjectFilterProps) => {
  const { data } = useQuery(projectsQuery);
  return (
    <Filter
      label="Project"
      data={data?.map(({ name, title }) => ({ value: name, label: title })) ?? []}
      value={value}
      onChange={onChange}
    />
  );
};
