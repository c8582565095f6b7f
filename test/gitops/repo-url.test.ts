import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { repoUrl } from '../../src/gitops/repo-url.ts';

const refusalOf = (typed: string): string => {
  const judged = repoUrl(typed);
  return typeof judged === 'string' ? `taken: ${judged}` : judged.refused;
};

describe('the address of a repository', () => {
  test.each([
    ['https://github.com/acme/gitops', 'https://github.com/acme/gitops'],
    ['https://git.example.com:8443/a/b.git', 'https://git.example.com:8443/a/b.git'],
    ['http://gitea.gitea.svc/acme/gitops.git', 'http://gitea.gitea.svc/acme/gitops.git'],
    ['ssh://git@git.example.com:2222/acme/gitops', 'ssh://git@git.example.com:2222/acme/gitops'],
    ['ssh://git.example.com/~team/gitops', 'ssh://git.example.com/~team/gitops'],
    // Flux does not read the short form.
    ['git@github.com:acme/gitops.git', 'ssh://git@github.com/acme/gitops.git'],
    ['git.example.com:/srv/gitops', 'ssh://git.example.com/srv/gitops'],
  ])('%s is taken', (typed, url) => expect(repoUrl(typed)).toBe(url));

  test.each([
    'https://bot:hunter2@github.com/acme/gitops',
    'https://ghp_0123456789@github.com/acme/gitops',
    'ssh://git:hunter2@github.com/acme/gitops',
    'https://github.com/acme/gitops?token=hunter2',
    'https://github.com/acme/gitops#hunter2',
    'HTTPS://bot:hunter2@github.com/acme/gitops',
    'https://bot:p@ss/w@github.com/acme/gitops',
  ])('%s is refused for its secret', typed => expect(refusalOf(typed)).toContain('carries'));

  test.each([
    '/srv/gitops.git',
    '../gitops',
    'file:///srv/gitops',
    'git://example.com/a',
    'C:\\gitops',
    'C:/gitops',
    '',
  ])('%j is out of reach', typed => expect(refusalOf(typed)).toContain('no address that a cluster can reach'));

  test.each([
    'https://github.com/acme/{{ .x }}',
    'https://github.com/a b',
    'https://github.com/a\nb',
    'ssh://-oProxyCommand=x/a b',
  ])('%j has an odd character', typed => expect(refusalOf(typed)).toContain('character'));

  it('is nothing to a template, and a refusal repeats nothing', () => {
    const piece = fc.constantFrom(...'https:// ssh:// git@ a.b : / hunter2 @ {{ }} ? # % \n é \\ $'.split(' '));
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), pieces => {
        const judged = repoUrl(pieces.join(''));
        if (typeof judged === 'string') {
          expect(judged).toMatch(/^(?:https?|ssh):\/\/[\w.:~+@/-]+$/);
          // https never has a user, ssh never a password.
          expect(judged).not.toMatch(/^https?:\/\/[^/]*@|:\/\/[^/]*:[^/]*@/);
        } else expect(judged.refused).not.toContain('hunter2');
      }),
      { numRuns: 2000 },
    );
  });
});
