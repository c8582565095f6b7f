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

export const versionExists = rule<{ version: string }>('release/version-exists', {
  what: p => `The version ${quote(p.version)} exists already.`,
  why: 'A version is frozen once it serves: what it is made of is found again when somebody returns to it.',
  fix: 'Release under another name; what nothing names any more goes with `surefoot tidy`.',
});

export const unknownModel = rule<{ version: string; known: readonly string[] }>('release/unknown-version', {
  what: p => `There is no version ${quote(p.version)} to take settings from.`,
  why: 'The new version begins with the settings of that one.',
  fix: p => `Name one of ${list(p.known)} with --like, or leave --like out.`,
});

export const unfinishedTape = rule<{ step: string; last: string }>('release/unfinished-tape', {
  what: p => `The last step of the tape, ${quote(p.step)}, gives no version all traffic.`,
  why: 'A release begins where the one before ended: with one version that gets everything, to which an abort returns.',
  fix: p => `End the tape first: \`- { name: complete-${p.last}, traffic: { ${p.last}: 100 } }\` under steps.`,
});

export const noPattern = rule<{ released: string; other: string; version: string }>('release/no-pattern', {
  what: p =>
    `The steps by which ${quote(p.released)} was released name ${quote(p.other)} too, so they cannot be said of ${quote(p.version)}.`,
  why: 'Steps of a release are taken over with two names changed: the version that has all traffic, and the one that gets it.',
  fix: 'Choose the steps: `--steps canary --weights 5,20,50`.',
});

export const liveWouldChange = rule<{ paths: readonly string[]; synth: string }>('release/live-would-change', {
  what: p => `The edit would change what runs: ${p.paths.slice(0, 5).join(', ')}${p.paths.length > 5 ? ', …' : ''}.`,
  why: 'A release comes after everything that is on the tape, and is promoted step by step; nothing of it may reach a cluster before.',
  fix: p =>
    `Choose other steps with --steps, such as \`--steps blueGreen\`; or write the release by hand and have its change reviewed: \`${p.synth}\`.`,
});

export const staleBefore = rule<{ paths: readonly string[]; synth: string }>('release/stale', {
  what: p =>
    `The output folder is not what the Rollout says: ${p.paths.slice(0, 5).join(', ')}${p.paths.length > 5 ? ', …' : ''}.`,
  why: 'Whatever differs would be written along with the edit, which is to change nothing that runs.',
  fix: p => `Run \`${p.synth}\` and have its change reviewed and committed first.`,
});

export const uncommittedBefore = rule<{ paths: readonly string[] }>('release/uncommitted', {
  what: p =>
    `Files of the Rollout differ from the last commit: ${p.paths.slice(0, 5).join(', ')}${p.paths.length > 5 ? ', …' : ''}.`,
  why: 'They would be committed along with the edit, under a message that does not tell of them.',
  fix: 'Commit or take back these changes first, or leave out --commit.',
});

/** Every reason why a Rollout's text is not edited. */
export const releaseMessages = [
  noSuchEnvironment,
  whichEnvironment,
  notEditable,
  versionExists,
  unknownModel,
  unfinishedTape,
  noPattern,
  liveWouldChange,
  staleBefore,
  uncommittedBefore,
] as const;
