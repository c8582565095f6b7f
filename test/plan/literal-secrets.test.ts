import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { compile } from '../../src/compile.ts';
import { secretLine, secretName, secretValue } from '../../src/model/secret-shapes.ts';

describe('a name says that its value is a secret', () => {
  it.each([
    ...[
      'PASSWORD',
      'DB_PASSWORD',
      'db-password',
      'POSTGRES_PASSWORD_2',
      'SMTP_PASS',
      'DB_PWD',
      'PASSWD',
      'KEY_PASSPHRASE',
    ],
    ...['TOKEN', 'GITHUB_TOKEN', 'CLIENT_SECRET', 'SECRET', 'API_KEY', 'STRIPE_APIKEY', 'TLS_PRIVATE_KEY', 'TOKEN1'],
    ...['AWS_SECRET_ACCESS_KEY', 'SERVICE_CREDENTIALS', 'CREDENTIAL', 'spring.datasource.password'],
  ])('%s', name => expect(secretName(name, 'hunter2')).toMatch(/^its name ends/));
});

describe('a name says no such thing', () => {
  it.each([
    ...[
      'PASSWORD_FILE',
      'TOKEN_PATH',
      'TOKEN_URL',
      'TOKEN_TTL',
      'SECRET_NAME',
      'PASSWORD_MIN_LENGTH',
      'API_KEY_HEADER',
    ],
    ...['PWD', 'OLD_PWD', 'OLDPWD', 'PASS', 'COMPASS', 'BYPASS', 'MONKEY', 'PUBLIC_KEY', 'PARTITION_KEY', 'MAX_TOKENS'],
    ...['TOKENIZER', 'SECRETARY', 'LOG_LEVEL'],
  ])('%s', name => expect(secretName(name, 'hunter2')).toBeUndefined());

  it.each(['', ' ', 'true', 'False', 'off', '0', '$(FROM_SECRET)', '$(A)$(B)'])('where the value is %j', value => {
    expect(secretName('DB_PASSWORD', value)).toBeUndefined();
  });
});

const twenty = 'abcdefghij0123456789';
describe('a value shows that it is a secret', () => {
  it.each([
    ['-----BEGIN PRIVATE KEY-----\nMIIE', 'a private key'],
    ['x: |\n  -----BEGIN OPENSSH PRIVATE KEY-----', 'a private key'],
    ['AKIAIOSFODNN7EXAMPLE', 'an access key of AWS'],
    [`ghp_${twenty}ABCDEFGHIJKLMNOP`, 'a token of GitHub'],
    [`token=github_pat_${twenty}_more`, 'a token of GitHub'],
    [`glpat-${twenty}`, 'a token of GitLab'],
    ['xoxb-123456789012-abc', 'a token of Slack'],
    ['Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl', 'a JSON Web Token'],
    ['postgres://shop:hunter2@db.shop:5432/shop', 'a URL with a password'],
    ['redis://:hunter2@cache', 'a URL with a password'],
    ['jdbc:postgresql://db/shop?user=shop&password=hunter2', 'a URL with a password'],
    ['sk_live_abcdefgh1234', 'a live key of Stripe'],
  ])('%j', (value, words) => expect(secretValue(value)).toBe(words));

  it.each([
    ...[
      '-----BEGIN CERTIFICATE-----',
      '-----BEGIN PUBLIC KEY-----',
      'AKIA',
      'ghp_short',
      'eyJ.eyJ.x',
      'http://db:5432/x',
    ],
    ...[
      'postgres://shop:$(DB_PASSWORD)@db/x',
      ['amqp://u:$', '{P}@q'].join(''),
      'http://u:***@h',
      'mailto:a@b',
      'http://h/a:b@c',
      'a:b@c',
    ],
  ])('and %j does not', value => expect(secretValue(value)).toBeUndefined());

  it('and is looked for in long texts without going over them again and again', () => {
    for (const part of ['eyJ-', 'eyJa.', '://a:', '-----BEGIN ', 'xoxb-_', 'ghp_', 'glpat-.', 'AKIA', '://:b'])
      expect(secretValue(part.repeat(65_536))).toBeUndefined();
  });
});

describe('a line of a file shows that it holds a secret', () => {
  it.each([
    'a: 1\nspring.datasource.password=hunter2',
    '  password: hunter2',
    '- api-key: "hunter2"',
    '{"client_secret": "hunter2"}',
    'AUTH_TOKEN = hunter2',
  ])('%j', text => expect(secretLine(text)).toMatch(/^the value of /));

  it.each([
    'password=',
    'password: ""',
    ['spring.datasource.password=$', '{DB_PASSWORD}'].join(''),
    'password: {{ .Values.password }}',
    'password-file: /run/secrets/x',
    '# the password: ask the owner',
    'token: null',
    'csrf.token=true',
    'password:\n  min: 8',
  ])('and %j does not', text => expect(secretLine(text)).toBeUndefined());

  it('and is looked for in linear time', () => {
    for (const part of ['a', 'password', '{ ', '-', ' ', ',"']) expect(secretLine(part.repeat(65_536))).toBeUndefined();
  });
});

describe('a secret that was found', () => {
  const compiled = (spec: object) =>
    compile({
      file: 'shop.yaml',
      text: stringify({
        apiVersion: 'surefoot.dev/v1',
        kind: 'Rollout',
        metadata: { name: 'shop' },
        spec: { provider: 'kubernetes', versions: { v1: { image: 'example.com/shop:1.0.0' } }, ...spec },
      }),
    });
  const secret = fc.stringMatching(/^[!-~][ -~]{10,30}[!-~]$/).filter(text => !/\$\(/.test(text));

  it('is printed by no finding, in none of its fields, wherever it stands', () => {
    fc.assert(
      fc.property(secret, fc.constantFrom('PLAIN', 'QUOTE_DOUBLE', 'BLOCK_LITERAL'), (value, style) => {
        const text = [
          'apiVersion: surefoot.dev/v1',
          'kind: Rollout',
          'metadata: { name: shop }',
          'spec:',
          '  provider: kubernetes',
          '  workload:',
          '    env:',
          ...stringify({ API_TOKEN: value }, { defaultStringType: style as 'PLAIN', lineWidth: 0 })
            .trimEnd()
            .split('\n')
            .map(l => `      ${l}`),
          '  versions:',
          '    v1: { image: example.com/shop:1.0.0 }',
        ].join('\n');
        const { diagnostics } = compile({ file: 'shop.yaml', text });
        expect(diagnostics.map(d => d.code)).toEqual(['version/literal-secret', 'version/no-digest']);
        const said = JSON.stringify(diagnostics);
        for (const part of value.split(/\s+/).filter(word => word.length > 8 && !/^\*+$/.test(word)))
          expect(said).not.toContain(JSON.stringify(part).slice(1, -1));
      }),
      { numRuns: 200 },
    );
  });

  it('is shown by as many stars whatever its length, and what stands behind it is marked where it is shown', () => {
    const texts = ['hunter2', 'hunter2'.repeat(9)].map(
      value => `[{ name: A, env: { DB_PASSWORD: ${value} }, replicas: 0 }]`,
    );
    const frames = texts.map(list => {
      const text =
        'apiVersion: surefoot.dev/v1\nkind: Rollout\nmetadata: { name: shop }\nspec:\n  provider: kubernetes\n';
      const versions = list
        .replace('[{ name: A,', '  versions: { v1: { image: "a:1",')
        .replace('replicas: 0 }]', 'drain: 90s } }');
      const { diagnostics } = compile({ file: 'shop.yaml', text: text + versions });
      return diagnostics.map(d => [d.code, d.excerpt, d.mark ?? { column: d.column, endColumn: d.endColumn }]);
    });
    expect(frames[0]!.map(([code]) => code)).toContain('version/grace-within-drain');
    expect(frames[0]).toEqual(frames[1]);
  });

  it('is printed by no finding of a file that goes no further than its shape', () => {
    const { diagnostics } = compile({
      file: 'shop.yaml',
      text: [
        'apiVersion: surefoot.dev/v1',
        'kind: Rollout',
        'metadata: { name: shop }',
        'spec:',
        '  provider: kubernetes',
        '  workload:',
        '    env:',
        '      DB_PASSWORD: 12345678',
        '      API_TOKEN: hunter2-and-more',
        '      LIST_TOKEN: [hunter3]',
        '      DEBUG: 1',
        '      PLAIN: postgres://shop:hunter4@db',
        '      USE_TOKEN: "true"',
        '    replicas: many',
        '  versions:',
        '    v1: { image: example.com/shop:1.0.0, env: { "API_KEY" : "hunter5, or" }, replicas: few }',
      ].join('\n'),
    });
    expect(diagnostics.map(d => d.code)).toEqual(Array.from({ length: 5 }, () => 'schema/wrong-type'));
    const said = JSON.stringify(diagnostics);
    expect(said).not.toMatch(/hunter\d|12345678/);
    expect(said).toContain('DEBUG: 1');
    expect(said).toContain('USE_TOKEN: \\"true\\"');
  });

  it('may be excused, key by key and file by file', () => {
    const env = { API_TOKEN: { notSecret: 'per-request' } };
    const config = { files: { 'a.pem': '-----BEGIN PRIVATE KEY-----' }, notSecret: ['a.pem'] };
    const { diagnostics, results } = compiled({ workload: { env, config } });
    expect(diagnostics.map(d => d.code)).toEqual(['version/no-digest']);
    const [deployment] = results![0]!.files.filter(file =>
      file.path.endsWith('live/default/default/shop/deployment-shop-v1.yaml'),
    );
    expect(deployment!.text).toContain('per-request');
  });

  it('is found in a version as well, where it is written', () => {
    const { diagnostics } = compiled({
      versions: { v1: { image: 'example.com/shop:1.0.0', env: { API_TOKEN: 'hunter2' } } },
    });
    expect(diagnostics.filter(d => d.severity === 'error').map(d => d.code)).toEqual(['version/literal-secret']);
  });
});
