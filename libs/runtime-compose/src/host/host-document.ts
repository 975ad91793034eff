/** Their line stays below the 16 KiB that the proxy reads at once. */
const COMMANDS_AT_ONCE = 100;

/** One document for the helper at the host (helper-frame.ts, helper-verbs.ts): words and base64 alone, a line for each thing to do. */
export class HostDocument {
  private readonly lines: string[] = [];

  /** @throws TypeError for a word that could be taken for two. */
  add(verb: string, ...words: readonly (string | number)[]): this {
    const line = [verb, ...words].map(String);
    const bad = line.find((word) => !/^[A-Za-z0-9][A-Za-z0-9._/=:+-]*$|^-$/.test(word));
    if (bad !== undefined) throw new TypeError(`not a word of a host document: ${JSON.stringify(bad)}`);
    this.lines.push(line.join(' '));
    return this;
  }

  /** A file in the slot's directory, only its owner may read it. */
  put(path: string, content: string): this {
    return this.encoded('put', path, content);
  }

  /** Commands for the proxy's admin socket. */
  proxy(commands: readonly string[]): this {
    for (let from = 0; from < commands.length; from += COMMANDS_AT_ONCE) {
      this.encoded('proxy', '', commands.slice(from, from + COMMANDS_AT_ONCE).join('; '));
    }
    return this;
  }

  /** What the host is and has, this image among it. */
  facts(image: string): this {
    return this.encoded('facts', '', image);
  }

  get empty(): boolean {
    return this.lines.length === 0;
  }

  toString(): string {
    return this.lines.map((line) => `${line}\n`).join('');
  }

  private encoded(verb: string, path: string, content: string): this {
    const text = Buffer.from(content).toString('base64') || '-';
    this.lines.push([verb, ...(path ? [path] : []), text].join(' '));
    return this;
  }
}
