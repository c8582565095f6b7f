import type { TextMatch } from '../model/traffic.ts';

/** An expression in RE2 that takes the texts of a condition, whole. */
export function textRegex(text: TextMatch): string {
  switch (text.kind) {
    case 'exact':
      return literal(text.value);
    case 'prefix':
      return `${literal(text.value)}.*`;
    case 'regex':
      return text.value;
    case 'present':
      return '.*';
    default:
      return text satisfies never;
  }
}

/** An expression over the whole `cookie` header for one cookie among all that a client sends, in any place. */
export function cookieRegex(name: string, text: TextMatch): string {
  return `^(?:.*; *)?${literal(name)}=${valueRegex(text)}(?:;.*)?$`;
}

function valueRegex(text: TextMatch): string {
  switch (text.kind) {
    case 'exact':
      return literal(text.value);
    case 'prefix':
      return `${literal(text.value)}[^;]*`;
    case 'regex':
      return `(?:${text.value})`;
    case 'present':
      return '[^;]*';
    default:
      return text satisfies never;
  }
}

const literal = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
