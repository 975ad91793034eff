const COLOUR = /\u001b\[[0-9;]*m/g;

/** Searches the lines of a log that grows, regardless of case and colour: for the same words, only what came since is looked at. */
export class LineSearch {
  private readonly lines: string[] = [];
  private words = '';
  private searched = 0;
  private found: number[] = [];

  add(line: string): void {
    this.lines.push(line.replace(COLOUR, '').toLowerCase());
  }

  /** Lets go of the first ones. */
  forget(count: number): void {
    this.lines.splice(0, count);
    this.begin(this.words);
  }

  /** @returns the numbers of the lines that have the words, from 1 on; a line as often as it has them */
  find(words: string): readonly number[] {
    const wanted = words.toLowerCase();
    if (wanted !== this.words) this.begin(wanted);
    if (wanted === '') return [];
    for (; this.searched < this.lines.length; this.searched++) this.findIn(this.lines[this.searched]!, this.searched + 1);
    return [...this.found];
  }

  private begin(words: string): void {
    this.words = words;
    this.searched = 0;
    this.found = [];
  }

  private findIn(line: string, number: number): void {
    for (let at = line.indexOf(this.words); at !== -1; at = line.indexOf(this.words, at + this.words.length)) this.found.push(number);
  }
}
