import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { Argument, Command } from 'commander';
import { expect, test } from 'vitest';
import { SCRIPTS } from '../../src/cli/commands/completion.ts';
import { grammarOf } from '../../src/cli/completion/grammar.ts';
import { SHELLS, type Shell } from '../../src/cli/completion/shells.ts';
import { temporaryFolder, writeTree } from '../host/workspace.ts';
import { surefoot } from './surefoot.ts';

const isInstalled = (shell: Shell): boolean => spawnSync(shell, ['-c', 'exit 0']).status === 0;
const INSTALLED = SHELLS.filter(isInstalled);
const ABSENT = SHELLS.filter(shell => !INSTALLED.includes(shell));

const IN_BASH =
  'source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _surefoot; for word in ' +
  '"$' +
  '{COMPREPLY[@]}"; do printf "%s\\n" "$word"; done';
const IN_FISH = 'source $argv[1]; complete -C $argv[2]';
const IN_ZSH = join(import.meta.dirname, 'complete-zsh.zsh');

/** The words as readline hands them over: `=` is one of its own. */
const wordsOf = (line: string): readonly string[] => line.replace(/=$/, ' =').split(/ |(?<==)|(?==)/);

const COMMANDS: { readonly [shell in Shell]: (script: string, line: string) => readonly string[] } = {
  bash: (script, line) => ['--norc', '-c', IN_BASH, 'bash', script, ...wordsOf(line)],
  zsh: (script, line) => ['-f', IN_ZSH, script, line],
  fish: (script, line) => ['--no-config', '-c', IN_FISH, '--', script, line],
};

/** A folder to complete in, with the scripts of all shells. */
function folder(): string {
  const root = temporaryFolder();
  writeTree(root, { 'rollouts/cart.yaml': '', 'rollouts/mail.yaml': '', 'sub/x': '', 'synth-notes.txt': '' });
  for (const shell of SHELLS) {
    const { exit, stdout, stderr } = surefoot(root, ['completion', shell]);
    expect([exit, stderr]).toEqual([0, '']);
    writeTree(root, { [`scripts/${shell}`]: stdout });
  }
  return root;
}

/** What a shell proposes after a TAB at the end of the line: words without what is typed before them, sorted. */
function proposals(shell: Shell, root: string, line: string): readonly string[] {
  const args = COMMANDS[shell](join(root, 'scripts', shell), line);
  const { status, stdout, stderr } = spawnSync(shell, args, {
    cwd: root,
    encoding: 'utf8',
    // Without `surefoot` in it: a script that called the program would fail.
    env: { PATH: '/usr/bin:/bin', HOME: root, LC_ALL: 'C.UTF-8' },
    timeout: 60_000,
  });
  expect([status, stderr]).toEqual([0, '']);
  const words = stdout.split('\n').filter(word => word !== '');
  // Fish gives an explanation behind a tab; folders end with a slash in some; in all the value alone is what counts.
  const bare = words.map(word =>
    word
      .replace(/\t.*/, '')
      .replace(/\/$/, '')
      .replace(/^--\w+=|^rollouts\//, ''),
  );
  return [...new Set(bare)].sort();
}

const NAMES = [
  'abort',
  'bootstrap',
  'check',
  'comment',
  'completion',
  'diff',
  'explain',
  'help',
  'init',
  'plan',
  'promote',
  'release',
  'resume',
  'schema',
  'status',
  'synth',
  'tidy',
  'trace',
  'validate',
];
const FORMATS = ['github', 'gitlab', 'json', 'junit', 'sarif', 'text'];
const FOLDERS = ['rollouts', 'scripts', 'sub'];

test.each(INSTALLED.map(shell => [shell] as const))('%s really proposes what can be typed', shell => {
  const root = folder();
  const known: { readonly [line: string]: readonly string[] } = {
    'surefoot ': NAMES,
    'surefoot sy': ['synth'],
    'surefoot help ': NAMES,
    'surefoot completion ': ['bash', 'fish', 'zsh'],
    'surefoot bootstrap ': ['argocd', 'flux'],
    'surefoot --format ': FORMATS,
    'surefoot validate --format ': FORMATS,
    'surefoot synth --format=git': ['github', 'gitlab'],
    'surefoot synth --format=': FORMATS,
    'surefoot plan -o ': ['json', 'table', 'yaml'],
    'surefoot plan --output y': ['yaml'],
    'surefoot diff --e': ['--environment', '--exit-code'],
    'surefoot diff --cluster s': ['scripts', 'sub', 'synth-notes.txt'],
    'surefoot synth --w': ['--watch'],
    'surefoot synth --check --pr': ['--prune'],
    'surefoot schema --w': [],
    'surefoot -C ': FOLDERS,
    'surefoot plan --out s': ['scripts', 'sub'],
    // The value of an option is no command, and what stands behind a command is a path.
    'surefoot --out plan sy': ['synth'],
    'surefoot validate sy': ['synth-notes.txt'],
    'surefoot validate rollouts/': ['cart.yaml', 'mail.yaml'],
    'surefoot synth --check sub rollouts/m': ['mail.yaml'],
    'surefoot synth -- --': [],
  };
  const proposed = Object.fromEntries(Object.keys(known).map(line => [line, proposals(shell, root, line)]));
  expect(proposed).toEqual(known);
});

test.each(INSTALLED.map(shell => [shell] as const))(
  '%s proposes every option that the help of a command shows',
  shell => {
    const root = folder();
    const shown = NAMES.filter(name => name !== 'help').map(name => {
      const { stdout } = surefoot(root, [name, '--help']);
      return [name, [...stdout.matchAll(/^ {2}(?:-\w, )?(--[\w-]+)/gm)].map(([, flag]) => flag).sort()];
    });
    const proposed = shown.map(([name]) => [name, proposals(shell, root, `surefoot ${name} --`)]);
    expect(proposed).toEqual(shown);
    expect(shown.flat(2).length).toBeGreaterThan(30);
  },
);

test.each(INSTALLED.map(shell => [shell] as const))('%s copes with commands below commands and any wording', shell => {
  const program = new Command('surefoot').description('x').option('-x', 'it\'s [odd]: "a\\b" `c` $(d) %e');
  const gate = program.command('gate').description("it's: a [gate]").option('--all', 'all');
  gate.command('open').description('open: "it"').option('-f, --from <file>', 'a file').option('--by <who>', 'someone');
  gate
    .command('close')
    .addArgument(new Argument('<how>').choices(['fast', 'slow']))
    .addArgument(new Argument('[FILE]'));
  const root = temporaryFolder();
  writeTree(root, { [`scripts/${shell}`]: SCRIPTS[shell](grammarOf(program)), 'rollouts/cart.yaml': '' });
  const known: { readonly [line: string]: readonly string[] } = {
    'surefoot ': ['gate', 'help'],
    'surefoot gate ': ['close', 'help', 'open'],
    'surefoot gate open --': ['--by', '--from', '--help'],
    'surefoot gate open -f rollouts/': ['cart.yaml'],
    'surefoot gate open --by ': [],
    'surefoot gate close ': ['fast', 'slow'],
    'surefoot gate close fast rollouts/': ['cart.yaml'],
    'surefoot gate close fast rollouts/cart.yaml rollouts/': [],
  };
  const proposed = Object.fromEntries(Object.keys(known).map(line => [line, proposals(shell, root, line)]));
  expect(proposed).toEqual(known);
});

test('where a shell is not installed, only that its script names every command and closes its quotes is checked', () => {
  const root = folder();
  for (const shell of ABSENT.length === 0 ? SHELLS : ABSENT) {
    const script = surefoot(root, ['completion', shell]).stdout;
    for (const name of NAMES) expect(script).toContain(name);
    const code = script.replace(/^\s*#.*$/gm, '').replace(/\\./g, '');
    expect((code.match(/'/g) ?? []).length % 2, shell).toBe(0);
  }
});

test('an unknown shell is wrong usage', () => {
  const { exit, stderr } = surefoot(temporaryFolder(), ['completion', 'tcsh']);
  expect(exit).toBe(2);
  expect(stderr).toContain('bash, zsh, fish');
});
