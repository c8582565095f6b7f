import { baseOf, fieldOf, isHeaderSafe, type NoTarget, textOf } from './comment-target.ts';
import type { CommentTarget, HeldComment } from './post-comment.ts';

interface Env {
  readonly [name: string]: string | undefined;
}

/** The merge request that a GitLab pipeline runs for, as its environment says: https://docs.gitlab.com/ci/variables/predefined_variables/ */
export function gitlabTarget(env: Env): CommentTarget | NoTarget {
  const { SUREFOOT_GITLAB_TOKEN: token = '', CI_MERGE_REQUEST_IID: iid = '', CI_PROJECT_ID: own = '' } = env;
  const base = baseOf(env['CI_API_V4_URL'] ?? '');
  if (base === undefined)
    return { wrong: 'CI_API_V4_URL is no address of an API; --post gitlab works in a GitLab pipeline.' };
  // The pipeline of a fork runs in the fork, and its merge request is elsewhere.
  const project = env['CI_MERGE_REQUEST_PROJECT_ID'] ?? own;
  if (!/^[1-9]\d{0,15}$/.test(iid) || !/^[1-9]\d{0,15}$/.test(project))
    return {
      wrong:
        'this pipeline is not about a merge request, so there is nothing to comment on; run the job for `merge_request_event`, or leave out --post.',
    };
  const mayNot =
    own !== '' && own !== project
      ? 'a merge request from a fork has no token of this project. Everything that it would say stands in the log of this job.'
      : undefined;
  if (token === '' && mayNot !== undefined) return { note: `No comment was written: ${mayNot}` };
  if (token === '' || !isHeaderSafe(token))
    return {
      wrong:
        'SUREFOOT_GITLAB_TOKEN is not set: make an access token of the project with the role Reporter and the scope api, and add it as a masked CI/CD variable.',
    };
  const notes = `${base}/projects/${project}/merge_requests/${iid}/notes`;
  return {
    name: `merge request ${iid}`,
    token,
    headers: { 'private-token': token },
    self: `${base}/user`,
    list: page => `${notes}?per_page=100&page=${page}&sort=asc&order_by=created_at`,
    create: notes,
    update: id => ({ method: 'PUT', url: `${notes}/${id}` }),
    authorOf: user => textOf(fieldOf(user, 'username')),
    read: heldIn,
    hasMore: ({ header }) => /^\d+$/.test(header('x-next-page')),
    rights: 'Give SUREFOOT_GITLAB_TOKEN the role Reporter and the scope api.',
    ...(mayNot === undefined ? {} : { mayNot }),
  };
}

function heldIn(entry: unknown): HeldComment | undefined {
  const [id, text, author] = [fieldOf(entry, 'id'), fieldOf(entry, 'body'), fieldOf(entry, 'author')];
  if (typeof id !== 'number' || typeof text !== 'string' || fieldOf(entry, 'system') === true) return undefined;
  const name = textOf(fieldOf(author, 'username')) ?? '';
  // Tokens of projects and groups: https://docs.gitlab.com/user/project/settings/project_access_tokens/#bot-users-for-projects
  return { id: String(id), text, author: name, isBot: /^(?:project|group)_\d+_bot/.test(name) };
}
