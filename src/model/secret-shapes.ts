/** Last words of a name whose value is a secret. What follows them says otherwise: TOKEN_TTL is a time, PASSWORD_FILE a place. */
const LAST_WORDS = [
  ...['PASSWORD', 'PASSWD', 'PASSPHRASE', 'PASSCODE', 'SECRET', 'TOKEN', 'CREDENTIAL', 'CREDENTIALS', 'APIKEY'],
  ...['API_KEY', 'PRIVATE_KEY', 'SECRET_KEY', 'ACCESS_KEY', 'ACCOUNT_KEY', 'AUTH_KEY', 'ENCRYPTION_KEY', 'SIGNING_KEY'],
];

/** Short for a password behind another word only: PWD alone is the working directory. */
const SHORT = /_(?:PASS|PWD)$/;
const NO_PASSWORD = new Set(['OLD_PWD']);

/** What no secret is: nothing, a switch, or only references to other variables. */
const HARMLESS = /^(?:true|false|yes|no|on|off|0|1)?$/i;
const REFERENCES = /\$\([^()$]*\)/g;

/** Why the name of a variable, such as DB_PASSWORD, says that its value is a secret; undefined where neither does. */
export function secretName(name: string, value: string): string | undefined {
  if (HARMLESS.test(value.replace(REFERENCES, '').trim())) return undefined;
  const words = name
    .toUpperCase()
    .replace(/[-.]/g, '_')
    .replace(/(?:_\d+|\d+)$/, '');
  const last = LAST_WORDS.find(word => words === word || words.endsWith(`_${word}`));
  if (last !== undefined) return `its name ends in ${last}`;
  return SHORT.test(words) && !NO_PASSWORD.has(words) ? 'its name ends like that of a password' : undefined;
}

/** Secrets that show by their look. Each expression begins at a fixed text and runs in linear time. */
const SHAPES: readonly (readonly [words: string, shape: RegExp])[] = [
  ['a private key', /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY/],
  ['an access key of AWS', /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/],
  ['a token of GitHub', /\b(?:gh[opsur]_[A-Za-z0-9]{36}|github_pat_\w{22})/],
  ['a token of GitLab', /\bglpat-[\w-]{20}/],
  ['a token of Slack', /\bxox[a-z]-[A-Za-z0-9-]{10}/],
  ['a JSON Web Token', /(?<![\w-])eyJ[\w-]{4,}\.eyJ[\w-]{4,}\.[\w-]{4}/],
  ['a live key of Stripe', /\b[rs]k_live_[A-Za-z0-9]{8}/],
  // A password that is a placeholder (`$(NAME)`, `${NAME}`, `***`, `<password>`) comes from elsewhere.
  ['a URL with a password', /:\/\/[^\s/:@?#]*:(?![$*<{])[^\s/@]+@/],
  ['a URL with a password', /[?&](?:password|passwd|pwd)=(?![$*<{])[^\s&#"']/i],
];

/** A line `key: value` or `key=value` whose key ends like the name of a secret, and an entry of JSON on one line. */
const LINE =
  /(?:^[ \t]*(?:-[ \t]+)?|[{,][ \t]*)["']?([-\w.]*(?:password|passwd|secret|token|api[-_]?key))["']?[ \t]*[:=][ \t]*([^\s,}][^\r\n,}]*)/gim;

/** A value that is none, or comes from elsewhere. */
const FROM_ELSEWHERE = /^(?:[$*<{[#|>&]|null$|~$|%[({])/i;

/** Why a line of a file, such as `db.password=…`, is taken for a secret; undefined where none is. */
export function secretLine(text: string): string | undefined {
  for (const [, key = '', rest = ''] of text.matchAll(LINE)) {
    const value = rest.trim().replace(/^(["'])(.*)\1$/, '$2');
    if (!FROM_ELSEWHERE.test(value) && !HARMLESS.test(value)) return `the value of ${key}`;
  }
  return undefined;
}

/** Why a text is taken for a secret by its look alone; undefined where it is not. */
export const secretValue = (text: string): string | undefined => {
  const found = SHAPES.find(([, shape]) => shape.test(text));
  return found?.[0];
};
