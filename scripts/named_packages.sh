# To be sourced: decides NamedPackages once for a checkout, by which of the packages restore, and exports it, so that every build below takes it: names joined
# by '+', or false for none. Whoever sets it in the environment decides otherwise. Asked again when the pinned versions change, or when artifacts/named-packages
# is deleted.

# decide_named_packages ROOT NAME: NAME says who asks.
decide_named_packages() {
  local answer=$1/artifacts/named-packages
  if [[ -z ${NamedPackages:-} ]]; then
    if is_unanswered "$1" "$answer"; then ask_named_packages "$1" "$answer" "$2"; fi
    NamedPackages=$(<"$answer")
  fi
  export NamedPackages
}

is_unanswered() { [[ ! -e $2 || $1/Directory.Packages.props -nt $2 ]]; }

ask_named_packages() {
  mkdir -p "$1/artifacts"
  exec 8>"$1/artifacts/build.lock"
  flock 8
  if is_unanswered "$1" "$2"; then # nobody else has asked while we waited
    local adapter name found='' missing=''
    : >"$2.log"
    for adapter in "$1"/src/adapters/TrafficAI.*; do
      name=${adapter##*.}
      if dotnet restore "$adapter" -p:NamedPackages="$name" -v q --nologo 8>&- </dev/null >>"$2.log" 2>&1; then found+=+$name; else missing+=+$name; fi
    done
    echo "$3: named packages that restore here and are built in: ${found:-none}; that do not: ${missing:-none} (artifacts/named-packages.log)" | sed 's/ +/ /g' >&2
    echo "${found:-false}" | sed 's/^+//' >"$2"
  fi
  exec 8>&-
}
