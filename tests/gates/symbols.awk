# Symbols of the library's objects; see the script `symbols`. The files:
# allow.txt where there is one, the headers of src, then on standard input
# what nm says of each object, after a line "object SOURCE".

BEGIN {
    split("printf __printf_chk vprintf __vprintf_chk puts putchar perror " \
        "dprintf __dprintf_chk stdout stderr", list, " ")
    for (i in list)
        never[list[i]] = "prints"
    split("exit _exit _Exit quick_exit abort atexit", list, " ")
    for (i in list)
        never[list[i]] = "ends the program"
    split("getenv secure_getenv setenv unsetenv putenv environ", list, " ")
    for (i in list)
        never[list[i]] = "reads or changes the environment"
    split("time clock clock_gettime gettimeofday timespec_get times ftime " \
        "localtime localtime_r mktime tzset", list, " ")
    for (i in list)
        never[list[i]] = "reads the clock or the time zone"
}

function fault(text)
{
    print text
    bad = 1
}

function is_allowed(key)
{
    if (!(key in allow_where))
        return 0
    allow_used[key] = 1
    return 1
}

FILENAME ~ /allow[.]txt$/ {
    if ($3 == "calls" || $3 == "global") {
        allowed[++allows] = $1 " " $2 " " $3
        allow_where[allowed[allows]] = FILENAME ":" FNR
        allow_file[allows] = $1
        if (NF < 4)
            fault(FILENAME ":" FNR ": an exception needs a reason")
    }
    next
}

FILENAME ~ /[.]h$/ {
    if (FNR == 1)
        lex_begin()
    text = code($0)
    while (match(text, /nk_[A-Za-z0-9_]+/)) {
        declared[substr(text, RSTART, RLENGTH)] = 1
        text = substr(text, RSTART + RLENGTH)
    }
    next
}

$1 == "object" {
    source = $2
    is_object[source] = 1
    next
}

$2 ~ /^[Uwv]$/ {
    name = $1
    sub(/@.*/, "", name)
    users[name]++
    if (name in never && !is_allowed(source " " name " calls"))
        fault(source ": " name " " never[name])
    next
}

$2 ~ /^[A-Zu]$/ {
    defined[++definitions] = $1
    where[definitions] = source
}

END {
    if (!definitions)
        fault("no symbols")
    for (i = 1; i <= definitions; i++) {
        name = defined[i]
        if (is_allowed(where[i] " " name " global"))
            continue
        if (name !~ /^nk_/)
            fault(where[i] ": global " name " does not begin with nk_")
        if (!(name in users) && !(name in declared))
            fault(where[i] ": global " name \
                " is in no header and used by no other file")
    }
    for (i = 1; i <= allows; i++)
        if (allow_file[i] in is_object && !(allowed[i] in allow_used))
            fault(allow_where[allowed[i]] ": no longer needed: " allowed[i])
    exit bad
}
