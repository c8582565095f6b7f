/** How the value of a label is compared. */
export type Matcher =
  | { readonly is: string }
  | { readonly isNot: string }
  /** An expression that the whole value must match, its literal parts escaped by `literal`. */
  | { readonly matches: string };

/** Conditions on the labels of a series, by the name of the label. */
export type Matchers = { readonly [label: string]: Matcher };

/**
 * A metric with conditions on its labels. Whatever a value holds stays within its quotes: the texts of PromQL know the escapes of Go, and those of
 * JSON are among them. https://prometheus.io/docs/prometheus/latest/querying/basics/#string-literals
 */
export const selector = (metric: string, matchers: Matchers): string =>
  `${metric}{${Object.entries(matchers)
    .map(([label, matcher]) => `${label}${conditionOf(matcher)}`)
    .join(',')}}`;

function conditionOf(matcher: Matcher): string {
  if ('is' in matcher) return `=${JSON.stringify(matcher.is)}`;
  return 'isNot' in matcher ? `!=${JSON.stringify(matcher.isNot)}` : `=~${JSON.stringify(matcher.matches)}`;
}

/** A text as a part of an expression that matches only itself: https://github.com/google/re2/wiki/Syntax */
export const literal = (text: string): string => text.replace(/[\\.+*?()|[\]{}^$]/g, '\\$&');

/** A duration as PromQL writes it, in whole seconds, not less than it is. */
export const spanOf = (milliseconds: number): string => `${Math.max(1, Math.ceil(milliseconds / 1000))}s`;
