// The goals, and how far they are reached.

/** @typedef {import('./measure-fleet.mjs').FleetTimes} FleetTimes */
/** @typedef {[rollouts: string, goal: string, wanted: string, reached: string, ok: string]} Row */

/** @param {FleetTimes} times @returns {Row[]} */
export function goalsOfFleet({ name, turns, medians, states, cdk8s, memory, parts }) {
  const { full = 0, copy = 0, nothing = 0, status = 0, start = 0, one = 0, kustomize } = medians;
  const bound = start + 1.5 * status;
  const { 'prove hops': hops = 0, print = 0, 'lay out': pages = 0 } = parts;
  const rows = [
    most('full synth : `cp -r` of its output', 1.5, full / copy, `${ms(full)} : ${ms(copy)}`),
    most(
      'nothing changed : `node -e 0` + 1.5 `git status`',
      1,
      nothing / bound,
      `${ms(nothing)} : ${ms(start)} + 1.5 · ${ms(status)}`,
    ),
    ['one rollout changed', '–', ms(one), '–'],
    kustomize === undefined
      ? ['`kubectl kustomize` of each state : full synth', '≥ 100 ×', 'not measured: kubectl is not installed', '–']
      : least(
          '`kubectl kustomize` of each state : full synth',
          100,
          (kustomize * states) / full,
          `${states} states of ${ms(kustomize)} each, sampled in ${turns} turns`,
        ),
    least(
      'cdk8s of the same objects : compile',
      30,
      cdk8s.theirs / cdk8s.ours,
      `${cdk8s.sampled} rollouts: ${ms(cdk8s.theirs)} : ${ms(cdk8s.ours)}`,
    ),
    most('proofs of hops : printing', 1, hops / print, `${ms(hops)} : ${ms(print)}`),
    most('proofs of hops : printing and pages', 1, hops / (print + pages), `${ms(hops)} : ${ms(print + pages)}`),
    ['peak memory', '≤ 250 MB', `${memory.toFixed(0)} MB`, verdict(memory <= 250)],
  ];
  return rows.map(row => /** @type {Row} */ ([name, ...row]));
}

/** @param {Record<string, number>} medians @returns {Row[]} */
export const goalsOfStart = ({ start = 0, help = 0, validate = 0 }) => [
  ['–', ...most('`--help` : `node -e 0`', 1.25, help / start, `${ms(help)} : ${ms(start)}`)],
  ['–', ...most('`validate` of one file : `node -e 0`', 1.6, validate / start, `${ms(validate)} : ${ms(start)}`)],
];

/** Ten times the rollouts, for every two sizes of which one is ten times the other. @param {readonly FleetTimes[]} all @returns {Row[]} */
export const goalsOfGrowth = all =>
  all.flatMap(large =>
    all
      .filter(small => small.size * 10 === large.size && !`${small.name}${large.name}`.includes('×'))
      .flatMap(small =>
        ['full', 'nothing'].map(name => {
          const [before = 0, after = 0] = [small.medians[name], large.medians[name]];
          const goal = `10 × the rollouts, ${name === 'full' ? 'full synth' : 'nothing changed'}`;
          return /** @type {Row} */ ([
            `${small.size} → ${large.size}`,
            ...most(goal, 10.5, after / before, `${ms(before)} → ${ms(after)}`),
          ]);
        }),
      ),
  );

/** @param {string} goal @param {number} wanted @param {number} reached @param {string} how @returns {[string, string, string, string]} */
const most = (goal, wanted, reached, how) => [
  goal,
  `≤ ${wanted} ×`,
  `${times(reached)} (${how})`,
  verdict(reached <= wanted),
];

/** @param {string} goal @param {number} wanted @param {number} reached @param {string} how @returns {[string, string, string, string]} */
const least = (goal, wanted, reached, how) => [
  goal,
  `≥ ${wanted} ×`,
  `${times(reached)} (${how})`,
  verdict(reached >= wanted),
];

/** @param {boolean} ok */
const verdict = ok => (ok ? 'ok' : 'missed');
/** @param {number} ratio */
const times = ratio => `${ratio >= 20 ? ratio.toFixed(0) : ratio.toFixed(2)} ×`;
/** @param {number} time */
const ms = time => (time >= 10_000 ? `${(time / 1000).toFixed(1)} s` : `${time.toFixed(0)} ms`);
