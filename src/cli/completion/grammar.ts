import type { Argument, Command, Option } from 'commander';

/** What may stand where a value is expected; `anything`: nothing can be proposed. */
export type Candidates =
  | { readonly kind: 'files' | 'folders' | 'anything' }
  | { readonly kind: 'words'; readonly words: readonly string[] };

export interface OptionGrammar {
  /** As typed, short before long. */
  readonly flags: readonly string[];
  readonly about: string;
  /** Absent: it takes no value. */
  readonly value?: Candidates;
}

/** One command, or the program itself, with all that may be typed after it. */
export interface CommandGrammar {
  /** The words that lead to it from the program; empty: the program. */
  readonly path: readonly string[];
  readonly about: string;
  /** Its own and those of every command above it. */
  readonly options: readonly OptionGrammar[];
  /** What may stand at each position; the last one again and again where `isVariadic`. */
  readonly positions: readonly Candidates[];
  readonly isVariadic: boolean;
  readonly commands: readonly CommandGrammar[];
}

/** What can be typed, read from the definition that also parses it, so that the two never differ. */
export function grammarOf(command: Command, path: readonly string[] = []): CommandGrammar {
  const help = command.createHelp();
  const visible = help.visibleCommands(command);
  const names = visible.map(one => one.name());
  const commands = visible.map(one => {
    const below = [...path, one.name()];
    // Commander makes the help command itself, and knows it takes a command only by its wording.
    return command.commands.includes(one) ? grammarOf(one, below) : helpGrammar(one, below, names);
  });
  return {
    path,
    about: command.description(),
    options: [...help.visibleOptions(command), ...help.visibleGlobalOptions(command)].map(optionOf),
    positions: command.registeredArguments.map(argumentOf),
    isVariadic: command.registeredArguments.at(-1)?.variadic === true,
    commands,
  };
}

const helpGrammar = (command: Command, path: readonly string[], names: readonly string[]): CommandGrammar => ({
  path,
  about: command.description(),
  options: [],
  positions: [{ kind: 'words', words: names }],
  isVariadic: false,
  commands: [],
});

const optionOf = (option: Option): OptionGrammar => ({
  flags: [option.short, option.long].filter(flag => flag !== undefined),
  about: option.description,
  ...(option.required || option.optional ? { value: candidatesOf(option) } : {}),
});

/** The name of a value says what it is: `<dir>` and `<folder>`, `<file>` and `<path>`. */
function candidatesOf({ argChoices, flags }: Option): Candidates {
  if (argChoices !== undefined) return { kind: 'words', words: argChoices };
  const [, name = ''] = /[<[](\w+)/.exec(flags) ?? [];
  return { kind: /^(?:dir|folder)$/i.test(name) ? 'folders' : /^(?:file|path)$/i.test(name) ? 'files' : 'anything' };
}

const argumentOf = ({ argChoices }: Argument): Candidates =>
  argChoices === undefined ? { kind: 'files' } : { kind: 'words', words: argChoices };

/** A command and every one below it. */
export const allCommands = (grammar: CommandGrammar): readonly CommandGrammar[] => [
  grammar,
  ...grammar.commands.flatMap(allCommands),
];

/** The last word that leads to a command. */
export const nameOf = ({ path }: CommandGrammar): string => path.at(-1) ?? '';

/** A word of a script between single quotes, for shells that end them to write one. */
export const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
