import { allCommands, type Candidates, type CommandGrammar, nameOf, quoted } from './grammar.ts';

/** A script that completes in bash 3.2 and newer: tables of what may be typed, and a walk through the words before the cursor. */
export const bashScript = (program: CommandGrammar): string => `\
# Completion of surefoot for bash: source <(surefoot completion bash)

# What stands after the words "$1": sets commands and options.
_surefoot_after() {
  commands='' options=''
  case "$1" in
${tableOf(program, commandRow)}
  esac
}

# Sets takes to what an option takes, or to nothing: "$1" are the commands and the option.
_surefoot_option() {
  takes='' words=''
  case "$1" in
${tableOf(program, optionRows)}
  esac
}

# Sets takes to what stands at a position: "$1" are the commands and the number of arguments before.
_surefoot_position() {
  takes='' words=''
  case "$1" in
${tableOf(program, positionRows)}
  esac
}

_surefoot_propose() {
  local line
  while IFS= read -r line; do COMPREPLY+=("$line"); done
}

_surefoot() {
  local current=\${COMP_WORDS[COMP_CWORD]} lead='' path='' position=0 awaiting='' ended=''
  local commands options takes words word i IFS=$'\\n'
  COMPREPLY=()
  for ((i = 1; i < COMP_CWORD; i++)); do
    word=\${COMP_WORDS[i]}
    if [[ $word == '=' ]]; then continue; fi
    if [[ -n $awaiting ]]; then awaiting=''; continue; fi
    if [[ -z $ended && $word == '--' ]]; then ended=1; continue; fi
    if [[ -z $ended && $word == -?* ]]; then
      _surefoot_option "$path $word"
      if [[ -n $takes ]]; then awaiting=$word; fi
      continue
    fi
    _surefoot_after "$path"
    if [[ $position == 0 && $'\\n'$commands$'\\n' == *$'\\n'"$word"$'\\n'* ]]; then path="$path $word"; else position=$((position + 1)); fi
  done
  if [[ $current == '=' ]]; then current=''; fi
  if [[ -z $ended && $current == --*=* ]]; then
    awaiting=\${current%%=*}
    lead="$awaiting="
    current=\${current#*=}
  fi
  _surefoot_after "$path"
  if [[ -n $awaiting ]]; then
    _surefoot_option "$path $awaiting"
  elif [[ -z $ended && $current == -* ]]; then
    takes=words words=$options
  else
    _surefoot_position "$path $position"
    if [[ $position == 0 && -n $commands ]]; then takes=words words=$commands; fi
  fi
  case "$takes" in
    words) _surefoot_propose < <(compgen -P "$lead" -W "$words" -- "$current") ;;
    files) compopt -o filenames 2> /dev/null; _surefoot_propose < <(compgen -P "$lead" -f -- "$current") ;;
    folders) compopt -o filenames 2> /dev/null; _surefoot_propose < <(compgen -P "$lead" -d -- "$current") ;;
  esac
}

complete -F _surefoot surefoot
`;

const tableOf = (program: CommandGrammar, rows: (command: CommandGrammar) => readonly string[]): string =>
  allCommands(program)
    .flatMap(rows)
    .map(row => `    ${row} ;;`)
    .join('\n');

/** How the walk writes the commands that it has seen: each after a blank. */
const keyOf = ({ path }: CommandGrammar): string => path.map(word => ` ${word}`).join('');

const lines = (words: readonly string[]): string =>
  `$'${words.map(word => word.replace(/[\\']/g, '\\$&')).join('\\n')}'`;

const commandRow = (command: CommandGrammar): readonly string[] => {
  const options = lines(command.options.flatMap(option => option.flags));
  return [`${quoted(keyOf(command))}) commands=${lines(command.commands.map(nameOf))} options=${options}`];
};

const optionRows = (command: CommandGrammar): readonly string[] =>
  command.options.flatMap(({ flags, value }) =>
    value === undefined
      ? []
      : [`${flags.map(flag => quoted(`${keyOf(command)} ${flag}`)).join(' | ')}) ${take(value)}`],
  );

const positionRows = (command: CommandGrammar): readonly string[] =>
  command.positions.map((candidates, position) => {
    const isRest = command.isVariadic && position === command.positions.length - 1;
    const key = keyOf(command);
    return `${isRest ? `${quoted(`${key} `)}*` : quoted(`${key} ${position}`)}) ${take(candidates)}`;
  });

const take = (candidates: Candidates): string =>
  candidates.kind === 'words' ? `takes=words words=${lines(candidates.words)}` : `takes=${candidates.kind}`;
