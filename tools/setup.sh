# Sourced by ./demo and ./check: installs what the project needs on a Debian 12, and builds it. Quick when everything is there.
# shellcheck shell=sh

say() { printf '\n== %s\n' "$*"; }

as_root() {
  if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi
}

# Debian packages. Nothing is asked of apt when all are installed.
install_packages() {
  missing=
  for package in "$@"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing="$missing $package"
  done
  [ -n "$missing" ] || return 0
  say "installing:$missing"
  as_root apt-get update -q
  # shellcheck disable=SC2086  # a list of words
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $missing
}

# What it takes to build and to run: the compilers, the libraries, the virtual board.
build_packages='g++ make cmake ninja-build pkg-config libcli11-dev nlohmann-json3-dev libfmt-dev libflatbuffers-dev flatbuffers-compiler
  flatbuffers-compiler-dev libprotobuf-dev protobuf-compiler libzip-dev libmd-dev zlib1g-dev gcc-arm-none-eabi libnewlib-arm-none-eabi qemu-system-arm python3-venv python3-pip ca-certificates'
test_packages='libgtest-dev libgmock-dev clang ccache qemu-user'

# The reference framework, pinned, in build/venv.
make_venv() {
  requirements=python/requirements.txt
  if ! cmp -s "$requirements" build/venv/requirements.txt; then
    say 'making the Python environment of the reference framework (build/venv)'
    rm -rf build/venv
    mkdir -p build
    python3 -m venv build/venv
    build/venv/bin/pip install --quiet --disable-pip-version-check -r "$requirements"
    cp "$requirements" build/venv/requirements.txt
  fi
}

# configure_and_build PRESET [TARGET...]
configure_and_build() {
  preset=$1
  shift
  say "building ($preset)"
  mkdir -p build
  cmake --preset "$preset" >"build/$preset.configure.log" 2>&1 || {
    cat "build/$preset.configure.log"
    return 1
  }
  ninja -C "build/$preset" --quiet "$@"
}
