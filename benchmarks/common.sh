# What benchmarks/run and benchmarks/server have in common; they source it in the root of the project.

jar=benchmarks/target/benchmarks.jar

# release <home>: the feature release of a JDK
release() {
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
}

# Prints the home of JDK 17 and of the newest long-term JDK from 21 on.
jdks() {
  local home
  for home in "${JAVA_HOME:-}" /usr/lib/jvm/*; do
    [[ -x "$home/bin/javac" && -f "$home/release" ]] || continue
    echo "$(release "$home") $(realpath "$home")"
  done | sort -un | awk '$1 == 17 { oldest = $2 } $1 >= 21 && ($1 - 21) % 4 == 0 { newest = $2 }
    END { if (oldest) print oldest; if (newest) print newest }'
}

# choose <home>...: the JDKs to measure on go into "homes"
choose() {
  homes=("$@")
  if [[ ${#homes[@]} -eq 0 ]]; then mapfile -t homes < <(jdks); fi
  [[ ${#homes[@]} -gt 0 ]] || { echo "No JDK 17, 21, 25 … in JAVA_HOME or /usr/lib/jvm: name one as an argument." >&2; exit 1; }
  local home
  for home in "${homes[@]}"; do
    [[ -x "$home/bin/java" && -f "$home/release" ]] || { echo "$home is not the home of a JDK." >&2; exit 1; }
  done
}

# Describes the machine in one line.
machine() {
  echo "$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1), $(nproc) cores," \
    "$(awk '/MemTotal/ { printf "%.0f GiB", $2 / 1048576 }' /proc/meminfo), $(uname -sr)"
}

load() {
  cut -d ' ' -f 1 /proc/loadavg
}

# Says so if other things run on the machine.
expect_quiet() {
  if awk -v load="$(load)" 'BEGIN { exit !(load > 0.5) }'; then
    echo "=== The machine has other things to do (load $(load)): what is measured now is uncertain"
  fi
}

build() {
  echo "=== Building $jar"
  JAVA_HOME=${homes[0]} mvn -B -ntp -q -Pbenchmarks -pl benchmarks -am package -DskipTests
}

# page <results> <folder>: writes the page, and says which targets are missed
page() {
  "${homes[0]}/bin/java" -cp "$jar" dev.signet.benchmarks.report.Report "$1" "$2"
  if [[ $mode == smoke ]]; then
    echo "=== $2/performance.md, whose numbers mean nothing"
  else
    echo "=== $2/performance.md; missed targets:"
    grep -F '**missed**' "$2/performance.md" || echo "none"
  fi
}
