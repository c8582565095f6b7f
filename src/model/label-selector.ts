import type { Json, Labels } from './kubernetes.ts';
import { listIn, mapIn } from './template.ts';

/**
 * Whether a label selector finds pods with these labels; an empty one finds all:
 * https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#resources-that-support-set-based-requirements
 */
export function selectorMatches(selector: Json | undefined, labels: Labels): boolean {
  const { matchLabels, matchExpressions } = mapIn(selector);
  return (
    Object.entries(mapIn(matchLabels)).every(([key, value]) => labels[key] === value) &&
    listIn(matchExpressions).every(expression => expressionMatches(expression, labels))
  );
}

/** Whether a selector has no condition. */
export const selectsAll = (selector: Json | undefined): boolean => {
  const { matchLabels, matchExpressions } = mapIn(selector);
  return Object.keys(mapIn(matchLabels)).length + listIn(matchExpressions).length === 0;
};

/** Label keys that a selector asks about. */
export const selectorKeys = (selector: Json | undefined): readonly string[] => {
  const { matchLabels, matchExpressions } = mapIn(selector);
  return [...Object.keys(mapIn(matchLabels)), ...listIn(matchExpressions).map(one => String(mapIn(one)['key']))];
};

function expressionMatches(expression: Json, labels: Labels): boolean {
  const { key, operator, values } = mapIn(expression);
  const value = labels[String(key)];
  const listed = value !== undefined && listIn(values).includes(value);
  switch (operator) {
    case 'In':
      return listed;
    case 'NotIn':
      return !listed;
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    default:
      return false;
  }
}
