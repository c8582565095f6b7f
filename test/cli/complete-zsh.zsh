# Types a line and a TAB in an interactive zsh, and prints what is proposed: complete-zsh.zsh SCRIPT LINE
zmodload zsh/zpty
start=$(mktemp)
cat > $start <<'START'
PROMPT=
autoload -Uz compinit && compinit -u -D
source $SCRIPT
bindkey '^I' complete-word
zstyle ':completion:*' insert-tab false
begin() { print -r - BEGIN }
finish() { print -r - END; exit }
compprefuncs=(begin)
comppostfuncs=(finish)
# Prints what matches instead of showing it; calls that only ask are passed on.
compadd() {
  if [[ ${@[1,(i)(-|--)]} == *-(O|A|D)\ * ]]; then builtin compadd "$@"; return; fi
  local -a hits
  builtin compadd -A hits "$@"
  local hit
  for hit in $hits; do print -r - "HIT $hit"; done
  builtin compadd "$@"
}
print READY
START
export SCRIPT=$1 TERM=dumb
zpty terminal zsh -f -i
zpty -w terminal " source $start"
while zpty -r terminal line && [[ $line != READY* ]]; do :; done
zpty -n -w terminal "$2"$'\t'
while zpty -r terminal line; do
  line=${line%%$'\r'*}
  [[ $line == *'HIT '* ]] && print -r - ${line##*HIT }
  [[ $line == *END* ]] && break
done
rm -f $start
