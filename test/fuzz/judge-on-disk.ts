import { spawnSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { compilerAt } from '../../src/host/compiler.ts';
import { openOut } from '../../src/host/out-folder.ts';
import { readSource } from '../../src/host/read-source.ts';
import type { SynthReport } from '../../src/host/synth-report.ts';
import { isSystemError } from '../../src/host/system-error.ts';
import { synthSources } from '../host/synth-sources.ts';
import type { CliCase, CommittedCase } from './cases.ts';
import { type Dice, diceOf } from './dice.ts';
import { mutateText, mutateTree } from './mutate.ts';

const LIMIT = 15_000;

/** A folder `root` with a folder `outside` beside it; both are gone afterwards. */
function inFolder<T>(act: (root: string, around: string) => T): T {
  const around = mkdtempSync(join(tmpdir(), 'surefoot-fuzz-'));
  try {
    mkdirSync(join(around, 'root'));
    mkdirSync(join(around, 'outside'));
    writeFileSync(join(around, 'outside/secret.yaml'), 'kind: Secret\n');
    return act(join(around, 'root'), around);
  } finally {
    rmSync(around, { recursive: true, force: true });
  }
}

/** Everything below a folder as one text, but for what the tool may write. */
function snapshot(folder: string, own: string): string {
  const lines: string[] = [];
  const walk = (path: string): void => {
    for (const entry of readdirSync(path, { withFileTypes: true, encoding: 'buffer' })) {
      const name = entry.name.toString('latin1');
      const below = `${path}/${name}`;
      if (below === own && entry.isDirectory()) continue;
      if (entry.isDirectory()) walk(below);
      else lines.push(`${below} ${entry.isSymbolicLink() ? readlinkSync(nameOf(below)) : hashOf(nameOf(below))}`);
    }
  };
  walk(folder);
  return lines.sort().join('\n');
}

/** Names are read as bytes and kept as latin1, so that no two of them become one. */
const nameOf = (latin1: string): Buffer => Buffer.from(latin1, 'latin1');
const hashOf = (path: Buffer): string => readFileSync(path).toString('base64');

/** Runs the shipped command line in a repository of odd files; says what it did that it may not. */
export function judgeCli(one: CliCase, shipped: string): string | undefined {
  return inFolder((root, around) => {
    for (const { path, content, link } of one.files) put(join(root, path), Buffer.from(content, 'base64'), link);
    for (const words of one.commands) {
      const out = words.includes('--out') ? words[words.indexOf('--out') + 1]! : 'out';
      // What is refused as output folder may not change either.
      const own = ['rollouts', '.'].includes(out) ? '' : Buffer.from(join(root, out)).toString('latin1');
      const before = snapshot(around, own);
      const { status, signal, stderr } = spawnSync(process.execPath, [shipped, ...words], {
        cwd: root,
        encoding: 'utf8',
        input: '',
        timeout: LIMIT,
        maxBuffer: 64 * 1024 * 1024,
      });
      if (signal !== null || status === null) return `${words.join(' ')} ended by ${signal ?? 'nothing'} or hung`;
      if (status > 2 || stderr.includes('bug in surefoot'))
        return `${words.join(' ')} ended with ${status}: ${stderr.slice(0, 600)}`;
      if (!words.includes('--color') && /(?!\n)[\p{Cc}\p{Cf}]/u.test(stderr))
        return `${words.join(' ')} let a sign through that terminals obey`;
      if (snapshot(around, own) !== before) return `${words.join(' ')} changed files outside of the output folder`;
    }
    return undefined;
  });
}

/** Where an earlier file stands in the way, or a name cannot be, there is one file less. */
function put(path: string, content: Buffer, link?: true): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    if (link) symlinkSync(content.toString(), path);
    else writeFileSync(path, content, { flag: 'wx' });
  } catch (error) {
    if (!isSystemError(error)) throw error;
  }
}

const DIRECTORY = 'default/demo/cart';
const PLAN = `out/plan/${DIRECTORY}/plan.json`;

const specOf = (name: string, weight: number): string => `\
apiVersion: surefoot.dev/v1
kind: Rollout
metadata: { name: ${name}, namespace: demo }
spec:
  provider: kubernetes
  workload: { replicas: 1 }
  versions: { v1: { image: "r.example.com/a:1" }, v2: { image: "r.example.com/a:2" } }
  steps: [{ canary: { to: v2, weights: [${weight}] } }]
`;

/** Writes two Rollouts, changes the plan.json of one, compiles again: nothing else may change, and one run heals. */
export function judgeCommitted(one: CommittedCase): string | undefined {
  return inFolder((root, around) => {
    mkdirSync(join(root, 'rollouts'));
    for (const name of ['cart', 'mail']) writeFileSync(join(root, `rollouts/${name}.yaml`), specOf(name, 50));
    run(root, ['cart', 'mail'], false);
    const dice = diceOf(one.seed);
    writeFileSync(join(root, PLAN), damaged(readFileSync(join(root, PLAN), 'utf8'), dice));
    if (dice.chance(30)) {
      const leftover = join(root, `out/plan/${DIRECTORY}/.surefoot-999999999-1.tmp`);
      writeFileSync(leftover, damaged(readFileSync(join(root, PLAN), 'utf8'), dice));
    }
    const cart = join(root, 'rollouts/cart.yaml');
    if (one.gone) rmSync(cart);
    else if (dice.chance(50)) writeFileSync(cart, specOf('cart', 25));
    const keep = (): string => snapshot(around, Buffer.from(join(root, 'out')).toString('latin1')) + mailOf(root);
    const before = keep();
    const names = one.gone ? ['mail'] : ['cart', 'mail'];
    run(root, names, one.prune);
    if (keep() !== before) return 'files of another Rollout, or outside of out/, changed';
    if (one.gone) return undefined;
    const lost = run(root, names, one.prune).diagnostics.some(found => found.code === 'out/plan-lost');
    // Where nothing tells which versions serve, a person starts anew.
    if (lost)
      for (const folder of ['live', 'plan']) rmSync(join(root, `out/${folder}/${DIRECTORY}`), { recursive: true });
    if (lost) run(root, names, one.prune);
    const again = run(root, names, one.prune);
    const { stale, missing } = again.drift;
    const untouched = again.diagnostics.some(found => found.code === 'out/plan-lost');
    if (untouched) return 'lost for good';
    return stale.length + missing.length === 0 ? undefined : `not healed: ${[...stale, ...missing].join(', ')}`;
  });
}

const mailOf = (root: string): string =>
  ['live', 'plan'].map(folder => snapshot(join(root, `out/${folder}/default/demo/mail`), '')).join('\n');

function run(root: string, names: readonly string[], prune: boolean): SynthReport {
  const sources = names.flatMap(name => {
    const source = readSource(root, `rollouts/${name}.yaml`);
    return 'text' in source ? [source] : [];
  });
  const out = openOut(root, 'out');
  return synthSources({ root, out, sources, whole: true, prune, write: true, compile: compilerAt(root) });
}

const PATHS = [
  ...[
    '../../../../outside/secret.yaml',
    '/etc/passwd',
    'live/default/demo/mail/service-mail.yaml',
    'rollouts/cart.yaml',
    '',
  ],
  ...[
    `live/${DIRECTORY}/../mail/service-mail.yaml`,
    `live/${DIRECTORY}/`,
    `live/${DIRECTORY}//x`,
    `live/${DIRECTORY}/a\\..\\b`,
  ],
  ...[
    `live/${DIRECTORY}/\0`,
    `live/${DIRECTORY}`,
    `plan/${DIRECTORY}/plan.json`,
    `live/${DIRECTORY}/service-cart.yaml/x`,
    '__proto__',
  ],
];

function damaged(text: string, dice: Dice): string {
  if (dice.chance(40)) return mutateText(text, text, dice);
  if (dice.chance(50)) return mutateTree(text, text, dice);
  try {
    const plan = JSON.parse(text);
    for (let more = 0; more < 3; more++) plan.files[dice.pick(PATHS)] = 'x';
    if (dice.chance(30)) plan.source = dice.pick([...PATHS, 'rollouts/mail.yaml', 'rollouts', 'x'.repeat(5000)]);
    if (dice.chance(30)) plan.objects = ['/Service/demo/mail', 'apps/Deployment/demo/mail-v1', '__proto__'];
    return JSON.stringify(plan);
  } catch {
    return text;
  }
}
