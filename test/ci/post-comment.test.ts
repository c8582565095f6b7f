import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { githubTarget } from '../../src/host/github-comments.ts';
import { gitlabTarget } from '../../src/host/gitlab-comments.ts';
import { type CommentTarget, postComment } from '../../src/host/post-comment.ts';
import { callRest } from '../../src/host/rest.ts';
import { temporaryFolder, writeTree } from '../host/workspace.ts';
import { type Site, type SiteRules, startSite } from './comment-server.ts';

const TOKEN = 'ghs_veryS3cret';
const MARKER = '<!-- surefoot:comment out -->';
const letter = (words: string, idle = false) => ({ text: `${MARKER}\n${words}\n`, marker: MARKER, idle });

const RULES = {
  github: { kind: 'github', token: TOKEN, login: 'github-actions[bot]' },
  gitlab: { kind: 'gitlab', token: TOKEN, login: 'project_42_bot', knowsSelf: true },
} as const;

const fork = (event: object): { readonly GITHUB_EVENT_PATH: string } => {
  const folder = temporaryFolder();
  writeTree(folder, { 'event.json': JSON.stringify(event) });
  return { GITHUB_EVENT_PATH: join(folder, 'event.json') };
};

const envOf = ({ api }: Site, kind: SiteRules['kind']) =>
  kind === 'github'
    ? { GITHUB_TOKEN: TOKEN, GITHUB_API_URL: api, GITHUB_REPOSITORY: 'acme/shop', GITHUB_REF: 'refs/pull/7/merge' }
    : { SUREFOOT_GITLAB_TOKEN: TOKEN, CI_API_V4_URL: api, CI_PROJECT_ID: '42', CI_MERGE_REQUEST_IID: '7' };

function targetOf(site: Site, kind: SiteRules['kind'], more: object = {}): CommentTarget {
  const env = { ...envOf(site, kind), ...more };
  const target = kind === 'github' ? githubTarget(env) : gitlabTarget(env);
  if (!('list' in target)) throw new Error(JSON.stringify(target));
  return target;
}

describe.each(['github', 'gitlab'] as const)('on %s', kind => {
  const rules = RULES[kind];

  it('creates a comment, updates it, and writes nothing where it says so already', async () => {
    const site = await startSite(rules);
    const target = targetOf(site, kind);
    expect(await postComment(target, letter('one'))).toEqual({ done: `Commented on ${target.name}.` });
    expect(await postComment(target, letter('two'))).toEqual({ done: `Updated the comment on ${target.name}.` });
    expect(await postComment(target, letter('two'))).toEqual({
      done: `The comment on ${target.name} says so already.`,
    });
    expect(site.comments.map(({ text }) => text)).toEqual([`${MARKER}\ntwo`]);
    expect(site.asked.filter(line => !line.startsWith('GET'))).toHaveLength(2);
  });

  it('begins no comment to say that nothing changes, and ends one that said otherwise', async () => {
    const site = await startSite(rules);
    await postComment(targetOf(site, kind), letter('nothing', true));
    expect(site.comments).toEqual([]);
    await postComment(targetOf(site, kind), letter('something'));
    await postComment(targetOf(site, kind), letter('nothing', true));
    expect(site.comments.map(({ text }) => text)).toEqual([`${MARKER}\nnothing`]);
  });

  it('finds its comment on a later page, and no comment of somebody else', async () => {
    const others = Array.from({ length: 25 }, (_, i) => ({ author: 'mallory', text: `${MARKER}\n${i}` }));
    const quoted = { author: rules.login, text: `> ${MARKER}` };
    const other = { author: rules.login, text: `${MARKER.replace('out', 'gitops/out')}\nx` };
    const own = { author: rules.login, text: `${MARKER}\nold` };
    const site = await startSite({ ...rules, pageSize: 10, comments: [...others, quoted, other, own] });
    await postComment(targetOf(site, kind), letter('new'));
    expect(site.comments.filter(({ text }) => text.endsWith('new')).map(({ id }) => id)).toEqual([127]);
    expect(site.asked.filter(line => line.includes('page=3'))).toHaveLength(1);
  });

  it('says what is missing where the token may not write, and never the token', async () => {
    const site = await startSite({ ...rules, readOnly: true });
    const said = await postComment(targetOf(site, kind), letter('one'));
    expect(said).toEqual({ wrong: expect.stringMatching(/403 Resource not accessible by integration\. Give /) });
    const stranger = await startSite({ ...rules, token: 'another' });
    const refused = await postComment(targetOf(stranger, kind), letter('one'));
    expect(refused).toEqual({ wrong: expect.stringContaining('401 Bad credentials') });
    expect(JSON.stringify([said, refused])).not.toContain(TOKEN);
  });
});

describe('a fork', () => {
  const pull = (head: object | null) => ({
    pull_request: { number: 7, head: { repo: head }, base: { repo: { full_name: 'acme/shop' } } },
  });

  it.each([[{ full_name: 'mallory/shop' }], [null]])('of GitHub (%j) is told about, and fails nothing', async head => {
    const site = await startSite({ ...RULES.github, readOnly: true });
    const said = await postComment(targetOf(site, 'github', fork(pull(head))), letter('one'));
    expect(said).toEqual({
      done: expect.stringContaining('a pull request from a fork gets a token that may only read'),
    });
    const without = { ...envOf(site, 'github'), ...fork(pull(head)), GITHUB_TOKEN: '' };
    expect(githubTarget(without)).toEqual({ note: expect.stringContaining('from a fork') });
  });

  it('of GitLab comments on the project of the merge request, or says that it cannot', async () => {
    const site = await startSite(RULES.gitlab);
    const env = { ...envOf(site, 'gitlab'), CI_PROJECT_ID: '99', CI_MERGE_REQUEST_PROJECT_ID: '42' };
    expect(gitlabTarget({ ...env, SUREFOOT_GITLAB_TOKEN: '' })).toEqual({ note: expect.stringContaining('fork') });
    await postComment(targetOf(site, 'gitlab', env), letter('one'));
    expect(site.comments).toHaveLength(1);
  });

  it('is not what a pull request of the same repository is', async () => {
    const site = await startSite({ ...RULES.github, readOnly: true });
    const own = targetOf(site, 'github', fork(pull({ full_name: 'acme/shop' })));
    expect(await postComment(own, letter('one'))).toHaveProperty('wrong');
  });
});

describe('the environment', () => {
  const fine = { GITHUB_TOKEN: TOKEN, GITHUB_REPOSITORY: 'acme/shop', GITHUB_REF: 'refs/pull/7/merge' };

  it('that says too little is told about', () => {
    const wrong: readonly (readonly [object, string])[] = [
      [{ GITHUB_TOKEN: '' }, 'GITHUB_TOKEN is not set'],
      [{ GITHUB_TOKEN: 'a\nb' }, 'GITHUB_TOKEN is not set'],
      [{ GITHUB_REPOSITORY: '../x' }, 'is no owner/name'],
      [{ GITHUB_REPOSITORY: 'a/b/c' }, 'is no owner/name'],
      [{ GITHUB_REF: 'refs/heads/main' }, 'not about a pull request'],
      [{ GITHUB_API_URL: 'file:///etc/passwd' }, 'is no address'],
      [{ GITHUB_API_URL: 'https://me:pw@api.example.com' }, 'is no address'],
    ];
    for (const [more, words] of wrong)
      expect(githubTarget({ ...fine, ...more })).toEqual({ wrong: expect.stringContaining(words) });
    expect(gitlabTarget({})).toEqual({ wrong: expect.stringContaining('CI_API_V4_URL') });
    const lab = { CI_API_V4_URL: 'https://gitlab.example.com/api/v4', CI_PROJECT_ID: '42' };
    expect(gitlabTarget(lab)).toEqual({ wrong: expect.stringContaining('not about a merge request') });
    expect(gitlabTarget({ ...lab, CI_MERGE_REQUEST_IID: '7' })).toEqual({
      wrong: expect.stringContaining('SUREFOOT_GITLAB_TOKEN is not set'),
    });
  });

  it('names the pull request in the event, also of a comment on it, or in the ref', () => {
    const numberOf = (more: object): unknown => {
      const target = githubTarget({ ...fine, ...more });
      return 'name' in target ? target.name : target;
    };
    expect(numberOf({})).toBe('pull request 7 of acme/shop');
    const event = fork({ issue: { number: 8, pull_request: {} } });
    expect(numberOf({ ...event, GITHUB_REF: 'refs/heads/main' })).toBe('pull request 8 of acme/shop');
    const issue = fork({ issue: { number: 8 } });
    expect(numberOf({ ...issue, GITHUB_REF: 'refs/heads/main' })).toHaveProperty('wrong');
  });
});

describe('a site', () => {
  async function serve(handler: Parameters<typeof createServer>[1]): Promise<string> {
    const server = createServer(handler);
    await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }
  const get = (url: string, patience?: number) => callRest({ method: 'GET', url, headers: {} }, patience);

  it('that sends elsewhere is not followed', async () => {
    let followed = 0;
    const other = await serve((_, response) => {
      followed++;
      response.end('{}');
    });
    const url = await serve((_, response) => response.writeHead(302, { location: other }).end());
    expect(await get(url)).toEqual({ unreached: expect.stringContaining('sends elsewhere') });
    expect(followed).toBe(0);
  });

  it('that is silent, closed, endless, or no site of an API is a sentence', async () => {
    const silent = await serve(() => {});
    expect(await get(silent, 200)).toEqual({ unreached: expect.stringContaining('did not answer within 0.2 s') });
    expect(await get('http://127.0.0.1:1')).toEqual({ unreached: expect.stringContaining('could not be reached') });
    const endless = await serve((_, response) => {
      const part = Buffer.alloc(1024 * 1024, 32);
      const more = (): void => {
        if (response.destroyed) return;
        response.write(part, more);
      };
      more();
    });
    expect(await get(endless)).toEqual({ unreached: expect.stringContaining('sent more than') });
    const page = await serve((_, response) => response.end('<html>'));
    const target = targetOf({ api: page, comments: [], asked: [] }, 'github');
    expect(await postComment(target, letter('one'))).toEqual({
      wrong: expect.stringContaining('could not be read: 200 and no list of comments.'),
    });
  });
});
