/** Why the address of a repository is refused; it never repeats the address, which may hold a secret. */
export interface RefusedUrl {
  readonly refused: string;
}

const SSH = /^ssh:\/\/(?:[\w.-]+@)?[\w.-]+(?::\d{1,5})?\/[\w.~+@/-]+$/;
const HTTP = /^https?:\/\/[\w.-]+(?::\d{1,5})?\/[\w.~+@/-]+$/;
/** `git@host:path`: https://git-scm.com/docs/git-clone#_git_urls */
const SCP = /^([\w.-]+@)?([\w.-]+):(?!\/\/)\/?([\w.~+@/-]+)$/;

/** The address of a repository as agents take it. Secrets never stand in git, so an address that carries one is refused. */
export function repoUrl(typed: string): string | RefusedUrl {
  const scp = SCP.exec(typed);
  if (scp !== null && scp[2]!.length > 1) return `ssh://${scp[1] ?? ''}${scp[2]}/${scp[3]}`;
  if (SSH.test(typed) || HTTP.test(typed)) return typed;
  if (carriesSecret(typed))
    return {
      refused:
        'carries a user, a password or a token, and what is printed here will stand in git. Name it without, and give the agent a Secret',
    };
  if (!/^(?:https?|ssh):\/\//i.test(typed))
    return {
      refused: 'is no address that a cluster can reach; it begins with https:// or ssh://, or is git@host:path',
    };
  return { refused: 'has a character that an address of a repository does not need' };
}

const carriesSecret = (typed: string): boolean =>
  /^https?:\/\/[^/]*@/i.test(typed) || /^\w+:\/\/[^/]*:[^/]*@/.test(typed) || /^https?:\/\/.*[?#]/i.test(typed);
