import { rule } from '../diagnostics/rule.ts';
import { list, quote } from '../diagnostics/wording.ts';

export const noSuchEnvironment = rule<{ name: string; known: readonly string[] }>('release/unknown-environment', {
  what: p => `This Rollout does not go to the environment ${quote(p.name)}.`,
  why: 'A step that no environment reads would move nothing.',
  fix: p => `Name one that it goes to: ${list(p.known, 'or')}.`,
});

export const whichEnvironment = rule<{ known: readonly string[] }>('release/which-environment', {
  what: p => `This Rollout goes to ${p.known.length} environments, and nothing says which one is meant.`,
  why: 'Each of them stands at its own place of the tape.',
  fix: p =>
    `Name one of them: \`--env ${p.known[0]}\`${p.known.length > 1 ? ` (or ${list(p.known.slice(1), 'or')})` : ''}.`,
});

export const notEditable = rule<{ what: string; write: string }>('release/not-editable', {
  what: p => `${p.what} cannot be changed in this text without printing all of it anew.`,
  why: 'Comments, order and indentation of a Rollout belong to the people who wrote it.',
  fix: p => `Write it by hand: \`${p.write}\`.`,
});

/** Every reason why a Rollout's text is not edited. */
export const releaseMessages = [noSuchEnvironment, whichEnvironment, notEditable] as const;
