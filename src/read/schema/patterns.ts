import { DURATION_PATTERN } from '../../model/duration.ts';

/** How a kind of text is written: the pattern for machines, the words and an example for people. */
export interface TextPattern {
  /** ECMAScript regular expression, anchored, without nested repetition: it runs in linear time. */
  readonly source: string;
  /** Completes the sentence "It is written with …". */
  readonly words: string;
  readonly example: string;
}

const LABEL = '[a-z0-9](?:[-a-z0-9]*[a-z0-9])?';
const SUBDOMAIN = `${LABEL}(?:\\.${LABEL})*`;
const CRON = '[-*,/#A-Za-z0-9]+';
const QUALIFIED = '[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?';

/**
 * Every kind of text that the schema knows. Names of Kubernetes objects follow
 * https://kubernetes.io/docs/concepts/overview/working-with-objects/names/.
 * `constructor` is refused as a name because every JavaScript object answers to it.
 */
export const PATTERNS = {
  /** DNS-1035: a Service gets this name. */
  serviceName: {
    source: '^(?!constructor$)[a-z](?:[-a-z0-9]*[a-z0-9])?$',
    words: 'lower-case letters, digits and dashes, a letter first and no dash last',
    example: 'reviews',
  },
  /** DNS-1123 label. */
  label: {
    source: `^(?!constructor$)${LABEL}$`,
    words: 'lower-case letters, digits and dashes, no dash first or last',
    example: 'canary-20',
  },
  subdomain: {
    source: `^${SUBDOMAIN}$`,
    words: 'lower-case letters, digits, dashes and dots, a letter or digit first and last',
    example: 'reviews-settings',
  },
  portName: {
    source: '^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$',
    words: 'lower-case letters, digits and single dashes, a letter first',
    example: 'http-admin',
  },
  host: {
    source: `^(?:\\*|(?:\\*\\.)?${SUBDOMAIN})$`,
    words: 'a lower-case host name without port or path, or with "*." in place of its first part',
    example: 'shop.example.com',
  },
  /** A host name with names of each Rollout in it. */
  hostPattern: {
    source:
      '^(?:\\*\\.)?(?:[-a-z0-9]|\\{(?:name|namespace|environment)\\})+(?:\\.(?:[-a-z0-9]|\\{(?:name|namespace|environment)\\})+)*$',
    words: 'a lower-case host name, with {name}, {namespace} or {environment} where they differ by Rollout',
    example: '{name}.example.com',
  },
  url: {
    source: '^https?://[^\\s/@?#]+(?:/[^\\s@?#]*)?$',
    words: 'http:// or https://, a host, and perhaps a path, without user, password or query',
    example: 'https://prometheus.example.com',
  },
  minorVersion: {
    source: '^\\d{1,3}\\.\\d{1,3}$',
    words: 'two numbers and a dot, in quotes',
    example: '1.31',
  },
  gateway: {
    source: `^(?:${LABEL}/)?${SUBDOMAIN}$`,
    words: 'the name of a gateway, with its namespace and a slash before it where it lives elsewhere',
    example: 'istio-system/public',
  },
  path: { source: '^/[^\\s?#]*$', words: 'a slash first, and no space, "?" or "#"', example: '/api' },
  probePath: { source: '^/\\S*$', words: 'a slash first, and no space', example: '/healthz' },
  directory: { source: '^/[^\\s:]+$', words: 'a slash first, and no space or ":"', example: '/var/cache' },
  /** As `directory`, and walked as it is written. */
  folder: {
    source: '^(?:/(?!\\.{1,2}(?:/|$))[^\\s:/]+)+/?$',
    words: 'a slash first, and no space, ":", "//", "." or ".." on the way',
    example: '/etc/shop',
  },
  image: {
    source: '^\\S+$',
    words: 'a registry, a repository and a tag, without spaces',
    example: 'ghcr.io/acme/shop:1.4.2',
  },
  duration: {
    source: DURATION_PATTERN,
    words: 'whole numbers with units, the largest first: d, h, m, s, ms',
    example: '1h30m',
  },
  schedule: {
    source: `^${CRON} +${CRON} +${CRON} +${CRON} +${CRON}$`,
    words: 'the five fields of cron with spaces between them: minute, hour, day of the month, month, day of the week',
    example: '0 17 * * 5',
  },
  /** https://data.iana.org/time-zones/theory.html#naming */
  timeZone: {
    source: '^[A-Za-z][-+A-Za-z0-9_]*(?:/[-+A-Za-z0-9_]+)*$',
    words: 'a name of the IANA time zone database, mostly a continent, a slash and a city',
    example: 'Europe/Berlin',
  },
  quantity: {
    source: '^\\d{1,12}(?:\\.\\d{1,9})?(?:[numkMGTPE]|[KMGTPE]i)?$',
    words: 'a number with a unit, such as m for thousandths, Mi or Gi',
    example: '250m',
  },
  envName: {
    source: '^[-._a-zA-Z][-._a-zA-Z0-9]*$',
    words: 'letters, digits, "_", "-" and ".", no digit first',
    example: 'LOG_LEVEL',
  },
  labelKey: {
    source: `^(?:${SUBDOMAIN}/)?${QUALIFIED}$`,
    words: 'letters, digits, "-", "_" and ".", optionally after a domain and a slash',
    example: 'team.example.com/owner',
  },
  labelValue: {
    source: `^(?:${QUALIFIED})?$`,
    words: 'letters, digits, "-", "_" and ".", a letter or digit first and last',
    example: 'payments',
  },
  resource: {
    source: `^(?:${SUBDOMAIN}/)?${QUALIFIED}$`,
    words: 'the name of a resource, such as cpu, memory or ephemeral-storage',
    example: 'memory',
  },
  dataKey: {
    source: '^[-._a-zA-Z0-9]+$',
    words: 'letters, digits, "-", "_" and "."',
    example: 'password',
  },
  /** The key of a ConfigMap: https://pkg.go.dev/k8s.io/apimachinery/pkg/util/validation#IsConfigMapKey */
  fileName: {
    source: '^(?!\\.$|\\.\\.|constructor$)[-._a-zA-Z0-9]+$',
    words: 'letters, digits, "-", "_" and ".", without a folder, and not beginning with ".."',
    example: 'app.properties',
  },
  fieldPath: {
    source: '^(?:metadata|spec|status)\\.\\S+$',
    words: 'metadata, spec or status, a dot and the field',
    example: 'metadata.name',
  },
  /** https://www.rfc-editor.org/rfc/rfc9110#name-tokens */
  token: {
    source: "^[-!#$%&'*+.^_`|~0-9A-Za-z]+$",
    words: 'letters, digits, dashes and other signs, but no space, colon, quote, comma, bracket or slash',
    example: 'x-user-group',
  },
  queryName: { source: '^[^\\s=&#]+$', words: 'no space, "=", "&" or "#"', example: 'beta' },
  line: { source: '^.*$', words: 'one line, without line breaks', example: 'jason' },
  grpcService: {
    source: '^[A-Za-z_]\\w*(?:\\.[A-Za-z_]\\w*)*$',
    words: 'the full name of a gRPC service, with its package',
    example: 'shop.v1.Cart',
  },
  grpcMethod: { source: '^[A-Za-z_]\\w*$', words: 'the name of a gRPC method', example: 'AddItem' },
} as const satisfies { readonly [kind: string]: TextPattern };
