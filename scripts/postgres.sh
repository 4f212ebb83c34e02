# A PostgreSQL of one's own, sourced: start_postgres makes a private cluster in a temporary folder on a
# free loopback port and sets $postgres_url, and $postgres_socket_url for whoever wants no network in between;
# stop_postgres removes it. Nothing of the machine's own PostgreSQL is touched. `start_postgres durable` keeps fsync on, for measurements.
# shellcheck shell=bash

start_postgres() {
  local port try settings
  postgres_folder=$(mktemp -d "${TMPDIR:-/tmp}/huimin-postgres.XXXXXX")
  # PostgreSQL refuses to run as root.
  if [ "$(id -u)" = 0 ]; then chown postgres: "$postgres_folder"; fi
  settings="listen_addresses = '127.0.0.1'
unix_socket_directories = '$postgres_folder'
max_connections = 400
shared_buffers = 128MB
timezone = 'UTC'"
  if [ "${1:-}" != durable ]; then
    settings="$settings
fsync = off
synchronous_commit = off
full_page_writes = off"
  fi
  # The servers keep their streams: without a redirection the calling shell would wait for them.
  as_postgres initdb --pgdata "$postgres_folder/data" --username huimin --auth trust --encoding UTF8 --locale C.UTF-8 \
    --no-sync >"$postgres_folder.log" 2>&1 </dev/null || postgres_failed
  as_postgres tee -a "$postgres_folder/data/postgresql.conf" <<<"$settings" >/dev/null
  for try in 1 2 3; do
    port=$(free_port)
    if as_postgres pg_ctl --pgdata "$postgres_folder/data" --options "-p $port" --log "$postgres_folder/log" --wait start \
      >>"$postgres_folder.log" 2>&1 </dev/null; then
      postgres_url=postgres://huimin@127.0.0.1:$port/postgres
      postgres_socket_url=postgres://huimin@${postgres_folder//\//%2F}:$port/postgres
      return
    fi
    [ "$try" -lt 3 ] || postgres_failed
  done
}

stop_postgres() {
  [ -n "${postgres_folder:-}" ] || return 0
  as_postgres pg_ctl --pgdata "$postgres_folder/data" --mode immediate --wait stop >/dev/null 2>&1 </dev/null || true
  rm -rf "$postgres_folder" "$postgres_folder.log"
  postgres_folder=
}

# as_postgres PROGRAM ARGUMENT...: from the PATH or Debian's versioned folder, never as root.
as_postgres() {
  local program=$1 found
  shift
  found=$(compgen -G "/usr/lib/postgresql/*/bin/$program" | sort -V | tail -n 1) || true
  program=${found:-$program}
  if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$program" "$@"; else "$program" "$@"; fi
}

postgres_failed() {
  cat "$postgres_folder.log" "$postgres_folder/log" >&2 2>/dev/null || true
  stop_postgres
  die "The private PostgreSQL for the tests did not start; its words are above."
}
