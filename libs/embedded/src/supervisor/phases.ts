import type { PhaseStatus } from './status';

/** What the start is doing, phase by phase, with how long each took. */
export class Phases {
  private readonly list: PhaseStatus[] = [];
  constructor(private readonly changed: () => void) {}

  get all(): readonly PhaseStatus[] {
    return this.list;
  }

  async run<T>(name: string, work: () => Promise<T>): Promise<T> {
    const since = performance.now();
    const index = this.list.length;
    this.list.push({ name, state: 'running', started_at: new Date().toISOString(), ms: null });
    this.changed();
    const finish = (state: PhaseStatus['state']): void => {
      this.list[index] = { ...this.list[index]!, state, ms: Math.round(performance.now() - since) };
      this.changed();
    };
    try {
      const value = await work();
      finish('done');
      return value;
    } catch (error) {
      finish('failed');
      throw error;
    }
  }
}
