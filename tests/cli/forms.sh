# Forms and reports, each blank, half-filled and filled from its samples, in
# the hands of other programs; and a form has its places to write on where
# the blank has them.
. "$NK_ROOT/tests/support/cli.sh"
. "$NK_ROOT/tests/support/pdf.sh"
templates=$NK_ROOT/templates/documents

# Words that may be broken over lines anywhere.
pdf_says() {
    pdftotext "$1" - | tr -s '[:space:]' ' ' > running
    grep -qF -- "$2" running
}

# Frames and lines of the body of every page: the bottom margin is 25 mm.
places() {
    awk '/^pages/ { split($6, h, " "); bottom = h[1] - 70000 }
        /^page / { print }
        /^  (frame|fill) / { split($2, at, ","); if (at[2] < bottom) print $1, $2, $3 }' "$1"
}

same_places() {
    places "$1" > blank.places
    places "$2" > filled.places
    [ "$(wc -l < blank.places)" -gt 10 ] && diff blank.places filled.places
}

office_of() {
    sed -n 's/^<case .*office="\([^"]*\)".*/\1/p' "$1"
}

# TEMPLATE SENTENCE OF EVERY ONE, SENTENCE OF THE FIRST SAMPLE
paper() {
    for office in manggarai-barat barito-utara; do
        exits 0 "$1 blank, $office" naskah doc blank "$1" --office $office -o p.pdf
        pdf_is_sound p.pdf
        check "$1 blank, $office: says it" pdf_says p.pdf "$2"
    done
    for sample in "$templates/$1"/sample*.xml; do
        name="$1 $(basename "$sample")"
        exits 0 "$name half" naskah doc fill "$1" --half --case "$sample" -o p.pdf
        pdf_is_sound p.pdf
        exits 0 "$name" naskah doc fill "$1" --case "$sample" -o p.pdf
        pdf_is_sound p.pdf
        check "$name: says it" pdf_says p.pdf "$2"
    done
    naskah -q doc fill "$1" --case "$templates/$1/sample.xml" -o p.pdf 2> err
    check "$1: says what is known" pdf_says p.pdf "$3"
}

# The same, and its first and third sample stand in the places of the blank.
form() {
    paper "$@"
    for sample in "$templates/$1/sample.xml" "$templates/$1/sample-3.xml"; do
        naskah doc blank "$1" --office "$(office_of "$sample")" --dump pages \
            > blank.pages 2> err
        naskah doc fill "$1" --case "$sample" --dump pages \
            > filled.pages 2> err
        check "$1 $(basename "$sample"): places of the blank" \
            same_places blank.pages filled.pages
    done
}

form informed-consent 'Anda tetap kami tolong, tanpa biaya.' \
    'Kenanga ingin ditemani ibunya setiap kali bercerita'
form persetujuan-berbagi-informasi 'Lembar ini untuk satu lembaga saja.' \
    'Alamat rumah dan tempat kerja; cerita lengkap tentang peristiwa.'
form lembar-asesmen 'Kekuatan dan sumber daya klien' \
    'Mampu mencari pertolongan, mempunyai keterampilan menjahit'
form formulir-identifikasi 'Keadaan korban saat diterima' \
    'Menjelaskan layanan dan meminta persetujuan'
form lembar-krisis 'Dibawa ke mana lebih dahulu' \
    'Pertolongan gawat darurat dan pengamanan selama di rumah sakit.'
form formulir-skrining-tppo 'Kriteria sosial (salah satu sudah cukup)' \
    'Klien ingin pulang dan bersedia didampingi melapor.'
form lembar-pengaduan-tidak-langsung 'Isi laporan menurut pelapor' \
    'keponakannya sering dipukul di rumah'
form surat-rujukan-masuk 'TANDA TERIMA RUJUKAN' \
    'Polres Contoh, Unit Pelayanan Perempuan dan Anak'
form laporan-pemantauan 'Seluruh pemantauan' 'Pertemuan ketiga selesai'
form lembar-informasi-layanan 'Anda tidak sendiri. Kami membantu Anda, tanpa biaya.' \
    'Sonokeling Contoh, S.Tr.Sos.'

# Rows of the account are as high as what was told.
paper kronologi-kejadian 'Ringkasan tanpa rincian' \
    'Malam itu juga'
paper surat-pernyataan 'Yang bertanda tangan di bawah ini:' \
    'kelengkapan permohonan pendampingan'
paper laporan-hasil-klarifikasi 'IV. USUL TINDAK LANJUT' \
    'merujuk korban ke LBH Contoh dan Layanan Psikologi Contoh;'
paper laporan-sosial 'VIII. REKOMENDASI' 'PKS-99-000-CONTOH'
paper laporan-akhir-penanganan-kasus 'LEMBAR IDENTITAS' \
    'Pendampingan pada pemeriksaan pertama'

# Who the client is stands on the first sheet of the final report alone.
naskah -q doc fill laporan-akhir-penanganan-kasus -o p.pdf 2> err \
    --case "$templates/laporan-akhir-penanganan-kasus/sample.xml"
pdftotext -l 1 p.pdf first
pdftotext -f 2 p.pdf rest
check 'the first sheet names the client' grep -q 'Melati Contoh' first
check 'no other sheet does' sh -c '! grep "Melati\|9901" rest'

# No signature alone: its chapter begins on the same page.
for report in laporan-hasil-klarifikasi laporan-sosial \
    laporan-akhir-penanganan-kasus; do
    for sample in "$templates/$report"/sample*.xml; do
        naskah -q doc fill $report --case "$sample" -o p.pdf 2> err
        pages=$(pdfinfo p.pdf | sed -n 's/^Pages: *//p')
        pdftotext -layout -f "$pages" p.pdf - | sed '/Mengetahui,/q' > last
        check "$report $(basename "$sample"): no signature alone" \
            grep -q '^ *[IVX]*\. [A-Z]' last
    done
done

# What a consent is about may be still to come when its form is begun.
exits 0 'a form begun before there is a consent' naskah doc fill \
    persetujuan-berbagi-informasi --half -o p.pdf \
    --case "$templates/lembar-krisis/sample.xml"
check 'with the name in it' pdf_says p.pdf 'Melati Contoh'
exits 22 'filled it cannot be' naskah doc fill persetujuan-berbagi-informasi \
    -o p.pdf --case "$templates/lembar-krisis/sample.xml"
done_testing
