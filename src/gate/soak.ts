/** Whether an earlier environment stood long enough at a step, or beyond it. */
export interface SoakVerdict {
  /** The earlier environment. */
  readonly after: string;
  /** `unknown`: nobody can tell, so it is neither a yes nor a no. */
  readonly verdict: 'seen' | 'unseen' | 'unknown';
  /** What was found, or why nobody can tell: words for people, a sentence without its full stop. */
  readonly evidence: string;
  /** Milliseconds until it is seen if nothing moves there; absent: waiting alone does not help, or it is seen. */
  readonly left?: number;
}
