import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readTree, temporaryFolder } from '../host/workspace.ts';
import { changedByHead, git, linesOfHead, repository, surefootAgo, web } from './repository.ts';
import { surefoot } from './surefoot.ts';

const FILE = 'rollouts/web.yaml';
const LIVE = 'out/live/default/shop/web';
const PLAN = 'out/plan/default/shop/web';

const abort = (root: string, ...words: readonly string[]) => surefootAgo(root, 0, ['abort', 'web', ...words]);

/** What synth would have written in the abort. */
const wanted = (step: string) => {
  const root = repository({ [FILE]: web({ step }) });
  return readTree(root, LIVE);
};

describe('abort', () => {
  it('is one line of the Rollout and one routing object, and what synth would have written', () => {
    const root = repository({ [FILE]: web({ step: 'canary-10' }) });
    const ran = abort(root, '--commit', '--reason', 'errors rise');
    expect(ran).toMatchObject({ exit: 0 });
    expect(ran.stderr).toBe(`\
default/shop/web: canary-10 -> abort-canary-10
  1 live file changed in out/live/default/shop/web
  rollouts/web.yaml says so
committed ${git(root, 'rev-parse', '--short=7', 'HEAD').trim()} on main
`);
    expect(changedByHead(root)).toEqual([
      `0 7 ${LIVE}/virtualservice-web.yaml`,
      expect.stringContaining(`${PLAN}/plan.json`),
      expect.stringContaining(`${PLAN}/plan.md`),
      `1 1 ${FILE}`,
    ]);
    expect(linesOfHead(root, FILE)[1]).toBe('+  step:   abort-canary-10  # where it stands');
    expect(git(root, 'log', '-1', '--format=%B')).toContain('Why: errors rise\n');
    expect(surefoot(root, ['synth', '--check'])).toMatchObject({ exit: 0 });
    expect(surefoot(root, ['check', '--base', 'HEAD~1', '--promotion-only'])).toMatchObject({ exit: 0 });
    expect(readTree(root, LIVE)).toEqual(wanted('abort-canary-10'));
    const again = abort(root, '--commit');
    expect(again).toMatchObject({ exit: 0, stdout: '' });
    expect(again.stderr).toContain('stands in abort-canary-10 already');
  });

  it('needs no confirmation of anything: neither a pause nor pods', () => {
    const root = repository({ [FILE]: web({ step: 'canary-50' }) });
    expect(abort(root)).toMatchObject({ exit: 0 });
    expect(surefoot(root, ['check', '--base', 'HEAD'])).toMatchObject({ exit: 0 });
  });

  it.each([['baseline'], ['retire-v1']])('has nothing to do in %s, and says so', step => {
    const ran = abort(repository({ [FILE]: web({ step }) }));
    expect(ran).toMatchObject({ exit: 1, stdout: '' });
    expect(ran.stderr).toContain(`stands in ${step}`);
  });

  it('shows what it would do, and writes nothing', () => {
    const root = repository({ [FILE]: web({ step: 'canary-10' }) });
    expect(abort(root, '--dry-run').stdout).toContain('Rollout-Step: abort-canary-10');
    expect(git(root, 'status', '--porcelain')).toBe('');
  });
});

const TEMPLATE = `\
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [ { name: web, image: "registry.example.com/web:1", ports: [ { containerPort: 8080 } ] } ] }
`;

describe('abort works when everything else is broken:', () => {
  const broken = (files: { readonly [file: string]: string }) => {
    const root = repository(files);
    return root;
  };
  const works = (root: string, told: string) => {
    const ran = abort(root, '--commit');
    expect(ran).toMatchObject({ exit: 0 });
    expect(ran.stderr).toContain(told);
    expect(git(root, 'show', '--format=', '--name-only', 'HEAD')).toContain(`${LIVE}/virtualservice-web.yaml`);
    const live = readFileSync(join(root, LIVE, 'virtualservice-web.yaml'), 'utf8');
    expect(live).not.toContain('weight: 10');
    expect(JSON.parse(readFileSync(join(root, PLAN, 'plan.json'), 'utf8'))).toMatchObject({ step: 'abort-canary-10' });
    // What stands is known for what was written, so the next check finds nothing edited by hand.
    expect(surefoot(root, ['check', '--base', 'HEAD~1'])).toMatchObject({ exit: 0 });
  };
  const stepLine = (root: string) => readFileSync(join(root, FILE), 'utf8').match(/step:.*/)![0];

  it('a Rollout with mistakes', () => {
    const root = broken({ [FILE]: web({ step: 'canary-10' }) });
    writeFileSync(
      join(root, FILE),
      readFileSync(join(root, FILE), 'utf8').replace('traffic: { v2: 100 }', 'traffic: { v2: 90 }'),
    );
    works(root, 'plan.md is as before');
    expect(stepLine(root)).toBe('step:   abort-canary-10  # where it stands');
  });

  it('a Rollout that is no YAML', () => {
    const root = broken({ [FILE]: web({ step: 'canary-10' }) });
    appendFileSync(join(root, FILE), '  }}: [\n');
    works(root, 'is broken, and its step says so now');
    expect(stepLine(root)).toBe('step:   abort-canary-10  # where it stands');
  });

  it('a Rollout file that is gone', () => {
    const root = broken({ [FILE]: web({ step: 'canary-10' }) });
    rmSync(join(root, FILE));
    works(root, 'cannot be read');
  });

  it('a template that is gone', () => {
    const file = web({ step: 'canary-10' }).replace(/\{ image: "[^"]+" \}/g, '{ template: templates/web.yaml }');
    const root = broken({ [FILE]: file, 'rollouts/templates/web.yaml': TEMPLATE });
    rmSync(join(root, 'rollouts/templates/web.yaml'));
    works(root, 'plan.md is as before');
  });

  it('a surefoot.yaml that is gone, or wrong', () => {
    const fleet = 'apiVersion: surefoot.dev/v1\nkind: Fleet\ndefaults: { provider: istio }\n';
    const files = { [FILE]: web({ step: 'canary-10' }).replace(/ {2}provider: .*\n/, ''), 'surefoot.yaml': fleet };
    const gone = broken(files);
    rmSync(join(gone, 'surefoot.yaml'));
    works(gone, 'plan.md is as before');
    const wrong = broken(files);
    writeFileSync(join(wrong, 'surefoot.yaml'), ': :\n');
    works(wrong, 'plan.md is as before');
  });

  it('states that were edited or deleted on disk: those of HEAD are taken', () => {
    const root = broken({ [FILE]: web({ step: 'canary-10' }) });
    appendFileSync(join(root, PLAN, 'abort-canary-10.yaml'), '---\napiVersion: v1\nkind: Service\n');
    works(root, '1 live file changed');
    expect(readTree(root, LIVE)).toEqual(wanted('abort-canary-10'));
    const none = broken({ [FILE]: web({ step: 'canary-10' }) });
    rmSync(join(none, PLAN, 'abort-canary-10.yaml'));
    git(none, 'commit', '-qam', 'lost');
    const ran = abort(none);
    expect(ran).toMatchObject({ exit: 1 });
    expect(ran.stderr).toContain('is gone or was edited');
  });

  it('live files that somebody edited; those that somebody added stay, and are told', () => {
    const root = broken({ [FILE]: web({ step: 'canary-10' }) });
    const extra = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: extra }\n';
    appendFileSync(join(root, LIVE, 'virtualservice-web.yaml'), '# hot fix\n');
    writeFileSync(join(root, LIVE, 'extra.yaml'), extra);
    const ran = abort(root, '--commit');
    expect(ran).toMatchObject({ exit: 0 });
    expect(ran.stderr).toContain(`${LIVE}/extra.yaml is none of its files; it stays`);
    expect(readTree(root, LIVE)).toEqual({ ...wanted('abort-canary-10'), [`${LIVE}/extra.yaml`]: extra });
    expect(git(root, 'status', '--porcelain')).toBe(`?? ${LIVE}/extra.yaml\n`);
  });

  it('no git repository at all', () => {
    const root = broken({ [FILE]: web({ step: 'canary-10' }) });
    rmSync(join(root, '.git'), { recursive: true });
    expect(abort(root)).toMatchObject({ exit: 0 });
    expect(readTree(root, LIVE)).toEqual(wanted('abort-canary-10'));
  });

  it('what was never committed: the last commit tells what runs, and edits of yours stay yours', () => {
    const root = broken({ [FILE]: web({ step: 'canary-10' }) });
    expect(surefootAgo(root, 0, ['promote', 'web', '--allow', 'pause', '--allow', 'unobserved'])).toMatchObject({
      exit: 0,
    });
    const ran = abort(root, '--commit');
    expect(ran).toMatchObject({ exit: 0 });
    expect(ran.stderr).toContain('on disk it stood in canary-50, which was never committed');
    expect(ran.stderr).toContain(`${FILE} has edits of yours`);
    expect(git(root, 'log', '-1', '--format=%(trailers:key=Rollout-From,valueonly)').trim()).toBe('canary-10');
    expect(git(root, 'show', '--name-only', '--format=', 'HEAD')).not.toContain(FILE);
    expect(git(root, 'status', '--porcelain')).toBe(` M ${FILE}\n`);
  });

  it('an abort that nobody committed yet: the next one commits it, and pushes it once it can', () => {
    const root = broken({ [FILE]: web({ step: 'canary-10' }) });
    expect(abort(root)).toMatchObject({ exit: 0 });
    expect(abort(root, '--commit')).toMatchObject({ exit: 0 });
    expect(git(root, 'log', '-1', '--format=%s').trim()).toBe('rollout(web): abort canary-10');
    const remote = join(temporaryFolder(), 'remote.git');
    git(root, 'clone', '-q', '--bare', root, remote);
    git(root, 'remote', 'add', 'origin', remote);
    expect(abort(root, '--branch', 'abort-web', '--push')).toMatchObject({ exit: 0 });
    expect(git(root, 'rev-parse', 'origin/abort-web')).toBe(git(root, 'rev-parse', 'HEAD'));
  });

  it('a Rollout file that is gone from git too', () => {
    const root = broken({ [FILE]: web({ step: 'canary-10' }) });
    git(root, 'rm', '-q', FILE);
    git(root, 'commit', '-q', '-m', 'gone');
    works(root, 'cannot be read');
  });

  it('no network: the commit stays, and it is told that it was not pushed', () => {
    const root = broken({ [FILE]: web({ step: 'canary-10' }) });
    git(root, 'remote', 'add', 'origin', 'http://127.0.0.1:9/gone.git');
    const ran = abort(root, '--push');
    expect(ran).toMatchObject({ exit: 1 });
    expect(ran.stderr).toContain('committed, and NOT pushed');
    expect(git(root, 'log', '-1', '--format=%s').trim()).toBe('rollout(web): abort canary-10');
  });
});
