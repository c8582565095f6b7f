import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../host/workspace.ts';
import { BY_HISTORY, git, repository, surefootAgo, web } from './repository.ts';

const SOAK = 'promotion: { after: staging, soak: 1h }';
const ALWAYS = 'freezes: [{ schedule: "* * * * *", duration: 1h, reason: nobody is here }]';

/** A Rollout for two environments, at its baseline in both. */
const fleet = (prod: string, more = ''): string =>
  repository({
    'rollouts/web.yaml': web({ more: '  environments: { staging: { step: baseline }, prod: { step: baseline } }\n' }),
    'surefoot.yaml': `apiVersion: surefoot.dev/v1\nkind: Fleet\nenvironments: { staging: {}, prod: { ${prod} } }\n${more}`,
  });

/** Moves an environment, with a commit that is so many minutes old. */
const promote = (root: string, environment: string, minutes: number, ...words: readonly string[]) =>
  surefootAgo(root, minutes, ['promote', 'web', '--env', environment, '--commit', ...BY_HISTORY, ...words]);

const trailers = (root: string): string => git(root, 'log', '-1', '--format=%(trailers)').trim();

describe('an environment that comes after another one', () => {
  it('is promoted when the other one has stood at the step for the soak time', () => {
    const root = fleet(SOAK);
    const early = promote(root, 'prod', 0);
    expect(early).toMatchObject({ exit: 1, stdout: '' });
    expect(early.stderr).toContain('promote/not-soaked');
    expect(early.stderr).toContain('"staging" stands at "baseline", which comes before "provision-v2".');
    expect(early.stderr).toContain('`surefoot promote web --env staging`');
    expect(early.stderr).toContain('--allow soak');
    expect(promote(root, 'staging', 45)).toMatchObject({ exit: 0 });
    const soaking = promote(root, 'prod', 0);
    expect(soaking).toMatchObject({ exit: 1, stdout: '' });
    expect(soaking.stderr).toMatch(/beyond for 45m, not for 1h\..*Promote again in 1[45]m\./s);
    git(root, 'reset', '-q', '--hard', 'HEAD^');
    expect(promote(root, 'staging', 61)).toMatchObject({ exit: 0 });
    expect(promote(root, 'prod', 0)).toMatchObject({ exit: 0 });
    expect(trailers(root)).toContain('Rollout-Env: prod');
    expect(trailers(root)).not.toContain('Rollout-Allowed');
  });

  it('is promoted all the same where somebody allows it, and the commit tells', () => {
    const root = fleet(SOAK);
    expect(promote(root, 'prod', 0, '--allow', 'soak')).toMatchObject({ exit: 0 });
    expect(trailers(root)).toContain('Rollout-Allowed: soak');
  });

  it('is not promoted from a shallow clone, and nobody says no', () => {
    const root = fleet(SOAK);
    expect(promote(root, 'staging', 90)).toMatchObject({ exit: 0 });
    const clone = join(temporaryFolder(), 'clone');
    git(root, 'clone', '-q', '--depth', '1', `file://${root}`, clone);
    const ran = promote(clone, 'prod', 0);
    expect(ran).toMatchObject({ exit: 3, stdout: '' });
    expect(ran.stderr).toContain('promote/soak-unknown');
    expect(ran.stderr).toContain('git fetch --unshallow');
  });
});

describe('a freeze', () => {
  it('holds back a promotion and a resume, says until when, and never an abort', () => {
    const root = fleet(ALWAYS);
    expect(promote(root, 'staging', 0)).toMatchObject({ exit: 0 });
    const held = promote(root, 'prod', 0);
    expect(held).toMatchObject({ exit: 1, stdout: '' });
    expect(held.stderr).toMatch(
      /promote\/frozen.*"prod" is frozen until \d{4}-\d\d-\d\d \d\d:\d\d UTC \("nobody is here"\)\./s,
    );
    expect(promote(root, 'prod', 0, '--allow', 'freeze')).toMatchObject({ exit: 0 });
    expect(trailers(root)).toContain('Rollout-Allowed: freeze');
    expect(promote(root, 'prod', 0, '--allow', 'freeze', '--allow', 'unobserved')).toMatchObject({ exit: 0 });
    expect(surefootAgo(root, 0, ['abort', 'web', '--env', 'prod', '--commit'])).toMatchObject({ exit: 0 });
    const resumed = surefootAgo(root, 0, ['resume', 'web', '--env', 'prod', '--commit', ...BY_HISTORY]);
    expect(resumed).toMatchObject({ exit: 1, stdout: '' });
    expect(resumed.stderr).toContain('promote/frozen');
  });
});
