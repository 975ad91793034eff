/** The parts of `GET /containers/{id}/json` that are looked at. */
export interface ContainerDetails {
  readonly Id: string;
  readonly Name: string;
  readonly Created: string;
  /** Configuration digest of the image. */
  readonly Image: string;
  readonly RestartCount: number;
  readonly State: {
    readonly Status: string;
    readonly Running: boolean;
    readonly Paused: boolean;
    readonly Restarting: boolean;
    readonly OOMKilled: boolean;
    readonly Pid: number;
    readonly ExitCode: number;
    readonly Error: string;
    readonly StartedAt: string;
    readonly FinishedAt: string;
    readonly Health?: {
      readonly Status: string;
      readonly FailingStreak: number;
      readonly Log: readonly { readonly ExitCode: number; readonly Output: string }[] | null;
    };
  };
  readonly Config: {
    readonly Image: string;
    readonly Env: readonly string[] | null;
    readonly Labels: Readonly<Record<string, string>> | null;
    readonly Entrypoint: readonly string[] | null;
    readonly Cmd: readonly string[] | null;
    /** It has a terminal: its output comes without frames. */
    readonly Tty?: boolean;
  };
  readonly HostConfig: {
    readonly RestartPolicy?: { readonly Name: string };
    /** Bytes; 0: no limit. */
    readonly Memory?: number;
    /** Billionths of a CPU; 0: no limit. */
    readonly NanoCpus?: number;
    readonly PortBindings?: Readonly<Record<string, readonly { readonly HostPort: string }[] | null>> | null;
  };
  readonly NetworkSettings: { readonly Networks: Readonly<Record<string, { readonly IPAddress: string }>> | null };
}
export interface ContainerSummary {
  readonly Id: string;
  readonly Names: readonly string[];
  readonly Labels: Readonly<Record<string, string>>;
  readonly State: string;
}

export const labelOf = (container: ContainerDetails, label: string): string => container.Config.Labels?.[label] ?? '';
export const nameOf = ({ Name }: Pick<ContainerDetails, 'Name'>): string => Name.replace(/^\//, '');
export const shortId = ({ Id }: { readonly Id: string }): string => Id.slice(0, 12);

export const REMOVED = 'it was removed';

/** Words for a container that does not run. One that the engine should start again and does not was stopped by somebody. */
export function howEnded({ State, HostConfig }: Pick<ContainerDetails, 'State' | 'HostConfig'>): string {
  if (State.Status === 'created') return 'it was created and never started';
  const restarts = /^(always|unless-stopped)$/.test(HostConfig.RestartPolicy?.Name ?? '');
  if (restarts && !State.Restarting) return `it was stopped, with exit code ${State.ExitCode}`;
  return `it ended with exit code ${State.ExitCode}${State.Restarting ? ' and is being started again' : ''}`;
}
