# The parts of `make test`, sourced: runs each, counts what passed, and tells at the end where the time went. A run is
# compared with the last green one of its kind that the cache folder remembers; slower parts are told, and fail nothing.
# shellcheck shell=bash

passed=0
failed=0
logs=$(mktemp -d)
began=$SECONDS
aside=
slower=()

# part NAME COMMAND...: one part of the run, in the foreground.
part() {
  local name=$1 from=$SECONDS status
  shift
  "$@"
  status=$?
  printf '%s\t%s\n' "$name" $((SECONDS - from)) >>"$logs/times"
  return "$status"
}

# beside NAME COMMAND...: a part that runs while others do; what it says waits in a file until `meet` shows it.
beside() {
  local name=$1
  shift
  (
    passed=0 failed=0
    part "$name" "$@"
    echo "$passed $failed" >"$logs/beside.count"
  ) >"$logs/beside" 2>&1 &
  aside=$!
}

# Waits for the part that runs beside and takes over its words and counts; one that broke off is a failure.
meet() {
  local count=(0 1)
  wait "$aside"
  cat "$logs/beside"
  [ ! -s "$logs/beside.count" ] || read -ra count <"$logs/beside.count"
  passed=$((passed + count[0]))
  failed=$((failed + count[1]))
}

# check COMMAND...: counts as one test.
check() {
  "$@"
  verdict $? "$*"
}

# verdict STATUS WHAT: counts as one test what has been done already.
verdict() {
  if [ "$1" = 0 ]; then passed=$((passed + 1)); else
    failed=$((failed + 1))
    say "failed: $2"
    echo "$2" >>"$logs/failures"
  fi
}

# Says last what failed, where nobody has to look for it: names, and of a Rust test its own words.
failures() {
  [ -s "$logs/failures" ] || return 0
  echo
  echo "What failed:"
  sed 's/^/      /' "$logs/failures"
}

# count PASSED FAILED STATUS: a run that broke without a failed test is a failure, and so is one without any test.
count() {
  passed=$((passed + $1))
  failed=$((failed + $2))
  if [ "$2" = 0 ] && { [ "$3" != 0 ] || [ "$1" = 0 ]; }; then failed=$((failed + 1)); fi
}

# times KIND: the table, and what has grown by a fifth since the last green run of this kind.
times() {
  local kept=$cache/times-$1 name seconds before
  printf 'all\t%s\n' $((SECONDS - began)) >>"$logs/times"
  echo
  echo "Where the time went ($1 build), in seconds:"
  while IFS=$'\t' read -r name seconds; do
    before=$(sed -n "s/^$name\t//p" "$kept" 2>/dev/null)
    printf '%7d  %s%s\n' "$seconds" "$name" "${before:+ (before: $before)}"
    # A few seconds more are the machine's mood.
    if [ -n "$before" ] && [ $((seconds * 5)) -gt $((before * 6)) ] && [ $((seconds - before)) -gt 5 ]; then
      slower+=("$name")
    fi
  done <"$logs/times"
  [ ${#slower[@]} = 0 ] || say "grown by more than a fifth: $(printf '%s, ' "${slower[@]}" | sed 's/, $//')"
  if [ "$failed" = 0 ]; then mkdir -p "$cache" && cp "$logs/times" "$kept"; fi
}
