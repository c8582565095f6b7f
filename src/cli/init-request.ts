import type { InitRequest } from './commands/init.ts';

/** Flags of `init` as commander gives them; an absent one was not typed. */
interface InitOptions {
  readonly name?: string;
  readonly namespace?: string;
  readonly provider?: string;
  readonly host?: string;
  readonly image?: string;
  readonly newImage?: string;
  readonly replicas?: string;
  readonly port?: string;
  readonly from?: string;
  readonly dryRun?: boolean;
}

/** What the flags ask for; a person can be asked where both ends are a terminal. Questions are no data: they go to stderr. */
export function initRequest({ newImage, from, dryRun = false, ...answers }: InitOptions): InitRequest {
  const { stdin, stderr } = process;
  return {
    answers: { ...answers, ...(newImage === undefined ? {} : { 'new-image': newImage }) },
    from,
    dryRun,
    terminal: stdin.isTTY && stderr.isTTY ? { input: stdin, output: stderr } : undefined,
  };
}
