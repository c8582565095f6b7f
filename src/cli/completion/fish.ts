import { allCommands, type Candidates, type CommandGrammar, nameOf, type OptionGrammar } from './grammar.ts';

/** A script for fish: a line for each thing that may be typed, and under which commands it may. */
export const fishScript = (program: CommandGrammar): string => `\
# Completion of surefoot for fish: surefoot completion fish | source

# Whether the words before the cursor lead to the commands "$argv[1]", and to the argument of that number where there is one.
function __surefoot_at
    set -l path ''
    set -l position 0
    set -l awaiting ''
    set -l ended ''
    set -l words (commandline -opc)
    set -e words[1]
    for word in $words
        if test -n "$awaiting"
            set awaiting ''
        else if test -z "$ended"; and string match -q -- -- "$word"
            set ended 1
        else if test -z "$ended"; and string match -q -- '-?*' "$word"
            switch "$path $word"
                case ${words(allCommands(program).flatMap(optionKeys))}
                    set awaiting 1
            end
        else
            switch "$position$path $word"
                case ${words(allCommands(program).flatMap(commandKeys))}
                    set path "$path $word"
                case '*'
                    set position (math $position + 1)
            end
        end
    end
    test "x$path" = "x$argv[1]"; or return 1
    switch "$argv[2]"
        case ''
            return 0
        case '*+'
            test $position -ge (string trim -c + -- "$argv[2]")
        case '*'
            test $position -eq "$argv[2]"
    end
end

complete -c surefoot -f
${allCommands(program).flatMap(linesOf).join('\n')}
`;

const quoted = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`;
const words = (all: readonly string[]): string => all.map(quoted).join(' ');

const keyOf = ({ path }: CommandGrammar): string => path.map(word => ` ${word}`).join('');

const optionKeys = (command: CommandGrammar): readonly string[] =>
  command.options.flatMap(({ flags, value }) =>
    value === undefined ? [] : flags.map(flag => `${keyOf(command)} ${flag}`),
  );

const commandKeys = (command: CommandGrammar): readonly string[] => command.commands.map(one => `0${keyOf(one)}`);

const linesOf = (command: CommandGrammar): readonly string[] => [
  ...command.options.map(option => optionLine(command, option)),
  ...command.commands.map(one => `${start(command, '0')} -a ${quoted(nameOf(one))} -d ${quoted(one.about)}`),
  ...command.positions.map((candidates, position) => {
    const isRest = command.isVariadic && position === command.positions.length - 1;
    return `${start(command, `${position}${isRest ? '+' : ''}`)}${proposed(candidates)}`;
  }),
];

const optionLine = (command: CommandGrammar, { flags, about, value }: OptionGrammar): string => {
  const names = flags.map(flag => (flag.startsWith('--') ? ` -l ${flag.slice(2)}` : ` -s ${flag.slice(1)}`)).join('');
  return `${start(command)}${names}${value === undefined ? '' : ` -r${proposed(value)}`} -d ${quoted(about)}`;
};

const start = (command: CommandGrammar, position = ''): string =>
  `complete -c surefoot -n ${quoted(`__surefoot_at ${quoted(keyOf(command))}${position === '' ? '' : ` ${position}`}`)}`;

const PROPOSED = { files: ' -F', folders: " -f -a '(__fish_complete_directories)'", anything: ' -f' } as const;

const proposed = (candidates: Candidates): string =>
  candidates.kind === 'words' ? ` -f -a ${quoted(candidates.words.join(' '))}` : PROPOSED[candidates.kind];
