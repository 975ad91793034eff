/** How many executions one process carries out at a time. Those that wait for their environment take no place. */
export class WorkRoom {
  private inside = 0;

  constructor(private readonly places: number) {}

  get taken(): number {
    return this.inside;
  }

  get isFull(): boolean {
    return this.inside >= this.places;
  }

  enter(): void {
    this.inside++;
  }

  leave(): void {
    this.inside--;
  }
}
