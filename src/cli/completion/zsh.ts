import { allCommands, type Candidates, type CommandGrammar, nameOf, type OptionGrammar, quoted } from './grammar.ts';

/** A script for zsh: a function for each command, in the words of its own `_arguments`. */
export const zshScript = (program: CommandGrammar): string => `\
#compdef surefoot
# Completion of surefoot for zsh: source <(surefoot completion zsh), or as a file _surefoot in a folder of $fpath.

${allCommands(program).map(functionOf).join('\n')}
if [[ $funcstack[1] == _surefoot ]]; then _surefoot "$@"; else compdef _surefoot surefoot; fi
`;

const functionName = ({ path }: CommandGrammar): string => ['_surefoot', ...path].join('_');

const functionOf = (command: CommandGrammar): string =>
  command.commands.length === 0 ? leafFunction(command) : branchFunction(command);

const leafFunction = (command: CommandGrammar): string => `\
${functionName(command)}() {
  _arguments -s -S ${specs([...command.options.flatMap(optionSpecs), ...positionSpecs(command)])}
}
`;

const branchFunction = (command: CommandGrammar): string => `\
${functionName(command)}() {
  local curcontext=$curcontext state line
  typeset -A opt_args
  _arguments -C -s -S ${specs([...command.options.flatMap(optionSpecs), "'1: :->command'", "'*:: :->rest'"])}
  case $state in
    command)
      local -a commands=(
${command.commands.map(one => `        ${quoted(`${nameOf(one)}:${one.about}`)}`).join('\n')}
      )
      _describe command commands
      ;;
    rest)
      case $line[1] in
${command.commands.map(one => `        ${quoted(nameOf(one))}) ${functionName(one)} ;;`).join('\n')}
      esac
      ;;
  esac
}
`;

const specs = (all: readonly string[]): string => all.map(spec => `\\\n    ${spec}`).join(' ');

/** One for each flag, and each shuts out the others. */
const optionSpecs = ({ flags, about, value }: OptionGrammar): readonly string[] =>
  flags.map(flag => {
    const takes = value === undefined ? '' : flag.startsWith('--') ? '=' : '+';
    return quoted(
      `(${flags.join(' ')})${flag}${takes}[${escaped(about)}]${value === undefined ? '' : `: :${action(value)}`}`,
    );
  });

const positionSpecs = ({ positions, isVariadic }: CommandGrammar): readonly string[] =>
  positions.map((candidates, position) => {
    const isRest = isVariadic && position === positions.length - 1;
    return quoted(`${isRest ? '*' : position + 1}: :${action(candidates)}`);
  });

const escaped = (text: string): string => text.replace(/[\\[\]:]/g, letter => `\\${letter}`);

const ACTIONS = { files: '_files', folders: '_files -/', anything: ' ' } as const;

const action = (candidates: Candidates): string =>
  candidates.kind === 'words' ? `(${candidates.words.join(' ')})` : ACTIONS[candidates.kind];
