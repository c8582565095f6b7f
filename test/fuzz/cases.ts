import type { Corpus } from './corpus.ts';
import { type Dice, diceOf } from './dice.ts';
import { mutateText, mutateTree } from './mutate.ts';

/** Texts that are compiled. */
export interface CompileCase {
  readonly target: 'compile';
  readonly rollout: string;
  readonly fleet?: string;
  readonly template: string;
}

/** A Rollout that was written once, and bytes that then come to stand in its plan.json, or in a leftover of a killed run. */
export interface CommittedCase {
  readonly target: 'committed';
  /** 0: bytes replaced, 1: values, 2: paths. */
  readonly seed: number;
  readonly prune: boolean;
  readonly gone: boolean;
}

/** A whole repository and the words of a command line. File contents are in base64. */
export interface CliCase {
  readonly target: 'cli';
  readonly files: readonly { readonly path: string; readonly content: string; readonly link?: true }[];
  readonly commands: readonly (readonly string[])[];
}

export type Case = CompileCase | CommittedCase | CliCase;

/** How often each kind of case comes, in percent; the others cost a process or a folder each. */
const [CLI, COMMITTED] = [2, 5];

/** The case of a number in a campaign. */
export function caseOf(seed: number, corpus: Corpus): Case {
  const dice = diceOf(seed);
  const kind = dice.roll(100);
  if (kind < CLI) return cliCase(dice, corpus);
  if (kind < CLI + COMMITTED) return committedCase(dice);
  return compileCase(dice, corpus);
}

const committedCase = (dice: Dice): CommittedCase => ({
  target: 'committed',
  seed: dice.roll(2 ** 31),
  prune: dice.chance(50),
  gone: dice.chance(30),
});

function compileCase(dice: Dice, corpus: Corpus): CompileCase {
  const [rollouts, fleets] = [corpus.rollouts, corpus.fleets];
  const inFleet = dice.chance(30);
  const rollout = inFleet && dice.chance(60) ? dice.pick(rollouts) : mutated(dice, rollouts, fleets);
  return {
    target: 'compile',
    rollout,
    ...(inFleet || dice.chance(10) ? { fleet: mutated(dice, fleets, rollouts) } : {}),
    template: dice.chance(20) ? mutated(dice, rollouts, rollouts) : '',
  };
}

function mutated(dice: Dice, own: readonly string[], foreign: readonly string[]): string {
  const other = dice.chance(80) ? dice.pick(own) : dice.pick(foreign);
  const mutate = dice.chance(60) ? mutateTree : mutateText;
  return mutate(dice.pick(own), other, dice);
}

const FOLDERS = [
  'rollouts',
  'rollouts/team',
  'rollouts/a b',
  'rollouts/..x',
  'rollouts/out/live',
  '.',
  'templates',
  'out/live',
  'out/plan/default/x/y',
];
const ENDINGS = ['.yaml', '.yml', '.YAML', '.yaml.bak', '', '.json', '.yaml\n', '.tmp'];
const NAMES = [
  ...[
    'a',
    'cart',
    '-',
    '--force',
    ':(glob)*',
    "it's",
    '$(id)',
    '`id`',
    'a\nkind: Secret',
    'x\u001b[31m',
    '\u202eevil',
    'é',
    'e\u0301',
  ],
  ...[
    '😀',
    '{a,b}',
    '[a]',
    '!x',
    '*',
    '#',
    '<!--',
    '-->',
    '|',
    'con',
    'constructor',
    '__proto__',
    'plan',
    'A',
    ' ',
    'a'.repeat(200),
  ],
];
const SPECIAL = [
  'surefoot.yaml',
  'out/plan/default/demo/cart/plan.json',
  'out/live',
  'out',
  'rollouts',
  'out/.surefoot.lock',
];
const WORDS: readonly (readonly string[])[] = [
  ...[
    ['synth'],
    ['synth'],
    ['synth'],
    ['synth', '--prune'],
    ['synth', '--check'],
    ['validate'],
    ['plan'],
    ['plan', '-o', 'json'],
  ],
  ...[
    ['plan', '-o', 'yaml', '--flat'],
    ['plan', '--skips'],
    ['validate', '.'],
    ['synth', 'rollouts/team'],
    ['synth', '--format', 'json'],
  ],
  ...[
    ['synth', '--out', 'rollouts'],
    ['synth', '--out', 'link'],
    ['synth', '--out', '.'],
    ['synth', '--out', 'out/live'],
  ],
  ...[
    ['validate', '--', '--force.yaml'],
    ['synth', '.'],
    ['validate', '--color'],
    ['plan', 'link'],
  ],
];

function cliCase(dice: Dice, corpus: Corpus): CliCase {
  const files = Array.from({ length: 1 + dice.roll(8) }, () => {
    const path = dice.chance(25)
      ? dice.pick(SPECIAL)
      : `${dice.pick(FOLDERS)}/${dice.pick(NAMES)}${dice.pick(ENDINGS)}`;
    return { path, content: contentOf(dice, corpus, path) };
  });
  const links = dice.chance(40)
    ? [
        {
          path: dice.pick(['link', 'rollouts/link.yaml', 'out', 'out/live', 'rollouts/linked', 'surefoot.yaml']),
          content: dice.pick(TARGETS),
          link: true as const,
        },
      ]
    : [];
  return { target: 'cli', files: [...links, ...files], commands: [dice.pick(WORDS), dice.pick(WORDS)] };
}

const TARGETS = ['../outside', '../outside/secret.yaml', 'rollouts', '.', 'nowhere', 'link', '/dev/zero', 'out'].map(
  text => Buffer.from(text).toString('base64'),
);

function contentOf(dice: Dice, corpus: Corpus, path: string): string {
  const texts = path === 'surefoot.yaml' ? corpus.fleets : corpus.rollouts;
  const text = dice.chance(50) ? dice.pick(texts) : mutated(dice, texts, corpus.rollouts);
  const bytes = Buffer.from(text);
  if (dice.chance(15)) for (let change = 0; change < 5; change++) bytes[dice.roll(bytes.length)] = dice.roll(256);
  return bytes.toString('base64');
}
