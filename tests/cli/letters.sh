# The letters: each blank, half-filled and filled from its samples, in the
# hands of other programs; and what a recipient may not see is nowhere in the
# bytes of what it gets.
. "$NK_ROOT/tests/support/cli.sh"
. "$NK_ROOT/tests/support/pdf.sh"
papers=$root/templates/documents

# Kinds of spaces and line ends do not matter.
has() { sed 's/\xC2\xA0/ /g' words | tr -s ' \n' '  ' | grep -qF -- "$1"; }

# ---- Every letter in every way --------------------------------------------

while IFS='|' read -r paper office sentence; do
    exits 0 "blank: $paper" naskah -q doc blank "$paper" --office "$office" -o blank.pdf
    silent
    pdf_is_sound blank.pdf
    check 'nothing is filled in' sh -c '! grep -q KASUS words'
    for sample in sample sample-2 sample-3; do
        record=$papers/$paper/$sample.xml
        exits 0 "$sample: $paper" naskah -q doc fill "$paper" --case "$record" -o filled.pdf
        pdf_is_sound filled.pdf
        check "of the case" grep -q 'KASUS-2026-[0-9]' words
        [ $sample = sample ] || continue
        check "says: $sentence" has "$sentence"
        exits 0 "HTML: $paper" naskah -q doc text "$paper" --html --case "$record" -o words
        check 'says it too' has "$sentence"
    done
    exits 0 "half: $paper" naskah -q doc fill "$paper" --half --case "$record" -o half.pdf
    pdf_is_sound half.pdf
    check 'of the case' grep -q 'KASUS-2026-[0-9]' words
done << END
surat-rujukan-psikologi|mojokerto|memberikan surat keterangan psikolog apabila diperlukan dalam proses hukum;
surat-rujukan-hukum|barito-utara|mendampingi klien selama pemeriksaan dan persidangan;
surat-rujukan-sosial|sekadau|melakukan asesmen kebutuhan pengasuhan;
surat-rujukan-ekonomi|manggarai-barat|merujuk seorang klien dampingan P2TP2A Kota Mojokerto
surat-rujukan-kepolisian|tanjungpinang|menerima laporan klien di ruang pelayanan khusus;
surat-rujukan-shelter|barito-utara|14 (empat belas) hari
surat-rujukan-pemulangan|mojokerto|Penyerahan klien kepada Saudara dituangkan dalam berita acara serah terima klien.
surat-rekomendasi-rsud|barito-utara|untuk memperoleh pelayanan pada RSUD Contoh
surat-rekomendasi-jamkesda|tanjungpinang|berasal dari keluarga yang tidak mampu
surat-rekomendasi-baznas|barito-utara|Rp1.850.000,00 (satu juta delapan ratus lima puluh ribu rupiah)
laporan-tpks-kepolisian|mojokerto|25 November 2026 pukul 10.30 WIB (3 x 24 jam)
lembar-balik-rujukan|barito-utara|Kontrol tanggal 1 Desember 2026
berita-acara-serah-terima-klien|sekadau|Pada hari ini, Senin, tanggal dua puluh tiga bulan November tahun dua ribu dua puluh enam
surat-tugas-pendamping|barito-utara|bagi klien dengan nomor register KASUS-2026-
pemberitahuan-tindak-lanjut|manggarai-barat|Layanan kami tidak dipungut biaya
lembar-identitas-tertutup|barito-utara|RAHASIA – DALAM AMPLOP TERTUTUP
END

# The blank of a letter has no place for what its recipient never sees.
for paper in surat-rujukan-psikologi surat-rujukan-ekonomi; do
    naskah -q doc blank $paper --office sekadau -o blank.pdf
    pdftotext -layout blank.pdf $paper.txt
done
check 'a place for her condition' grep -q Keadaan surat-rujukan-psikologi.txt
check 'no place for her condition' sh -c '! grep -q Keadaan surat-rujukan-ekonomi.txt'

# ---- What the recipient may not see ---------------------------------------

record() { # ITEMS: a case in which every word says what it is
    cat << END
<case xmlns="urn:naskah:case:1" number="KASUS-2026-8001" office="tanjungpinang" opened="2026-11-17T08:30:00+07:00">
  <kind>kdrt</kind>
  <source>datang-langsung</source>
  <officer>Sonokeling Contoh</officer>
  <status>dirujuk</status>
  <victim>
    <name>Zanama Contoh</name>
    <nik>9901015204980011</nik>
    <birth-date>1998-04-12</birth-date>
    <sex>P</sex>
    <address>Jalan Zalamat</address>
    <regency>Kabupaten Contoh</regency>
    <phone>081200000081</phone>
  </victim>
  <reporter><name>Zapelapor Contoh</name></reporter>
  <accused><name>Zaterlapor Contoh</name></accused>
  <incident>
    <date>2026-11-15</date>
    <precision>pasti</precision>
    <place-kind>sekolah</place-kind>
    <form>seksual</form>
    <domestic>non-kdrt</domestic>
    <injury>Zaluka</injury>
    <summary>Zaperistiwa.</summary>
  </incident>
  <chronology><told>2026-11-17</told><by>korban</by><p>Zakronologi.</p></chronology>
END
    n=0
    for pair in psychologist=psikolog legal-aid=lbh social-service=dinsos \
        economic-aid=baznas police=polres shelter=rumah-singgah \
        home-region=dinsos-asal health-service=rsud health-insurance=dinkes; do
        n=$((n + 1))
        echo "<consent id=\"s-$n\" with=\"${pair#*=}-contoh\"><service>${pair%=*}</service>"
        for item in $1; do echo "<item>$item</item>"; done
        echo '<means>surat-tertutup</means><given>2026-11-18</given><given-by>korban</given-by><until>2027-05-18</until></consent>'
    done
    for pair in psychologist=psikolog legal-aid=lbh social-service=dinsos \
        economic-aid=baznas police=polres shelter=rumah-singgah home-region=dinsos-asal; do
        cat << END
  <referral id="${pair%=*}" to="${pair%=*}" institution="${pair#*=}-contoh">
    <service>layanan</service>
    <purpose>Klien memerlukan layanan.</purpose>
    <situation>Zakeadaan.</situation>
    <request>memberikan layanan.</request>
    <officer>Sonokeling Contoh</officer>
    <officer-phone>081200000099</officer-phone>
    <chronology>$2</chronology>
  </referral>
END
    done
    for pair in health-service=rsud health-insurance=dinkes economic-aid=baznas; do
        cat << END
  <recommendation id="${pair%=*}" to="${pair%=*}" institution="${pair#*=}-contoh">
    <basis>Permohonan klien.</basis>
    <purpose>Keperluan klien</purpose>
    <service>Zakeadaan</service>
    <family><name>Zanama Contoh</name><relation>kepala keluarga</relation></family>
    <aid><amount>500000</amount></aid>
    <officer>Sonokeling Contoh</officer>
    <officer-phone>081200000099</officer-phone>
  </recommendation>
END
    done
    cat << END
  <police-report id="lapor" institution="polres-contoh">
    <reported>2026-11-22T10:30:00+07:00</reported>
    <officer>Sonokeling Contoh</officer>
    <officer-phone>081200000099</officer-phone>
  </police-report>
  <handover id="serah" to="shelter" institution="rumah-singgah-contoh">
    <at>2026-11-23T15:10:00+07:00</at>
    <place>Zakeadaan</place>
    <from>Sonokeling Contoh</from>
    <from-title>Pekerja Sosial</from-title>
    <taker>Sagu Contoh</taker>
    <taker-title>Koordinator</taker-title>
    <condition>Zakeadaan</condition>
  </handover>
  <assignment id="tugas">
    <basis>Permohonan klien.</basis>
    <person><name>Sonokeling Contoh</name><post>Pekerja Sosial</post></person>
    <task>mendampingi pemeriksaan;</task>
    <from>2026-11-24</from>
    <until>2026-11-24</until>
  </assignment>
  <notice id="beritahu">
    <action>pendampingan.</action>
    <officer>Sonokeling Contoh</officer>
    <officer-phone>081200000099</officer-phone>
    <delivery>diambil</delivery>
  </notice>
  <identity-sheet id="lembar" to="police" institution="polres-contoh">
    <letter>1/2026</letter>
    <item>nama</item>
    <item>alamat</item>
    <officer>Sonokeling Contoh</officer>
  </identity-sheet>
</case>
END
}

# Every byte there is: the page as read, the file unpacked, and that again as
# UTF-16 and as hexadecimal would have it.
is_in() { # MARK FILE
    hex=$(printf %s "$1" | od -An -tx1 | tr -d ' \n')
    qpdf --qdf --object-streams=disable "$2" unpacked.pdf &&
        { pdftotext "$2" - | grep -qi "$1" ||
            tr -d '\000' < unpacked.pdf | grep -qai "$1" ||
            tr -d '\n' < unpacked.pdf | grep -qai "$hex"; }
}

marks='Zanama Zalamat Zakeadaan Zaperistiwa Zaluka Zakronologi Zaterlapor Zapelapor'

sees() { # WHAT PAPER RECORD MARKS: these marks, and no other
    exits 0 "$1: $2" naskah -q doc fill "$2" --case "$3" --date 2026-11-23 -o marked.pdf
    naskah -q doc text "$2" --html --case "$3" --date 2026-11-23 -o marked.html
    for mark in $marks; do
        case " $4 " in
        *" $mark "*) check "$2 has $mark" is_in "$mark" marked.pdf ;;
        *)
            is_in "$mark" marked.pdf
            check "$2 has no $mark" test $? = 1
            check 'nor its HTML' sh -c "[ -s marked.html ] && ! grep -qi $mark marked.html"
            ;;
        esac
    done
}

record 'identity contact condition facts chronology assessment violence' yes > all.xml
while IFS='|' read -r paper may; do
    sees 'all consents' "$paper" all.xml "$may"
done << END
surat-rujukan-psikologi|Zanama Zakeadaan Zakronologi
surat-rujukan-hukum|Zanama Zakeadaan Zaperistiwa Zakronologi
surat-rujukan-sosial|Zanama Zakeadaan
surat-rujukan-ekonomi|Zanama
surat-rujukan-kepolisian|Zanama Zakeadaan Zaperistiwa Zakronologi
surat-rujukan-shelter|Zanama Zakeadaan
surat-rujukan-pemulangan|Zanama Zakeadaan
surat-rekomendasi-rsud|Zanama Zalamat Zakeadaan
surat-rekomendasi-jamkesda|Zanama
surat-rekomendasi-baznas|Zanama
laporan-tpks-kepolisian|Zanama Zalamat Zaperistiwa Zaluka Zaterlapor
lembar-balik-rujukan|
berita-acara-serah-terima-klien|Zanama Zakeadaan
surat-tugas-pendamping|
pemberitahuan-tindak-lanjut|Zanama
lembar-identitas-tertutup|Zanama Zalamat
END

# A consent that covers next to nothing.
record violence no > little.xml
while IFS='|' read -r paper may; do
    sees 'little consent' "$paper" little.xml "$may"
done << END
surat-rujukan-psikologi|Zakeadaan
surat-rujukan-hukum|
surat-rujukan-sosial|Zakeadaan
surat-rujukan-ekonomi|
surat-rujukan-kepolisian|Zakeadaan Zaperistiwa
surat-rujukan-shelter|Zakeadaan
surat-rujukan-pemulangan|
laporan-tpks-kepolisian|Zanama Zalamat Zaperistiwa Zaluka Zaterlapor
berita-acara-serah-terima-klien|Zakeadaan
END

# ---- What is refused --------------------------------------------------------

refused() { # WHAT PAPER RECORD
    exits 20 "$1: $2" naskah doc fill "$2" --case "$3" --date 2026-11-23 -o refused.pdf
    hears 'Tidak ada persetujuan klien untuk'
    check 'no file' test ! -e refused.pdf
}

for paper in surat-rekomendasi-rsud surat-rekomendasi-jamkesda \
    surat-rekomendasi-baznas lembar-identitas-tertutup; do
    refused 'no consent to the name' $paper little.xml
done
record identity yes > story.xml
for paper in surat-rujukan-psikologi surat-rujukan-hukum surat-rujukan-kepolisian; do
    refused 'no consent to the account' $paper story.xml
done
sed 's:<given>2026-11-18:<given>2026-11-24:' all.xml > later.xml
sed 's:2027-05-18</until>:&<withdrawn>2026-11-20</withdrawn>:' all.xml > withdrawn.xml
sed 's:2027-05-18:2026-11-22:' all.xml > expired.xml
for record in later withdrawn expired; do
    for paper in surat-rujukan-psikologi surat-rujukan-hukum surat-rujukan-sosial \
        surat-rujukan-ekonomi surat-rujukan-kepolisian surat-rujukan-shelter \
        surat-rujukan-pemulangan; do
        refused $record $paper $record.xml
    done
done
done_testing
