# Who includes whom in src; see the script `layers`. The first file is the
# table floors.txt, the others are C files below src.

function fault(text)
{
    print FILENAME ":" FNR ": " text
    bad = 1
}

# A list of shell patterns or awk patterns as one awk pattern for whole
# names ("name") or for how they begin ("head").
function pattern(list, how)
{
    if (list == "-")
        return ""
    if (how == "name") {
        gsub(/[.]/, "[.]", list)
        gsub(/[*]/, ".*", list)
    }
    gsub(/,/, "|", list)
    return "^(" list ")" (how == "name" ? "$" : "")
}

function read_room(    i, n, list)
{
    if (NF != 6) {
        fault("a room has a name, floor, rooms, headers and names")
        return
    }
    floor[$2] = $3
    headers[$2] = pattern($5, "name")
    if ($6 != "-")
        foreign = (foreign == "" ? "" : foreign "|") \
            pattern($6, "head")
    if ($4 == "*") {
        every[$2] = 1
        return
    }
    n = $4 == "-" ? 0 : split($4, list, ",")
    for (i = 1; i <= n; i++) {
        below[$2, list[i]] = 1
        if (!(list[i] in floor) || floor[list[i]] >= $3)
            fault("room " $2 " may only include rooms of lower floors, " \
                "given before it: " list[i])
    }
}

NR == FNR {
    if ($1 == "room")
        read_room()
    else if ($1 == "system")
        for (i = 2; i <= NF; i++)
            system_header[$i] = 1
    else if ($0 !~ /^(#.*)?$/)
        fault("neither a room nor system headers")
    next
}

function begin_file(    part, n)
{
    lex_begin()
    n = split(substr(FILENAME, index(FILENAME, "src/") + 4), part, "/")
    name = part[n]
    room = n > 1 ? part[1] : "naskah"
    if (n > 2 || !(room in floor) || (n == 1 && name != "naskah.h"))
        fault("no room of floors.txt")
    is_door = name ~ /[.]h$/ && name !~ /_int[.]h$/
    if (name ~ /_int[.]h$/ && name != room "_int.h")
        fault("what only this room shares is in " room "_int.h")
}

# "of_room/file": a door below, or anything of the own room.
function check_ours(path,    part, n)
{
    n = split(path, part, "/")
    if (n == 1 && path != "naskah.h") {
        if (headers[room] == "" || path !~ headers[room])
            fault("an include is written from src: \"" path "\"")
        return
    }
    to = n == 1 ? "naskah" : part[1]
    if (n > 2 || !(to in floor))
        fault("no such room: \"" path "\"")
    else if (part[n] !~ /[.](h|def)$/)
        fault("only headers are included: \"" path "\"")
    else if (to == room)
        check_own(part[n])
    else if (!((room, to) in below) &&
             !(room in every && floor[to] < floor[room]))
        fault(room " may not include " to)
    else if (part[n] ~ /_int[.]h$/)
        fault("the inside of another room: \"" path "\"")
}

function check_own(file)
{
    if (is_door && file ~ /_int[.]h$/)
        fault("a door does not include the inside of its room")
}

function check_system(path)
{
    if (path in system_header)
        return
    if (headers[room] == "" || path !~ headers[room])
        fault("<" path "> is not for the room " room)
    else if (is_door)
        fault("a door does not include <" path ">")
}

function check_include(line,    path)
{
    path = line
    if (sub(/^[ \t]*#[ \t]*include[ \t]*"/, "", path)) {
        sub(/".*/, "", path)
        check_ours(path)
    } else if (sub(/^[ \t]*#[ \t]*include[ \t]*</, "", path)) {
        sub(/>.*/, "", path)
        check_system(path)
    } else {
        fault("an include names its file")
    }
}

function check_names(text,    word)
{
    while (match(text, /[A-Za-z_][A-Za-z0-9_]*/)) {
        word = substr(text, RSTART, RLENGTH)
        text = substr(text, RSTART + RLENGTH)
        if (foreign != "" && word ~ foreign)
            fault("a door shows " word " of a library")
    }
}

FNR == 1 {
    begin_file()
}

{
    text = code($0)
    if (text ~ /^[ \t]*#[ \t]*include/)
        check_include($0)
    else if (is_door)
        check_names(text)
}

END {
    exit bad
}
