/** A Prometheus and what it asks of those who ask it. */
export interface PrometheusAccess {
  readonly url: string;
  /** Sent as they are and never shown. Absent: none. */
  readonly headers?: { readonly [name: string]: string };
}

/** The variables of the environment that are read; an empty one counts as absent. */
interface Environment {
  readonly [name: string]: string | undefined;
}

/**
 * Where Prometheus is and what it is sent: the address of SUREFOOT_PROMETHEUS_URL, else the recorded one; credentials of the environment alone.
 * Undefined: there is none. Wrong: what to say of a variable, whose value is not told.
 */
export function prometheusAccess(
  environment: Environment,
  recorded?: string,
): PrometheusAccess | { readonly wrong: string } | undefined {
  const url = environment['SUREFOOT_PROMETHEUS_URL'] || recorded;
  if (url === undefined) return undefined;
  const read = (name: string): string => environment[name]?.trim() ?? '';
  const [token, user, password, tenant] = VARIABLES.map(read) as [string, string, string, string];
  // A colon ends the user: https://www.rfc-editor.org/rfc/rfc7617#section-2
  if (user.includes(':')) return { wrong: 'SUREFOOT_PROMETHEUS_USER holds a colon, which no user of HTTP may have' };
  if (token !== '' && user !== '')
    return { wrong: 'SUREFOOT_PROMETHEUS_TOKEN and SUREFOOT_PROMETHEUS_USER are both set; unset one of them' };
  const unsendable = [token, tenant].findIndex(value => !/^[\x20-\x7e]*$/.test(value));
  if (unsendable >= 0)
    return { wrong: `${unsendable === 0 ? VARIABLES[0] : VARIABLES[3]} holds letters that no header may hold` };
  const basic = Buffer.from(`${user}:${password}`, 'utf8').toString('base64');
  const authorization = token !== '' ? `Bearer ${token}` : user !== '' ? `Basic ${basic}` : undefined;
  return {
    url,
    headers: {
      ...(authorization === undefined ? {} : { authorization }),
      // https://grafana.com/docs/mimir/latest/references/http-api/#authentication
      ...(tenant === '' ? {} : { 'x-scope-orgid': tenant }),
    },
  };
}

const VARIABLES = [
  'SUREFOOT_PROMETHEUS_TOKEN',
  'SUREFOOT_PROMETHEUS_USER',
  'SUREFOOT_PROMETHEUS_PASSWORD',
  'SUREFOOT_PROMETHEUS_TENANT',
] as const;
