import { Option } from 'commander';

/** Options of `trace` as commander gives them; an absent one was not typed. */
export interface TraceFlags {
  readonly method?: string;
  /** Path and query, or a whole URL. */
  readonly path?: string;
  /** Each `name: value`. */
  readonly header?: readonly string[];
  /** Each `name=value; name=value`. */
  readonly cookie?: readonly string[];
  /** The whole request in one text. */
  readonly request?: string;
  readonly state?: readonly string[];
  readonly environment?: string;
}

/** How a request is said, in the letters of curl, and which answers are wanted. */
export const traceOptions = (): readonly Option[] => [
  new Option('-X, --method <method>', 'its method (default: GET)'),
  new Option('--path <url>', 'its path with its query, or a URL (default: /)'),
  new Option('-H, --header <header>', "a header, as -H 'end-user: jason'; again for each").argParser(each),
  new Option('-b, --cookie <cookies>', "cookies, as -b 'beta=1; theme=dark'").argParser(each),
  new Option('--request <words>', "all of it, as 'GET /cart, header end-user: jason'").conflicts([
    'method',
    'path',
    'header',
    'cookie',
  ]),
  new Option('--state <name>', 'this state only; again for each (default: all)').argParser(each),
  new Option('--environment <name>', 'this environment only (default: all)'),
];

const each = (text: string, before: readonly string[] = []): readonly string[] => [...before, text];
