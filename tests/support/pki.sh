#!/bin/sh
# Make an invented demo CA and signing keys for tests and the demo:
#
#     pki.sh DIR
#
# root -> issuing -> signers. Nobody in these certificates exists. Times are
# fixed and wide, so that tests can set any clock between 2020 and 2049.
# DIR/ca.pem is what to trust, DIR/password.txt opens every .p12 but the one
# named utf8, and DIR/done is written last.
set -eu
umask 077

dir=${1:?usage: pki.sh DIR}
rm -rf "$dir"
mkdir -p "$dir/new"
cd "$dir"
log=log.txt
trap 'test -f done || cat log.txt >&2' EXIT

printf '%s' 'rahasia-uji' > password.txt
printf '%s' 'rahasia-üjï-密' > password-utf8.txt

cat > ca.cnf <<'END'
[ca]
default_ca = issuing
[issuing]
database = index.txt
new_certs_dir = new
serial = serial.txt
default_md = sha256
policy = any
unique_subject = no
string_mask = utf8only
[any]
countryName = optional
organizationName = optional
organizationalUnitName = optional
commonName = supplied
[req]
distinguished_name = dn
string_mask = utf8only
utf8 = yes
prompt = no
[dn]
CN = tidak dipakai
[root]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
[sub]
basicConstraints = critical,CA:TRUE,pathlen:0
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
certificatePolicies = 1.3.6.1.4.1.99999.1
[common]
basicConstraints = critical,CA:FALSE
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
certificatePolicies = 1.3.6.1.4.1.99999.1
subjectAltName = email:penanda@contoh.invalid
crlDistributionPoints = URI:http://pki.contoh.invalid/penerbit.crl
authorityInfoAccess = OCSP;URI:http://pki.contoh.invalid/ocsp,caIssuers;URI:http://pki.contoh.invalid/penerbit.crt
[signer]
keyUsage = critical,digitalSignature,nonRepudiation
extendedKeyUsage = emailProtection,1.3.6.1.5.5.7.3.36
[server]
keyUsage = critical,digitalSignature
extendedKeyUsage = serverAuth
[agreement]
keyUsage = critical,keyAgreement
extendedKeyUsage = emailProtection
END
# openssl ca takes one section: repeat what all signers share.
sed -n '/^\[common\]/,/^\[signer\]/{/^\[/!p}' ca.cnf > common.txt
for s in signer server agreement; do
    sed -i "/^\[$s\]/r common.txt" ca.cnf
done
: > index.txt
echo 1000 > serial.txt

rsa() { # NAME BITS
    openssl genpkey -quiet -algorithm RSA -pkeyopt "rsa_keygen_bits:$2" \
        -out "$1.key" 2>> $log ||
        openssl genpkey -algorithm RSA -pkeyopt "rsa_keygen_bits:$2" \
            -out "$1.key" 2>> $log
}

ec() { # NAME CURVE
    openssl genpkey -algorithm EC -pkeyopt "ec_paramgen_curve:$2" \
        -pkeyopt ec_param_enc:named_curve -out "$1.key" 2>> $log
}

# issue CERT KEY SECTION FROM TO NAME [CA] [DIGEST]
issue() {
    openssl req -new -config ca.cnf -utf8 -key "$2.key" \
        -subj "/C=ID/O=Dinas Contoh/CN=$6" -out "$1.csr" 2>> $log
    openssl ca -batch -notext -config ca.cnf -extensions "$3" \
        -startdate "$4" -enddate "$5" -md "${8:-sha256}" -preserveDN \
        -cert "${7:-issuing}.pem" -keyfile "${7:-issuing}.key" \
        -in "$1.csr" -out "$1.pem" 2>> $log
    rm "$1.csr"
}

# own CERT KEY SECTION NAME: signed with its own key
own() {
    openssl req -new -config ca.cnf -utf8 -key "$2.key" \
        -subj "/C=ID/O=CA Contoh/CN=$4" -out "$1.csr" 2>> $log
    openssl ca -batch -notext -selfsign -config ca.cnf -extensions "$3" \
        -startdate 20200101000000Z -enddate 20491231235959Z -preserveDN \
        -keyfile "$2.key" -in "$1.csr" -out "$1.pem" 2>> $log
    rm "$1.csr"
}

# pack FILE KEY CERT [OPTION...]
pack() {
    file=$1 key=$2 cert=$3
    shift 3
    openssl pkcs12 -export -inkey "$key.key" -in "$cert.pem" \
        -passout file:password.txt -out "$file.p12" "$@" 2>> $log
}

from=20200101000000Z
to=20491231235959Z
dra='Dra. Cendana Contoh, M.Si.'
sungkai='Sungkai Contoh, S.H.'

rsa root 2048
rsa issuing 2048
rsa rsa1024 1024
rsa rsa2048 2048
rsa rsa3072 3072
rsa rsa4096 4096
ec p256 P-256
ec p384 P-384
ec p521 P-521
ec otherca P-256

own root root root 'CA Induk Contoh'
issue issuing issuing sub $from $to 'CA Penerbit Contoh' root
own otherca otherca root 'CA Lain Contoh'
own selfsigned p256 signer 'Meranti Contoh'

for k in rsa2048 rsa4096 p256 p521 rsa1024; do
    issue $k $k signer $from $to "$dra"
done
for k in rsa3072 p384; do
    issue $k $k signer $from $to "$sungkai"
done
issue expired p256 signer $from 20211231235959Z "$dra"
issue early p256 signer 20450101000000Z $to "$dra"
issue wrongeku p256 server $from $to 'Jati Contoh'
issue wrongusage p256 agreement $from $to 'Jati Contoh'
issue sha1 rsa2048 signer $from $to 'Jati Contoh' issuing sha1
issue other p256 signer $from $to "$sungkai" otherca

for k in rsa1024 rsa2048 rsa3072 rsa4096 p256 p384 p521; do
    pack $k $k $k -certfile issuing.pem
done
for k in expired early wrongeku wrongusage; do
    pack $k p256 $k -certfile issuing.pem
done
pack sha1 rsa2048 sha1 -certfile issuing.pem
pack other p256 other -certfile otherca.pem
pack selfsigned p256 selfsigned -certfile selfsigned.pem
pack nochain p256 p256
cat issuing.pem root.pem rsa2048.pem p384.pem > more.pem
pack more rsa2048 rsa2048 -certfile more.pem
pack legacy rsa2048 rsa2048 -certfile issuing.pem -legacy \
    -keypbe PBE-SHA1-3DES -certpbe PBE-SHA1-RC2-40
pack mismatch p256 p256 -nocerts -certfile rsa2048.pem
pack nocert p256 p256 -nocerts
pack nokey p256 p256 -nokeys
openssl pkcs12 -export -inkey p256.key -in p256.pem -certfile issuing.pem \
    -passout file:password-utf8.txt -out utf8.p12 2>> $log

cat issuing.pem otherca.pem > stranger.pem
cp root.pem ca.pem
rm -rf new common.txt more.pem index.txt* serial.txt* ca.cnf
: > done
rm -f $log
