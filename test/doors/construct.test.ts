import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Chart, Testing } from 'cdk8s';
import { Construct } from 'constructs';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { Rollout, type RolloutProps } from '../../src/doors/cdk8s.ts';
import { compilerAt } from '../../src/host/compiler.ts';
import type { CompiledRollout } from '../../src/model/compiled.ts';
import { temporaryFolder, writeTree } from '../host/workspace.ts';

const ROOT = join(import.meta.dirname, '../..');
const FILES = readdirSync(join(ROOT, 'rollouts'))
  .filter(name => name.endsWith('.yaml'))
  .map(name => `rollouts/${name}`);
const compile = compilerAt(ROOT);
const textOf = (file: string): string => readFileSync(join(ROOT, file), 'utf8');
const HELLO = 'rollouts/hello.yaml';

/** The objects of a state's file, read by somebody else than the construct. */
const committed = ({ directory, files }: CompiledRollout, state: string): readonly unknown[] =>
  parseAllDocuments(files.find(({ path }) => path === `plan/${directory}/${state}.yaml`)!.text).map(one => one.toJS());

const everyState = FILES.flatMap(file =>
  (compile({ file, text: textOf(file) }).results ?? []).flatMap(result =>
    result.plan.states.map(state => ({
      file,
      environment: result.plan.environment,
      state: state.name,
      objects: committed(result, state.name),
    })),
  ),
);

function synthesised(props: RolloutProps): readonly unknown[] {
  const chart = Testing.chart();
  new Rollout(chart, 'rollout', { root: ROOT, ...props });
  return Testing.synth(chart);
}

describe('what a Rollout adds to a chart', () => {
  it('is tried on every living example', () => {
    expect(everyState.length).toBeGreaterThan(40);
    expect(new Set(everyState.map(({ file }) => file)).size).toBe(FILES.length);
  });

  it.each(everyState)(
    'is $state of $environment of $file, object by object',
    ({ file, environment, state, objects }) => {
      expect(synthesised({ file, environment, state })).toEqual(objects);
    },
  );

  it('is the current state, where none is named', () => {
    const { plan } = compile({ file: HELLO, text: textOf(HELLO) }).results![0]!;
    const current = everyState.find(one => one.file === HELLO && one.state === plan.current)!;
    expect(synthesised({ file: HELLO })).toEqual(current.objects);
    const rollout = new Rollout(Testing.chart(), 'r', { root: ROOT, file: HELLO });
    expect([rollout.state.name, rollout.plan.current]).toEqual([plan.current, plan.current]);
    expect(rollout.warnings.every(({ severity }) => severity === 'warning')).toBe(true);
    expect(rollout.apiObjects.map(object => object.toJson())).toEqual(current.objects);
  });

  it('is the same by file, by text and by object', () => {
    const byFile = synthesised({ file: HELLO });
    expect(synthesised({ text: textOf(HELLO) })).toEqual(byFile);
    expect(synthesised({ rollout: parse(textOf(HELLO)) })).toEqual(byFile);
    expect(synthesised({ file: join(ROOT, HELLO) })).toEqual(byFile);
  });

  it('does not depend on where the construct stands, on the namespace of the chart, or on other Rollouts', () => {
    const app = new App();
    const chart = new Chart(app, 'elsewhere', { namespace: 'other', disableResourceNameHashes: false });
    const deep = new Construct(new Construct(chart, 'team'), 'service');
    new Rollout(deep, 'moved', { root: ROOT, file: HELLO });
    new Rollout(chart, 'greeter', { root: ROOT, file: 'rollouts/greeter.yaml' });
    const expected = [...synthesised({ file: HELLO }), ...synthesised({ file: 'rollouts/greeter.yaml' })];
    expect(Testing.synth(chart)).toEqual(expected);
    expect(parseAllDocuments(app.synthYaml()).map(one => one.toJS())).toEqual(expected);
  });

  it('takes the labels that the chart gives to everything in it as labels of the objects, never of pods', () => {
    const chart = new Chart(Testing.app(), 'chart', { labels: { team: 'web' } });
    const objects = new Rollout(chart, 'r', { root: ROOT, file: HELLO }).apiObjects.map(object => object.toJson());
    expect(objects.map(({ metadata }) => metadata.labels.team)).toEqual(objects.map(() => 'web'));
    expect(JSON.stringify(objects.map(({ spec }) => spec))).not.toContain('team');
  });
});

describe('a Rollout that cannot be added throws', () => {
  const refusal = (props: RolloutProps): string => {
    try {
      synthesised(props);
    } catch (error) {
      if (error instanceof Error) return error.message;
    }
    return 'nothing was thrown';
  };

  it('the report of the compiler', () => {
    const text = textOf(HELLO).replace('provider: kubernetes', 'provider: kubernets');
    const [first, , report] = refusal({ text }).split('\n');
    expect(refusal({ text }).endsWith('\n')).toBe(false);
    expect(first).toMatch(/rollout: <rollout> does not compile\.$/);
    expect(report).toMatch(/^<rollout>:\d+:\d+: error schema\/unknown-word$/);
    expect(refusal({ text })).toContain('Did you mean "kubernetes"?');
    const rollout = parse(textOf(HELLO));
    rollout.spec.provider = 'kubernets';
    expect(refusal({ rollout })).toContain('"provider": "kubernets"');
  });

  it('words of its own for a state, an environment or a file that is not there', () => {
    expect(refusal({ file: HELLO, state: 'canary-52' })).toMatch(
      /rollout: rollouts\/hello\.yaml: It has no state "canary-52", only "baseline".*Did you mean "canary-\d+"\?$/,
    );
    expect(refusal({ file: HELLO, environment: 'prod' })).toMatch(/It has no environment "prod", only "default"\.$/);
    expect(refusal({ file: 'rollouts/helo.yaml' })).toContain('Did you mean "rollouts/hello.yaml"?');
    expect(refusal({ file: 'rollouts' })).toContain('"rollouts" is a folder; name a file.');
    expect(refusal({ file: '../hello.yaml' })).toContain(', the root.');
  });

  it('the names of the environments, where there are several and none is named', () => {
    const environments = '  environments: { staging: { step: baseline }, prod: { step: canary-25 } }\n';
    const text = textOf(HELLO)
      .replace(/^ {2}step: .*\n/m, '')
      .replace('  provider: kubernetes\n', `  provider: kubernetes\n${environments}`);
    expect(refusal({ text })).toContain('It goes to "staging" and "prod"; say which one with "environment".');
    expect(synthesised({ text, environment: 'staging' })).not.toEqual(synthesised({ text, environment: 'prod' }));
  });

  it('what a file that is no text would be refused for', () => {
    const root = temporaryFolder();
    writeTree(root, { 'a.yaml': '' });
    writeFileSync(join(root, 'a.yaml'), Buffer.from([0xff, 0xfe]));
    expect(refusal({ root, file: 'a.yaml' })).toContain('error source/not-utf8');
  });

  it('the report about surefoot.yaml, which belongs to it', () => {
    const root = temporaryFolder();
    writeTree(root, { 'surefoot.yaml': 'kind: Flet\n', 'a.yaml': textOf(HELLO) });
    expect(refusal({ root, file: 'a.yaml' })).toContain('surefoot.yaml:1:');
  });
});
