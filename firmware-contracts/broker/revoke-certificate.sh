#!/usr/bin/env bash
# Revokes certificates that make-certificates.sh made, and signs the list of all that are revoked, ca.crl, which the broker reads (crlfile). Without a name
# it signs the list anew: it is good for 365 days unless DAYS is set, and a broker with a list that is over lets nobody in.
#   revoke-certificate.sh FOLDER [NAME...]
# Tell the broker with SIGHUP; a connection that stands lives on until the broker is started again.
set -euo pipefail
umask 077
if (($# < 1)); then
  echo "usage: revoke-certificate.sh FOLDER [NAME...]" >&2
  exit 2
fi
folder=$1 days=${DAYS:-365}
shift
if [[ ! -e $folder/ca.key || ! -e $folder/ca.crt ]]; then
  echo "revoke-certificate.sh: $folder holds no ca.crt and ca.key. Name the folder of the authority." >&2
  exit 2
fi
cd "$folder"
for name in "$@"; do
  [[ -e $name.crt && $name != ca ]] || { echo "revoke-certificate.sh: $folder/$name.crt is no certificate of a broker, a server or a controller." >&2; exit 2; }
done

configuration=$'[ca]\ndefault_ca=own\n[own]\ndatabase=revoked.txt\ncrlnumber=revoked.number\ndefault_md=sha256\nunique_subject=no\n'
[[ -e revoked.txt ]] || : >revoked.txt
[[ -e revoked.number ]] || echo 01 >revoked.number

# ARGUMENT...: what openssl's small authority is to do.
authority() {
  openssl ca -config <(printf '%s' "$configuration") -cert ca.crt -keyfile ca.key "$@" 2>openssl.log || {
    echo "revoke-certificate.sh: $(grep -m 1 -i error openssl.log)" >&2
    exit 1
  }
  rm openssl.log
}

for name in "$@"; do
  serial=$(openssl x509 -in "$name.crt" -noout -serial)
  grep -q "	${serial#serial=}	" revoked.txt || authority -revoke "$name.crt"
done
authority -gencrl -crldays "$days" -out ca.crl.new
mv ca.crl.new ca.crl
