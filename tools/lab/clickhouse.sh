#!/usr/bin/env bash
# Starts two servers of ClickHouse on loopback, as the shards of a cluster 'two', for tests of the store:
#
#   tools/lab/clickhouse.sh start DIRECTORY HTTP1 TCP1 HTTP2 TCP2     returns once both answer
#   tools/lab/clickhouse.sh stop DIRECTORY                            stops them by process id
#
# DIRECTORY is made, and holds all that they write. Their users are 'default' without a password and 'auditor' with the
# password 'open sesame'. The database 'flows' is made. Needs clickhouse-server (Debian: apt-get install
# --no-install-recommends clickhouse-server).
set -euo pipefail

# write_config NUMBER HTTP TCP: the configuration of one server.
write_config() {
    local home=$directory/$1
    mkdir -p "$home/data" "$home/tmp" "$home/format_schemas" "$home/user_files"
    cat >"$home/users.xml" <<XML
<yandex>
  <profiles><default><max_memory_usage>1000000000</max_memory_usage></default></profiles>
  <users>
    <default>
      <password></password><networks><ip>127.0.0.1</ip></networks><profile>default</profile><quota>default</quota>
    </default>
    <auditor>
      <password>open sesame</password><networks><ip>127.0.0.1</ip></networks>
      <profile>default</profile><quota>default</quota>
    </auditor>
  </users>
  <quotas><default></default></quotas>
</yandex>
XML
    cat >"$home/config.xml" <<XML
<yandex>
  <logger><level>warning</level><log>$home/server.log</log><errorlog>$home/error.log</errorlog></logger>
  <listen_host>127.0.0.1</listen_host>
  <http_port>$2</http_port>
  <tcp_port>$3</tcp_port>
  <path>$home/data/</path>
  <tmp_path>$home/tmp/</tmp_path>
  <user_files_path>$home/user_files/</user_files_path>
  <format_schema_path>$home/format_schemas/</format_schema_path>
  <users_config>$home/users.xml</users_config>
  <default_profile>default</default_profile>
  <default_database>default</default_database>
  <mark_cache_size>67108864</mark_cache_size>
  <remote_servers>
    <two>
      <shard><replica><host>127.0.0.1</host><port>$tcp1</port></replica></shard>
      <shard><replica><host>127.0.0.1</host><port>$tcp2</port></replica></shard>
    </two>
  </remote_servers>
</yandex>
XML
}

# start_server NUMBER HTTP: starts it and waits until it answers.
start_server() {
    local home=$directory/$1 waited=0
    clickhouse-server --config-file "$home/config.xml" >"$home/out.log" 2>&1 </dev/null &
    echo $! >"$home/pid"
    until curl -s -o /dev/null --max-time 2 "http://127.0.0.1:$2/ping"; do
        waited=$((waited + 1))
        if [ "$waited" -gt 150 ] || ! kill -0 "$(cat "$home/pid")" 2>/dev/null; then
            printf 'clickhouse: server %s does not answer: %s\n' "$1" "$(tail -n 3 "$home/out.log")" >&2
            stop_servers
            exit 1
        fi
        sleep 0.1
    done
    curl -sf --max-time 10 "http://127.0.0.1:$2/" --data-binary 'CREATE DATABASE IF NOT EXISTS flows'
}

stop_servers() {
    for file in "$directory"/*/pid; do
        if [ -f "$file" ]; then kill -9 "$(cat "$file")" 2>/dev/null || true; fi
    done
}

directory=$2
case $1 in
    start)
        http1=$3 tcp1=$4 http2=$5 tcp2=$6
        write_config 1 "$http1" "$tcp1"
        write_config 2 "$http2" "$tcp2"
        start_server 1 "$http1"
        start_server 2 "$http2"
        ;;
    stop) stop_servers ;;
    *) printf 'clickhouse: %s: use start or stop\n' "$1" >&2; exit 2 ;;
esac
