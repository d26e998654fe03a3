#!/bin/sh
# Make a signing key for one more invented person, under the demo CA:
#
#     person.sh PKI NAME FILE.p12
#
# P-256, opened by PKI/password.txt; valid as long as those of pki.sh.
set -eu
umask 077
pki=$1 name=$2 out=$3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cat > "$work/cnf" <<END
[ca]
default_ca = issuing
[issuing]
database = $work/index.txt
new_certs_dir = $work
default_md = sha256
policy = any
rand_serial = yes
string_mask = utf8only
[any]
countryName = optional
organizationName = optional
commonName = supplied
[req]
distinguished_name = dn
prompt = no
utf8 = yes
string_mask = utf8only
[dn]
C = ID
O = Dinas Contoh
CN = $name
[signer]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature,nonRepudiation
extendedKeyUsage = emailProtection,1.3.6.1.5.5.7.3.36
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
END
: > "$work/index.txt"
{
    openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes \
        -config "$work/cnf" -keyout "$work/key" -out "$work/csr"
    openssl ca -batch -notext -config "$work/cnf" -extensions signer \
        -startdate 20200101000000Z -enddate 20491231235959Z -preserveDN \
        -cert "$pki/issuing.pem" -keyfile "$pki/issuing.key" \
        -in "$work/csr" -out "$work/pem"
    openssl pkcs12 -export -inkey "$work/key" -in "$work/pem" \
        -certfile "$pki/issuing.pem" -passout "file:$pki/password.txt" \
        -out "$out"
} 2> "$work/log" || {
    cat "$work/log" >&2
    exit 1
}
