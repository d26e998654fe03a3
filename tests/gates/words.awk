# Lines that may not stay; see the script `words`. The patterns are written
# so that this file does not match itself.

BEGIN {
    later = "(^|[^A-Za-z0-9_])(TOD[O]|FIXM[E]|XX[X])([^A-Za-z0-9_]|$)"
    issue = "#[0-9]|issue [0-9]"
    machine = "(^|[^A-Za-z0-9_.$})-])(/(home|Users|tmp)/[A-Za-z0-9_.]|" \
        "/(root|work)/|[A-Za-z]:\\\\Users\\\\)"
    # What is compared byte for byte, or is broken on purpose.
    as_is = "^[.]/tests/(golden|fuzz/corpus)/|[.](out|err)$"
}

function fault(text)
{
    print substr(FILENAME, 3) ":" FNR ": " text
    bad = 1
}

$0 ~ later && $0 !~ issue {
    fault("work left for later names its issue")
}

$0 ~ machine {
    fault("a path of somebody's machine")
}

/[ \t\r]$/ && FILENAME !~ as_is {
    fault("white space at the end of the line")
}

END {
    exit bad
}
