const examples = (lines: readonly string[]): string => `\nExamples:\n${lines.map(line => `  ${line}\n`).join('')}`;

/** What the help of each command ends with. */
export const EXAMPLES = {
  program: examples([
    'surefoot validate                        check every Rollout below rollouts/',
    'surefoot plan rollouts/reviews.yaml      print every state and hop of one',
    'surefoot synth                           write the manifests of every step to out/',
    'surefoot synth --check                   in CI: does out/ say what the Rollouts say?',
    'surefoot check                           in CI: is every hop of this branch safe?',
  ]),
  validate: examples([
    'surefoot validate',
    'surefoot validate rollouts/reviews.yaml',
    'surefoot validate --format json | jq ".diagnostics[].code"',
    'surefoot validate --format sarif > surefoot.sarif',
    'cat draft.yaml | surefoot validate -',
  ]),
  plan: examples([
    'surefoot plan rollouts/reviews.yaml',
    'surefoot plan --skips rollouts/reviews.yaml   which moves lose requests, how, and the way round',
    'surefoot plan -o json | jq ".[].current"',
    'surefoot plan -o yaml rollouts/reviews.yaml',
    'surefoot plan -o yaml --flat            what surefoot.yaml and the environments make of each Rollout',
  ]),
  synth: examples([
    'surefoot synth && git add out',
    'surefoot synth --check',
    'surefoot synth --watch               while you edit',
    'surefoot synth --prune               after the file of a Rollout was deleted',
    'surefoot synth rollouts/reviews.yaml',
  ]),
  check: examples([
    'surefoot check                           the hops of this branch, in CI and before a commit',
    'surefoot check --base origin/main',
    'surefoot check --promotion-only          for a bot that approves promotions',
    'surefoot check --allow-deletion default/shop/cart',
    'surefoot check --format json | jq ".hops[].obligations"',
  ]),
  comment: examples([
    'surefoot comment                         what a reviewer of this branch reads first',
    'surefoot comment --base origin/main >> "$GITHUB_STEP_SUMMARY"',
    'surefoot comment --post github           in a workflow, with GITHUB_TOKEN',
    'surefoot comment --post gitlab           in a pipeline, with SUREFOOT_GITLAB_TOKEN',
  ]),
  trace: examples([
    "surefoot trace rollouts/reviews.yaml -H 'end-user: jason'",
    "surefoot trace -X POST --path '/cart?debug=1' -b 'beta=1; theme=dark'",
    "surefoot trace --request 'GET /cart, header end-user: jason, cookie beta=1'",
    'surefoot trace --state canary-10 --path https://shop.example.com/cart',
    'surefoot trace -o json | jq ".[].states[] | {state, rule, split}"',
  ]),
  diff: examples([
    'surefoot diff rollouts/reviews.yaml                      what the next promotion changes',
    'surefoot diff --from baseline --to complete',
    'surefoot diff --base origin/main                         what a pull request changes',
    'surefoot diff --base HEAD~1 --head HEAD --text',
    'kubectl get -R -f out/live --ignore-not-found -o json | surefoot diff --cluster -',
  ]),
  status: examples([
    'surefoot status                          the whole fleet',
    'surefoot status reviews                  one Rollout, in every environment',
    'surefoot status --env prod -l team=payments',
    'surefoot status rollouts/reviews.yaml --env prod --target origin/main',
    `surefoot status -o json | jq -r '.[] | select(.phase == "aborted") | .directory'`,
  ]),
  schema: examples(['surefoot schema > rollout.schema.json', 'surefoot schema fleet > fleet.schema.json']),
  completion: examples([
    'source <(surefoot completion bash)       in ~/.bashrc',
    'source <(surefoot completion zsh)        in ~/.zshrc, after compinit',
    'surefoot completion fish | source        in ~/.config/fish/config.fish',
  ]),
  explain: examples([
    'surefoot explain                         the fields at the top',
    'surefoot explain spec.route.retries',
    'surefoot explain versions.v1.env         spec may be left out, and any name of a version will do',
    'surefoot explain steps.canary --recursive',
  ]),
  promote: examples([
    'surefoot promote reviews --commit                 the next step, if everything asked for was seen',
    'surefoot promote reviews --env prod --branch promote-reviews --push',
    'surefoot promote reviews --to complete --dry-run',
    'surefoot promote -l team=payments --env prod --commit',
    'surefoot promote reviews --allow pause --reason "incident 4711" --commit',
  ]),
  resume: examples(['surefoot resume reviews --env prod --commit']),
  abort: examples([
    'surefoot abort reviews --env prod --commit --push',
    'surefoot abort rollouts/reviews.yaml --dry-run     what it would do',
    'surefoot abort -l team=payments --env prod --commit --reason "errors rise"',
  ]),
  bootstrap: examples([
    'surefoot bootstrap argocd > argocd.yaml',
    'surefoot bootstrap argocd --env prod --dest prod-eu --project shop',
    'surefoot bootstrap argocd --single                    one Application for each environment',
    'surefoot bootstrap flux --env prod > flux.yaml        for the cluster of prod',
    'surefoot bootstrap flux --repo ssh://git@git.example.com/team/gitops --secret gitops-key',
  ]),
  init: examples([
    'surefoot init                                    asks, on a terminal',
    'surefoot init --from deploy.yaml --provider kubernetes --dry-run',
    'surefoot init --name shop --provider istio --image ghcr.io/acme/shop:1.4.2 --new-image ghcr.io/acme/shop:1.5.0',
  ]),
} as const;
