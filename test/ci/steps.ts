import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { ENV } from '../cli/surefoot.ts';

/** A composite action as its file says it. */
export interface Action {
  readonly inputs: { readonly [name: string]: { readonly default?: string } };
  readonly runs: { readonly using: 'composite'; readonly steps: readonly Step[] };
}

export interface Step {
  readonly id?: string;
  readonly if?: string;
  readonly shell: 'bash';
  readonly run: string;
  readonly env?: { readonly [name: string]: string };
  readonly 'working-directory'?: string;
}

/** What the runner knows when it starts an action. */
export interface Started {
  /** The checkout. */
  readonly workspace: string;
  readonly inputs?: { readonly [name: string]: string };
  /** Values of expressions such as `github.token`; absent: empty. */
  readonly context?: { readonly [name: string]: string };
  readonly env?: { readonly [name: string]: string };
}

export interface Ended {
  /** Whether no step failed. */
  readonly success: boolean;
  readonly log: string;
  readonly summary: string;
  readonly outputs: { readonly [step: string]: { readonly [name: string]: string } };
  /** Identifiers of the steps that were run. */
  readonly ran: readonly string[];
}

/** Runs the steps of a composite action as the runner does, with files for outputs and the summary. */
export async function runAction({ inputs: declared, runs }: Action, started: Started): Promise<Ended> {
  const scratch = temporary();
  const inputs = Object.fromEntries(
    Object.entries(declared).map(([name, { default: value = '' }]) => [name, started.inputs?.[name] ?? value]),
  );
  const outputs: { [step: string]: { [name: string]: string } } = {};
  const summary = join(scratch, 'summary');
  writeFileSync(summary, '');
  const ran: string[] = [];
  let [log, success] = ['', true];
  const value = (name: string): string => {
    const [root = '', first = '', , last = ''] = name.split('.');
    if (root === 'inputs') return filled(inputs[first] ?? '', value);
    if (root === 'steps') return outputs[first]?.[last] ?? '';
    return started.context?.[name] ?? '';
  };
  for (const [i, step] of runs.steps.entries()) {
    if (!isWanted(step.if, success, value)) continue;
    ran.push(step.id ?? `${i}`);
    const [script, output] = [join(scratch, `${i}.sh`), join(scratch, `${i}.out`)];
    writeFileSync(script, step.run);
    writeFileSync(output, '');
    const own = Object.fromEntries(Object.entries(step.env ?? {}).map(([name, text]) => [name, filled(text, value)]));
    const files = { GITHUB_OUTPUT: output, GITHUB_STEP_SUMMARY: summary, RUNNER_TEMP: scratch };
    const env = { ...ENV, ...GITHUB, GITHUB_WORKSPACE: started.workspace, ...files, ...started.env, ...own };
    const folder = join(started.workspace, filled(step['working-directory'] ?? '.', value));
    const { code, said } = await spawned('bash', ['--noprofile', '--norc', '-eo', 'pipefail', script], folder, env);
    log += said;
    success &&= code === 0;
    if (step.id !== undefined) outputs[step.id] = linesOf(readFileSync(output, 'utf8'));
  }
  return { success, log, summary: readFileSync(summary, 'utf8'), outputs, ran };
}

const GITHUB = { GITHUB_ACTIONS: 'true', CI: 'true' };

/** Only what our files use: `always()`, or a value that equals a text; without `always()` nothing runs after a failure. */
function isWanted(condition: string | undefined, success: boolean, value: (name: string) => string): boolean {
  if (condition === 'always()') return true;
  if (condition === undefined) return success;
  const [, name, text] = /^([\w.-]+) == '([^']*)'$/.exec(condition) ?? [];
  if (name === undefined) throw new Error(`this runner does not know the condition ${condition}`);
  return success && value(name) === text;
}

const filled = (text: string, value: (name: string) => string): string =>
  text.replace(/\$\{\{ ([\w.-]+) \}\}/g, (_, name: string) => value(name));

const linesOf = (text: string): { [name: string]: string } =>
  Object.fromEntries([...text.matchAll(/^([^=\n]+)=(.*)$/gm)].map(([, name = '', said = '']) => [name, said]));

/** Runs a program to its end without keeping the servers of this process from answering. */
export function spawned(
  program: string,
  words: readonly string[],
  cwd: string,
  env: object,
): Promise<{ readonly code: number | null; readonly said: string; readonly stdout: string }> {
  return new Promise((done, fail) => {
    const child = spawn(program, words, {
      cwd,
      env: { ...env } as NodeJS.ProcessEnv,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let [said, stdout] = ['', ''];
    child.stdout.on('data', part => {
      said += part;
      stdout += part;
    });
    child.stderr.on('data', part => {
      said += part;
    });
    child.on('error', fail);
    child.on('close', code => done({ code, said, stdout }));
  });
}

function temporary(): string {
  const folder = mkdtempSync(join(tmpdir(), 'surefoot-steps-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
