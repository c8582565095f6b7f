import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { requestOfFlags, requestWords } from '../../src/cli/request-of-flags.ts';
import { traceOptions } from '../../src/cli/trace-options.ts';
import { temporaryFolder, writeTree } from '../host/workspace.ts';
import { shell, specOf, surefoot, writeFleet } from './surefoot.ts';

const ROOT = join(import.meta.dirname, '../..');
const REVIEWS = 'rollouts/reviews.yaml';
const trace = (...words: readonly string[]) => surefoot(ROOT, ['trace', '-q', ...words]);

/** Lines of a table by the state that they are about. */
const byState = (stdout: string): { readonly [state: string]: string } =>
  Object.fromEntries(
    stdout
      .split('\n')
      .map(line => [
        line.replace('➤', ' ').trim().split(/ {2,}/)[0],
        line.replace('➤', ' ').trim().replace(/ {2,}/g, ' | '),
      ])
      .filter(([state]) => state !== ''),
  );

describe('trace of the living examples', () => {
  it('says where a tester goes, state by state', () => {
    const states = ['shadow', 'internal', 'rehearsal', 'canary-10', 'three-way', 'abort-internal'];
    const { exit, stdout, stderr } = trace(REVIEWS, '-H', 'End-User: jason', ...states.flatMap(s => ['--state', s]));
    expect([exit, stderr]).toEqual([0, '']);
    expect(stdout).toBe(`\
GET /, header end-user: jason

bookinfo/reviews  istio, environment default, rollouts/reviews.yaml

   state           rule                              v1     v2     v3    copies   fault
   shadow          default                           100 %  -      -     v2 50 %  -
   internal        testers: header end-user = jason  -      100 %  -     -        -
   rehearsal       slow: header end-user = jason     -      100 %  -     -        delay 5s for 100 %
➤  canary-10       testers: header end-user = jason  -      100 %  -     -        -
   three-way       default                           40 %   30 %   30 %  -        -
   abort-internal  default                           100 %  -      -     -        -

wherever a rule takes it: timeout 10s; retries 3 of 2s each, on connect-failure, refused-stream, unavailable
`);
  });

  it('says the same of a request in one text', () => {
    const flags = trace(REVIEWS, '-X', 'POST', '--path', '/cart?debug=1', '-H', 'end-user: jason', '-b', 'beta=1; x=y');
    const words = 'POST /cart?debug=1, header end-user: jason, cookie beta=1, cookie x=y';
    expect(flags.stdout.split('\n')[0]).toBe(words);
    expect(trace(REVIEWS, '--request', words)).toEqual(flags);
    expect(byState(flags.stdout)['internal']).toContain('100 %');
  });

  it('gives the pods that make a ratio, and the timeouts of versions', () => {
    expect(byState(trace('rollouts/hello.yaml').stdout)).toMatchObject({
      state: 'state | rule | v1 | v2 | pods',
      'canary-25': 'canary-25 | default | 75 % | 25 % | v1 3 : v2 1',
      complete: 'complete | default | - | 100 % | -',
    });
    expect(trace('rollouts/greeter.yaml').stdout).toMatch(/\nwherever a rule takes it: timeout 5m\n$/);
  });

  it('says that nothing takes a request outside of the route', () => {
    const outside = byState(trace('rollouts/search.yaml', '--path', '/elsewhere').stdout);
    expect(outside['baseline']).toBe(
      'baseline | none | no rule takes it: the last one takes path = /search or path begins with /search/',
    );
    const [line] = Object.values(byState(trace('rollouts/search.yaml', '--path', '/search/x').stdout)).slice(3);
    expect(line).not.toContain('none');
    expect(byState(trace(REVIEWS, '--path', 'http://ratings/x').stdout)['shadow']).toBe(
      'shadow | none | no rule takes it: the route answers for "reviews"',
    );
  });

  it('gives data', () => {
    const words = [REVIEWS, '-H', 'end-user: jason', '--state', 'rehearsal'] as const;
    const data = JSON.parse(trace(...words, '-o', 'json').stdout);
    expect(data).toEqual([
      {
        request: { method: 'GET', path: '/', headers: { 'end-user': 'jason' }, cookies: {}, query: {} },
        source: REVIEWS,
        rollout: 'reviews',
        namespace: 'bookinfo',
        environment: 'default',
        provider: 'istio',
        step: 'canary-10',
        states: [
          {
            state: 'rehearsal',
            rule: 'slow',
            matches: [{ headers: { 'end-user': 'jason' } }],
            split: [{ version: 'v2', percent: 100 }],
            mirror: [],
            fault: { delay: { duration: '5s', percent: 100 } },
            timeout: '10s',
            retries: {
              attempts: 3,
              perTryTimeout: '2s',
              retryOn: ['connect-failure', 'refused-stream', 'unavailable'],
            },
          },
        ],
      },
    ]);
    expect(parseAllDocuments(trace(...words, '-o', 'yaml').stdout).map(document => document.toJS())).toEqual(data);
  });

  it('looks at one environment, at every Rollout, and at standard input', () => {
    const titles = (stdout: string) => stdout.split('\n').filter(line => line.includes('environment '));
    expect(titles(trace('--environment', 'prod').stdout)).toEqual([
      'shop/profile  istio, environment prod, rollouts/profile.yaml',
    ]);
    expect(titles(trace().stdout).length).toBeGreaterThan(7);
    const input = readFileSync(join(ROOT, REVIEWS), 'utf8');
    expect(titles(surefoot(ROOT, ['trace', '-q', '-'], { input }).stdout)).toHaveLength(1);
  });

  it('writes nothing, and tells what keeps a Rollout from being traced', () => {
    const root = temporaryFolder();
    writeFleet(root, [{ name: 'cart' }]);
    writeTree(root, { 'rollouts/mail.yaml': specOf({ name: 'mail' }).replace('v2: 100', 'v2: 90') });
    const { exit, stdout, stderr } = surefoot(root, ['trace', '--state', 'no-such-state']);
    expect([exit, stdout]).toEqual([1, 'GET /\n']);
    expect(stderr).toContain('traffic/total-not-100');
    expect(surefoot(root, ['trace']).stdout).toContain('demo/cart');
  });
});

test.each([
  [['-H', 'end-user=jason'], '-H "end-user=jason" is no header: type -H \'end-user: jason\'.'],
  [['-H', 'end-user jason'], "type -H 'end-user: jason'."],
  [['-H', 'referer=https://shop/'], "type -H 'referer: https://shop/'."],
  [['-H', ':authority: shop'], "type -H 'host: shop'."],
  [['-H', 'a b: x'], '-H "a b: x" is no header: its name holds a blank, which no name of a header can hold.'],
  [['-H', 'a(b: x'], 'its name holds "(", which'],
  [['-H', 'a: b\nc: d'], 'holds "\\u000a", which no header can hold.'],
  [['-H', 'beta'], "a colon parts name and value, as in -H 'end-user: jason'."],
  [['-H', ': x'], 'no name stands before its colon'],
  [['-H', 'host: a', '-H', 'Host: a'], 'The host is typed twice.'],
  [['-b', 'theme'], '-b "theme" is no cookie: it lacks a value; type -b theme=1 for the value 1.'],
  [['-b', ''], '-b "" is no cookie: a name and a value are wanted, as in -b beta=1.'],
  [['-b', 'a b=1'], 'its name holds a blank, which no name of a cookie can hold.'],
  [
    ['-b', 'beta=1, theme=dark'],
    `holds a blank, which no cookie can hold. Cookies are separated by ";": type -b 'beta=1; theme=dark'.`,
  ],
  [['-b', 'beta=1 2'], 'holds a blank, which no cookie can hold. Cookies are separated by ";".'],
  [['--request', 'GET /, cookie beta=1, theme=dark'], 'type cookie beta=1; theme=dark.'],
  [['--path', 'search.example.com/search'], 'begins with a host: type --path https://search.example.com/search.'],
  [['--path', 'shop:8080'], 'type --path https://shop:8080.'],
  [['--path', 'search.example.com'], 'type --path https://search.example.com.'],
  [['--path', 'cart.html'], 'type --path /cart.html.'],
  [['--path', 'ftp://shop/cart'], 'only URLs that begin with http:// or https:// can be traced.'],
  [['--path', 'https:///cart'], 'names no host: type the host behind https://, or only the path'],
  [['-b', 'beta=1; beta=2'], 'The cookie "beta" is typed twice'],
  [['-b', 'beta=1', '-H', 'Cookie: beta=2'], 'The cookie "beta" is typed twice'],
  [['-X', 'get'], 'Methods are in capitals: type -X GET.'],
  [['-X', 'G T'], '-X "G T" is no method: type -X GET.'],
  [['--path', 'cart'], '--path "cart" never reaches a server like this: type --path /cart.'],
  [['--path', '/a/../cart?x=1#y'], "type --path '/cart?x=1'."],
  [['--path', 'https://shop/a b'], 'type --path https://shop/a%20b.'],
  [['--path', 'https://shop/', '-H', 'host: other'], 'The host is typed twice: "shop" and "other".'],
  [['--request', 'GET /cart header a: b'], 'a comma is missing before "header a: b"'],
  [['--request', 'GET /cart, headers a: b'], '"headers a: b" is no part of a request. Did you mean "header"?'],
  [['--request', 'GET /cart, header a=b'], 'header "a=b" is no header: type header a: b.'],
  [['--request', 'GET /', '-X', 'POST'], "'--request <words>' cannot be used with option '-X, --method <method>'"],
  [['GET /cart'], '"GET /cart" is no PATH of a Rollout: type --request before it.'],
  [['https://shop/cart'], 'type --path before it.'],
  [['--state', 'canary-51'], '--state "canary-51" is none of "baseline"'],
  [['--state', 'canary-51'], 'Did you mean "canary-50"?'],
  [['--environment', 'prod'], '--environment "prod" is none of "default".'],
  [['rollouts/crat.yaml'], 'Did you mean "rollouts/cart.yaml"?'],
])('trace %j is wrong usage', (words, message) => {
  const root = temporaryFolder();
  writeFleet(root, [{ name: 'cart' }]);
  const { exit, stdout, stderr } = surefoot(root, ['trace', ...words]);
  expect([exit, stdout]).toEqual([2, '']);
  expect(stderr).toContain(message);
});

test('all mistakes of a request are told at once', () => {
  const read = requestOfFlags({ method: 'get', path: 'x', header: ['a'], cookie: ['b'] });
  expect('wrong' in read && read.wrong).toHaveLength(4);
});

test('a request in one text reads as it is printed', () => {
  const word = fc.stringMatching(/^[a-z0-9_-]{1,8}$/);
  const value = fc.stringMatching(/^(?:[!-~]{1,12})?$/);
  const safe = value.filter(text => !/[;,&#?]/.test(text));
  const request = fc.record({
    method: fc.constantFrom('GET', 'POST', 'M-SEARCH'),
    path: fc.constantFrom('/', '/cart', '/a%20b', '/pkg.Service/Method', '//x', '/%'),
    headers: fc.dictionary(
      word.filter(name => name !== 'cookie' && name !== 'host'),
      value,
    ),
    cookies: fc.dictionary(word, safe),
    query: fc.dictionary(word, fc.stringMatching(/^[a-z0-9=%,]{0,6}$/)),
  });
  fc.assert(
    fc.property(request, one => {
      expect(requestOfFlags({ request: requestWords(one) })).toEqual({ request: one });
    }),
  );
});

test.each([
  ['header date: Mon, 01 Jan', { headers: { date: 'Mon, 01 Jan' } }],
  ['/cart', { path: '/cart' }],
  ['POST', { method: 'POST', path: '/' }],
  ['', { method: 'GET', path: '/' }],
  ['GET https://Shop.example.com:8443/a?b&c=d=e&b=2', { path: '/a', query: { b: '', c: 'd=e' } }],
  ['GET /,HEADER X-A:  b ,header x-a: c, query debug=1, host shop', { headers: { 'x-a': 'b,c', host: 'shop' } }],
  ['GET /?a=1, query a=2, query b=3', { query: { a: '1', b: '3' } }],
])('%j is a request', (words, more) => {
  expect(requestOfFlags({ request: words })).toMatchObject({ request: more });
});

describe('docs/trace.md', () => {
  const page = readFileSync(join(ROOT, 'docs/trace.md'), 'utf8');
  const commands = [...page.matchAll(/^```sh\n(.*?)^```/gms)].flatMap(([, text = '']) => text.trim().split('\n'));

  it('shows commands that run', () => {
    expect(commands.length).toBeGreaterThan(5);
    // What is behind a pipe is for the reader's own tools.
    for (const command of commands)
      expect([command, shell(ROOT, command.replace(/ \| .*/, '')).exit]).toEqual([command, 0]);
  });

  it('shows what the first of them prints', () => {
    const [, printed] = /^```text\n(.*?)^```/ms.exec(page) ?? [];
    expect(shell(ROOT, commands[0]!).stdout).toBe(printed);
  });

  it('names every option', () => {
    const own = traceOptions().map(({ short, long }) => short ?? long);
    expect(own.length).toBeGreaterThan(6);
    for (const flag of own) expect(page).toContain(`| \`${flag} `);
  });
});
