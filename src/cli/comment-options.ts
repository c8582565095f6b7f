/** Where a comment can be posted. */
export const COMMENT_HOSTS = ['github', 'gitlab'] as const;

export type CommentHost = (typeof COMMENT_HOSTS)[number];

/** The options of `comment`, as typed. */
export interface CommentFlags {
  readonly base?: string;
  readonly post?: CommentHost;
  readonly allowDeletion: readonly string[];
}
