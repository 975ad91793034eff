/** What the helper said: facts (`= word ...`), output of tools (`| text`), how the run ended (`@...`). */
export interface HostReport {
  /** `started`, `attached` (to a run under way) or `recorded` (a run that had ended); undefined: nothing was run. */
  readonly began: 'started' | 'attached' | 'recorded' | undefined;
  /** Undefined with `began`: the run ended without saying how, killed or with its host. */
  readonly exit: number | undefined;
  /** The newest fence that the host has seen, when it refused ours. */
  readonly stale: number | undefined;
  readonly error: string | undefined;
  readonly facts: readonly (readonly string[])[];
  readonly output: readonly string[];
  /** What the proxy answered, last of all. */
  readonly proxy: string;
}

export function readReport(text: string): HostReport {
  const lines = text.split('\n');
  const marks = lines.filter((line) => line.startsWith('@')).map((line) => line.slice(1).split(' '));
  const mark = (name: string): string[] | undefined => marks.find(([first]) => first === name);
  const began = (['started', 'attached', 'recorded'] as const).find((name) => mark(name));
  const exit = mark('exit')?.[1];
  const stale = mark('stale')?.[1];
  return {
    began,
    exit: exit === undefined ? undefined : Number(exit),
    stale: stale === undefined ? undefined : Number(stale),
    error: mark('error')?.slice(1).join(' '),
    facts: lines.filter((line) => line.startsWith('= ')).map((line) => line.slice(2).split(' ')),
    proxy: /^= proxy\n([^@]*)/m.exec(text)?.[1] ?? '',
    output: lines.filter((line) => line.startsWith('| ')).map((line) => line.slice(2)),
  };
}

export const factsOf = ({ facts }: HostReport, name: string): readonly (readonly string[])[] =>
  facts.filter(([first]) => first === name).map((words) => words.slice(1));

export const decoded = (text: string | undefined): string => Buffer.from(text ?? '', 'base64').toString('utf8');
