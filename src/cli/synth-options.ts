import { InvalidArgumentError, Option } from 'commander';

/** Options of `synth` as commander gives them; an absent one was not typed. */
export interface SynthFlags {
  readonly check?: boolean;
  readonly prune?: boolean;
  readonly watch?: boolean;
  readonly jobs?: number;
}

/** `--watch`, which writes again and again. */
export const watchOption = (): Option =>
  new Option('--watch', 'write now and after each change of what is read, until interrupted').conflicts([
    'check',
    'prune',
  ]);

/** The number behind `--jobs`. */
export function parseJobs(text: string): number {
  if (/^[1-9]\d?$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Name a whole number from 1 to 99.');
}
