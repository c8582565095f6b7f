import type { Command } from 'commander';
import { bashScript } from '../completion/bash.ts';
import { fishScript } from '../completion/fish.ts';
import { type CommandGrammar, grammarOf } from '../completion/grammar.ts';
import type { Shell } from '../completion/shells.ts';
import { zshScript } from '../completion/zsh.ts';
import { type ExitCode, print } from '../terminal.ts';

/** Prints a script that completes the words of the program in a shell; it never calls the program. */
export async function completion(shell: Shell, program: Command): Promise<ExitCode> {
  print(SCRIPTS[shell](grammarOf(program)));
  return 0;
}

/** What makes the script of each shell. */
export const SCRIPTS: { readonly [shell in Shell]: (program: CommandGrammar) => string } = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
};
