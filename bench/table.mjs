/** A table in Markdown whose columns stand below each other. @param {readonly string[]} head @param {readonly (readonly string[])[]} rows */
export function table(head, rows) {
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map(row => row[column]?.length ?? 0)));
  const line = (/** @type {readonly string[]} */ cells) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return `${[line(head), line(widths.map(width => '-'.repeat(width))), ...rows.map(line)].join('\n')}\n`;
}

/** Which part of a full synth takes how long. @param {readonly import('./measure-fleet.mjs').FleetTimes[]} fleets */
export function partsTable(fleets) {
  const parts = Object.keys(fleets[0]?.parts ?? {});
  const rows = parts.map(part => [
    part,
    ...fleets.flatMap(({ parts: times, size }) => cells(times[part] ?? 0, total(times), size)),
  ]);
  const sums = ['together', ...fleets.flatMap(({ parts: times, size }) => cells(total(times), total(times), size))];
  return table(['part', ...fleets.flatMap(({ name }) => [`${name}: ms per rollout`, 'share'])], [...rows, sums]);
}

/** @param {Record<string, number>} times */
const total = times => Object.values(times).reduce((sum, time) => sum + time, 0);
/** @param {number} time @param {number} whole @param {number} size */
const cells = (time, whole, size) => [(time / size).toFixed(3), `${((100 * time) / whole).toFixed(1)} %`];
