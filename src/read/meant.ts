import { readDuration } from '../model/duration.ts';

const UNITS: readonly (readonly [RegExp, string])[] = [
  [/milli(?:second)?s?|msecs?/g, 'ms'],
  [/seconds?|secs?/g, 's'],
  [/minutes?|mins?/g, 'm'],
  [/hours?|hrs?/g, 'h'],
  [/days?/g, 'd'],
];

/** The duration that a text such as `10 sec`, `90` or `1.5h` was likely meant to be; empty where nobody can tell. */
export function durationMeant(text: string): string {
  let short = text.toLowerCase().replace(/[\s,_]+/g, '');
  for (const [word, unit] of UNITS) short = short.replace(word, unit);
  if (/^\d{1,6}$/.test(short)) short += 's';
  if (/^\d{1,4}\.5h$/.test(short)) short = short.replace('.5h', 'h30m');
  if (/^\d{1,4}\.5m$/.test(short)) short = short.replace('.5m', 'm30s');
  if (/^\d{1,4}\.5s$/.test(short)) short = short.replace('.5s', 's500ms');
  return readDuration(short) === undefined ? '' : short;
}

/** The name that fits a pattern and is nearest to what was written: `Reviews_v1.2` gives `reviews-v1-2`. */
export function nameMeant(text: string, pattern: string, longest: number): string {
  const plain = text
    .slice(0, 80)
    .toLowerCase()
    .replace(/[^-a-z0-9]+/g, '-')
    .replace(/-{2,}/g, '-')
    .replace(/^-|-$/g, '');
  const fits = (name: string): boolean => new RegExp(pattern, 'u').test(name);
  return [plain, `v${plain}`].map(name => name.slice(0, longest).replace(/-$/, '')).find(fits) ?? '';
}

/** The quantities that a text such as `512MB` or `1 gib` was likely meant to be, as choices; empty where nobody can tell. */
export function quantityMeant(text: string): string {
  const [, digits, letter = '', binary] = /^(\d{1,12}(?:\.\d{1,9})?)[\s_]*([kmgtpe]?)(i?)b?$/i.exec(text.trim()) ?? [];
  if (digits === undefined || letter === '') return '';
  const big = letter.toUpperCase();
  const decimal = `\`${digits}${big === 'K' ? 'k' : big}\` (powers of 1000)`;
  const powers = `\`${digits}${big}i\` (powers of 1024)`;
  return binary === '' ? `${powers} or ${decimal}` : powers;
}
