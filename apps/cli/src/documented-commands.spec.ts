import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CommanderError, type Command } from 'commander';
import { program } from './program';

const ROOT = join(__dirname, '../../..');
const DOCUMENTS = [
  'README.md',
  'CONTRIBUTING.md',
  ...readdirSync(join(ROOT, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

/** A command in a document; one that is only spoken of need not name everything that it takes. */
interface Documented {
  readonly argv: readonly string[];
  readonly isMention: boolean;
}

const FENCED = /^```(?:sh|bash)\n([\s\S]*?)^```$/gm;
const ANY_FENCED = /^```[\s\S]*?^```$/gm;
const HEREDOC = /<<(\w+)\n[\s\S]*?^\1$/gm;
const MENTIONED = /`((?:npm run (?:-s )?)?slipway [^`]+)`/g;

/** The commands of a shell's text, as words: quotes, comments and lines that go on are understood, nothing is expanded. */
function shellCommands(text: string): string[][] {
  const commands: string[][] = [[]];
  const tokens = /\\\n|#[^\n]*|\n|;|&&|\|\|?|(?:'[^']*'|"[^"]*"|\\[^\n]|[^\s'"\\;|&#]|(?<=\S)#|&(?!&))+|[^\S\n]+/g;
  for (const [token] of text.replace(HEREDOC, '').matchAll(tokens)) {
    if (/^(\n|;|&&|\|\|?)$/.test(token)) commands.push([]);
    else if (!/^(\s|\\\n|#)/.test(token)) commands.at(-1)!.push(token.replace(/'([^']*)'|"([^"]*)"|\\(.)/g, '$1$2$3'));
  }
  return commands;
}

/** What `slipway` is given; undefined: another program is called. */
function argvOf(words: readonly string[]): string[] | undefined {
  if (words[0] === 'slipway') return words.slice(1);
  const at = words.indexOf('slipway');
  return words[0] === 'npm' && words[1] === 'run' && words[at + 1] === '--' ? words.slice(at + 2) : undefined;
}

function commandsOf(document: string): Documented[] {
  const text = readFileSync(join(ROOT, document), 'utf8');
  const found = (texts: string[], isMention: boolean): Documented[] =>
    texts.flatMap(shellCommands).flatMap((words) => {
      const argv = argvOf(words);
      return argv === undefined || argv.length === 0 ? [] : [{ argv, isMention }];
    });
  return [
    ...found(
      [...text.matchAll(FENCED)].map(([, block]) => block!),
      false,
    ),
    ...found(
      [...text.replace(ANY_FENCED, '').matchAll(MENTIONED)].map(([, span]) => span!),
      true,
    ),
  ];
}

function each(command: Command, use: (one: Command) => void): void {
  use(command);
  command.commands.forEach((one) => each(one, use));
}

/** Parses a command without running it. @throws CommanderError */
function parse({ argv, isMention }: Documented): void {
  const root = program();
  // `...` stands for what the reader knows.
  const isPart = isMention || argv.includes('...');
  each(root, (command) => {
    command.exitOverride((error) => {
      throw error;
    });
    command.configureOutput({ writeOut: () => undefined, writeErr: () => undefined });
    if (command.commands.length === 0) command.action(() => undefined);
    if (!isPart) return;
    for (const option of command.options) option.mandatory = false;
    for (const argument of command.registeredArguments) argument.required = false;
  });
  try {
    root.parse(
      argv.filter((word, at) => word !== '...' || argv[at - 1]?.startsWith('-')),
      { from: 'user' },
    );
  } catch (error) {
    const code = error instanceof CommanderError ? error.code : undefined;
    // `--help`; and a group of commands that is spoken of.
    if (code !== 'commander.helpDisplayed' && !(isMention && code === 'commander.help')) throw error;
  }
}

describe('the documents', () => {
  const all = DOCUMENTS.flatMap((document) => commandsOf(document).map((command) => ({ document, command })));

  it('have commands, whole and in passing', () => {
    expect(all.filter(({ command }) => !command.isMention).length).toBeGreaterThan(50);
    expect(all.filter(({ command }) => command.isMention).length).toBeGreaterThan(15);
  });

  it.each(all.map(({ document, command }) => [document, command.argv.join(' '), command] as const))(
    '%s: slipway %s',
    (_document, _argv, command) => expect(() => parse(command)).not.toThrow(),
  );
});

it.each(['projections rebuild release release-list', 'release deploy -s hello', 'environments', 'slots nonsense', 'slots list --nonsense'])(
  'slipway %s would be noticed',
  (line) => expect(() => parse({ argv: line.split(' '), isMention: false })).toThrow(),
);
