/** Parts of a run that are told apart. */
export type Part = 'find' | 'read' | 'plan' | 'emit' | 'print' | 'prove' | 'prove hops' | 'lay out' | 'write';

/** Milliseconds by part; `start` until our first line ran, `rest` in no part. */
export type Times = { readonly [part in Part | 'start' | 'rest']: number };

const spent = {
  start: performance.now(),
  rest: 0,
  find: 0,
  read: 0,
  plan: 0,
  emit: 0,
  print: 0,
  prove: 0,
  'prove hops': 0,
  'lay out': 0,
  write: 0,
};
const open: Part[] = [];
let since = spent.start;

/** A function whose time counts as `part`, without the time of other parts that it calls. */
export function timed<A extends readonly unknown[], R>(part: Part, work: (...args: A) => R): (...args: A) => R {
  return (...args) => {
    enter(part);
    let result: R;
    try {
      result = work(...args);
    } catch (error) {
      leave();
      throw error;
    }
    if (result instanceof Promise) result.then(leave, leave);
    else leave();
    return result;
  };
}

/** The same for a function that returns the function which does the work. */
export const timedTwice =
  <A extends readonly unknown[], B extends readonly unknown[], R>(
    part: Part,
    make: (...args: A) => (...args: B) => R,
  ) =>
  (...args: A): ((...args: B) => R) =>
    timed(part, timed(part, make)(...args));

/** What every part took until now; they add up to the time since the process began. */
export function timesUntilNow(): Times {
  settle();
  return { ...spent };
}

function enter(part: Part): void {
  settle();
  open.push(part);
}

function leave(): void {
  settle();
  open.pop();
}

/** Books the time since the last call on the part that was running. */
function settle(): void {
  const now = performance.now();
  spent[open.at(-1) ?? 'rest'] += now - since;
  since = now;
}
