#!/usr/bin/env bash
# Makes keys and certificates for tests and first trials: an authority, the broker's, the server's, one for each controller. What exists is kept, so that
# controllers can be added later. A city keeps the authority's key off these machines, or uses an authority that it already has.
#   make-certificates.sh FOLDER HOST[,HOST...] [CONTROLLER...]
# HOST is what clients call the broker; CONTROLLER is an intersection as in the topics. DAYS is how long they are good, 365 unless set.
set -euo pipefail
umask 077
if (($# < 2)); then
  echo "usage: make-certificates.sh FOLDER HOST[,HOST...] [CONTROLLER...]" >&2
  exit 2
fi
folder=$1 hosts=$2 days=${DAYS:-365} scripts=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")
shift 2
mkdir -p "$folder"
cd "$folder"

# NAME SUBJECT EXTENSION...: a key and a certificate, signed by the authority unless it is the authority's own.
make() {
  local name=$1 subject=$2 by=(-CA ca.crt -CAkey ca.key) extensions=()
  shift 2
  [[ ! -e $name.crt ]] || return 0
  [[ $name != ca ]] || by=()
  for extension in "$@"; do extensions+=(-addext "$extension"); done
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days "$days" -subj "/CN=$subject" "${by[@]}" "${extensions[@]}" \
    -config <(printf '[req]\ndistinguished_name=name\n[name]\n') -keyout "./$name.key" -out "./$name.crt.new" 2>openssl.log || {
    echo "make-certificates.sh: $name: $(grep -m 1 error openssl.log). Delete $folder/$name.key and try again." >&2
    exit 1
  }
  mv -- "$name.crt.new" "$name.crt"
  rm openssl.log
}

address() { if [[ $1 =~ ^[0-9.]+$|: ]]; then echo "IP:$1"; else echo "DNS:$1"; fi; }

names=()
IFS=, read -ra all <<<"$hosts"
for host in "${all[@]}"; do names+=("$(address "$host")"); done
leaf=basicConstraints=critical,CA:FALSE

for controller in "$@"; do
  if [[ ! $controller =~ ^[A-Za-z0-9_.%-]{1,64}$ || $controller =~ ^(ca|broker|server)$ ]]; then
    echo "make-certificates.sh: '$controller' is no name for a controller: its intersection as in the topics, at most 64 characters, not ca, broker or server." >&2
    exit 2
  fi
done
make ca "TrafficAI test authority" basicConstraints=critical,CA:TRUE,pathlen:0 keyUsage=critical,keyCertSign,cRLSign subjectKeyIdentifier=hash
make broker "${all[0]}" $leaf extendedKeyUsage=serverAuth "subjectAltName=$(IFS=,; echo "${names[*]}")"
make server server $leaf extendedKeyUsage=clientAuth
for controller in "$@"; do make "$controller" "$controller" $leaf extendedKeyUsage=clientAuth; done
# The broker wants the list of what is revoked from the first day: nothing yet.
[[ -e ca.crl ]] || DAYS=$days "$scripts/revoke-certificate.sh" .
