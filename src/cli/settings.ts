import { isAbsolute, resolve } from 'node:path';
import { quote } from '../diagnostics/wording.ts';
import { cacheFolder } from '../host/cache-folder.ts';
import { outRefusal } from '../host/out-place.ts';
import { statOf } from '../host/system-error.ts';
import { type Paint, paintFor } from './paint.ts';
import { defaultFormat, type Format } from './reporters/formats.ts';

/** Options that every command takes, as typed. */
export interface GlobalOptions {
  /** The folder of `-C`; absent: the working directory. */
  readonly C?: string;
  readonly out: string;
  /** Absent: none was typed. */
  readonly format?: Format;
  readonly quiet?: boolean;
  readonly color?: boolean;
  /** False: `--no-cache`. */
  readonly cache?: boolean;
}

/** What a command needs to know about where it runs and who reads it. */
export interface Settings {
  /** Absolute path of the folder that everything is relative to. */
  readonly root: string;
  /** The folder of `-C` as typed; absent: the working directory. */
  readonly startedIn?: string;
  /** The output folder as typed. */
  readonly outName: string;
  readonly format: Format;
  /** Absolute path of the folder from which CI names files: its checkout, where one is known, or the working directory. */
  readonly checkout: string;
  /** Errors only. */
  readonly quiet: boolean;
  /** Where to keep what saves time from run to run; absent: nowhere. */
  readonly cache?: string;
  /** For what goes to stdout. */
  readonly paintData: Paint;
  /** For what goes to stderr. */
  readonly paintWords: Paint;
}

/** Reads the options together with the environment; a text says what is wrong with them. */
export function settingsOf(options: GlobalOptions): Settings | string {
  const root = resolve(options.C ?? '.');
  // The dot looks through a link: starting in one is fine, only below the root are links refused.
  if (statOf(`${root}/.`) === undefined) return `-C ${quote(options.C ?? '.')} is not a folder.`;
  if (options.out === '') return '--out names no folder.';
  const refusal = outRefusal(root, options.out);
  if (refusal !== undefined) return refusal;
  const cache = options.cache === false ? undefined : cacheFolder(root, process.env);
  const paint = (stream: NodeJS.WriteStream): Paint =>
    paintFor({ flag: options.color, env: process.env, isTerminal: stream.isTTY === true });
  return {
    root,
    ...(options.C === undefined ? {} : { startedIn: options.C }),
    ...(cache === undefined ? {} : { cache }),
    outName: options.out.replace(/(?<=[^/])\/+$/, ''),
    format: options.format ?? defaultFormat(process.env),
    checkout: checkoutOf(root, process.env),
    quiet: options.quiet === true,
    paintData: paint(process.stdout),
    paintWords: paint(process.stderr),
  };
}

/** GitHub and GitLab say where they checked out; that counts only where this run is about something below it. */
function checkoutOf(root: string, env: { readonly [name: string]: string | undefined }): string {
  const known = [env['GITHUB_WORKSPACE'], env['CI_PROJECT_DIR']].filter(folder => folder !== undefined);
  return known.find(folder => isAbsolute(folder) && `${root}/`.startsWith(`${resolve(folder)}/`)) ?? resolve('.');
}
