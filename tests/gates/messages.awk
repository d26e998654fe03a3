# The message table and its use; see the script `messages`. The files:
# allow.txt where there is one, msg.def, then C files of src.

BEGIN {
    split("0 1 2 3 10 11 12 20 21 22 23 24 25 26 130", list, " ")
    for (i in list)
        is_exit[list[i]] = 1
    # No blame and no jargon: say what is wrong and what to do.
    blame = "(^|[^a-z])(error|invalid|galat|tidak valid|ilegal|illegal)"
    # What only sentences to people say, in lower case between spaces.
    said = " (tidak|bukan|belum|sudah|wajib|harus|dapat|cannot|must|" \
        "should|please|does not|do not|could not|failed to) "
}

function fault(where, text)
{
    print where ": " text
    bad = 1
}

# Has allow.txt an exception for this message or file?
function is_allowed(what)
{
    if (!(what in allow_where))
        return 0
    allow_used[what] = 1
    return 1
}

# A string as C reads it, as far as texts need that.
function plain(text)
{
    gsub(/\\n/, "\n", text)
    gsub(/\\"/, "\"", text)
    return text
}

# The numbers of the {n} in a text, in order: "013".
function placeholders(text,    seen, i, found)
{
    while (match(text, /[{][0-9]+[}]/)) {
        seen[substr(text, RSTART + 1, RLENGTH - 2) + 0] = 1
        text = substr(text, RSTART + RLENGTH)
    }
    found = ""
    for (i = 0; i < 100; i++)
        if (i in seen)
            found = found " " i
    return found
}

function check_text(where, name, text,    line, n, i, found)
{
    n = split(plain(text), line, "\n")
    for (i = 1; i <= n; i++) {
        gsub(/[\200-\277]/, "", line[i])
        if (length(line[i]) > 120)
            fault(where, name " has a line of " length(line[i]) \
                " characters, more than 120")
    }
    if (match(tolower(text), blame) && !is_allowed(name))
        fault(where, name " says \"" substr(text, RSTART, RLENGTH) "\"")
    found = placeholders(text)
    if (found ~ /([4-9]|[1-9][0-9])$/)
        fault(where, name " has more than {0} to {3}")
}

function check_pair(where, name, id, en)
{
    check_text(where, name, id)
    check_text(where, name, en)
    if ((id == "") != (en == ""))
        fault(where, name " lacks one of two languages")
    else if (placeholders(id) != placeholders(en))
        fault(where, name " has" placeholders(id) " in Indonesian, but" \
            placeholders(en) " in English")
}

# One row: value[1 .. n] of the macro `kind`.
function check_row(where, kind, n)
{
    if (n != (kind == "MSG" ? 7 : 3)) {
        fault(where, kind " with " n " values")
        return
    }
    id_of[++rows] = (kind == "MSG" ? "NK_M_" : "NK_T_") value[1]
    row_of[rows] = where
    if (id_of[rows] in is_row)
        fault(where, value[1] " is there twice")
    is_row[id_of[rows]] = 1
    if (kind == "TEXT") {
        check_pair(where, value[1], value[2], value[3])
        if (value[2] == "")
            fault(where, value[1] " says nothing")
        return
    }
    if (value[2] !~ /^[1-9][0-9][0-9][0-9]$/)
        fault(where, value[1] " has no code of four digits: " value[2])
    if (value[2] in row_of_code)
        fault(where, "code " value[2] " is that of " row_of_code[value[2]])
    row_of_code[value[2]] = value[1]
    if (!(value[3] in is_exit))
        fault(where, value[1] " has an unknown exit status: " value[3])
    check_pair(where, value[1], value[4], value[5])
    check_pair(where, value[1], value[6], value[7])
    if (value[4] == "")
        fault(where, value[1] " says nothing")
}

# msg.def: rows MACRO(VALUE, ...), strings side by side are one.
function read_table(text,    token, s)
{
    while (match(text, /""|[A-Za-z_0-9]+|[(),]/)) {
        token = substr(text, RSTART, RLENGTH)
        text = substr(text, RSTART + RLENGTH)
        if (token == "(") {
            values = 1
            value[1] = ""
        } else if (token == ",") {
            value[++values] = ""
        } else if (token == ")") {
            check_row(row_where, row_kind, values)
            values = 0
        } else if (token == "\"\"") {
            value[values] = value[values] lex_string[++s]
        } else if (values) {
            value[values] = value[values] token
        } else {
            row_kind = token
            row_where = FILENAME ":" FNR
            if (token != "MSG" && token != "TEXT")
                fault(row_where, "neither MSG nor TEXT: " token)
        }
    }
}

# Ids in code. NK_M_FOO_##x uses every id that begins so.
function read_uses(text,    id)
{
    while (match(text, /NK_[MT]_[A-Z0-9_]*(##)?/)) {
        id = substr(text, RSTART, RLENGTH)
        if (RSTART == 1 || substr(text, RSTART - 1, 1) !~ /[A-Za-z0-9_]/) {
            if (id ~ /##$/) {
                sub(/##$/, "", id)
                if (id !~ /^NK_[MT]_$/)
                    used_head[id] = 1
            } else if (!(id in used)) {
                used[id] = FILENAME ":" FNR
                use[++uses] = id
            }
        }
        text = substr(text, RSTART + RLENGTH)
    }
}

# How deep in the parentheses of a call that makes a message this line is.
function read_calls(text,    token)
{
    while (match(text, /nk_fail|nk_fail_errno|nk_problem_add|[()]|""/)) {
        token = substr(text, RSTART, RLENGTH)
        text = substr(text, RSTART + RLENGTH)
        if (token == "(" && call) {
            call++
        } else if (token == ")" && call) {
            if (--call == 1)
                call = 0
        } else if (token == "\"\"") {
            at_string++
            if (call > 1)
                in_call[at_string] = 1
        } else if (token ~ /^nk_/ && !call) {
            call = 1
        }
    }
}

# Is this literal a message? See the script for what is caught.
function is_message(s, given)
{
    if (given && s ~ /[A-Za-z][A-Za-z]+[,.:;]? +[A-Za-z][A-Za-z]+/)
        return 1
    if (s ~ /[{][0-9][}]/)
        return 1
    if (s ~ /^[A-Z][^<>=;]* [^<>=;]* [^<>=;]*[a-z][.!?](\\n| )*$/)
        return 1
    return match(s, said) && s !~ /[<>=;]/
}

function read_literals(text,    i)
{
    at_string = 0
    split("", in_call)
    read_calls(text)
    for (i = 1; i <= lex_strings; i++)
        if (is_message(lex_string[i], i in in_call) && !is_help &&
            !is_allowed(FILENAME))
            fault(FILENAME ":" FNR, "a message in C code: \"" \
                lex_string[i] "\"")
}

FNR == 1 {
    lex_begin()
    call = 0
    is_help = FILENAME ~ /^src\/cli\/(help|completion)[^\/]*$/
}

FILENAME ~ /allow[.]txt$/ {
    if ($3 == "words" || $3 == "literals") {
        allowed[++allows] = $3 == "words" ? $2 : $1
        allow_where[allowed[allows]] = FILENAME ":" FNR
        if (NF < 4)
            fault(FILENAME ":" FNR, "an exception needs a reason")
    }
    next
}

FILENAME ~ /msg[.]def$/ {
    read_table(code($0))
    next
}

{
    text = code($0)
    read_uses(text)
    if (text !~ /^[ \t]*#[ \t]*include/)
        read_literals(text)
}

END {
    if (!rows)
        fault("msg.def", "no messages")
    for (i = 1; i <= rows; i++) {
        found = id_of[i] in used
        for (head in used_head)
            if (index(id_of[i], head) == 1)
                found = 1
        if (!found)
            fault(row_of[i], id_of[i] " is used nowhere")
        there[id_of[i]] = 1
    }
    for (i = 1; i <= uses; i++)
        if (!(use[i] in there) && use[i] !~ /^NK_M_(NONE|COUNT)?$/)
            fault(used[use[i]], use[i] " is not in msg.def")
    for (i = 1; i <= allows; i++)
        if (!(allowed[i] in allow_used))
            fault(allow_where[allowed[i]], "no longer needed: " allowed[i])
    exit bad
}
