# What the gates know of C: comments and the insides of strings are no code.
# Used with another program: awk -f lex.awk -f gate.awk FILE...
#
# code(line) gives the line with each comment as one space, each string as
# "" and each character as ' '. The strings of the line, as written, are then
# in lex_string[1 .. lex_strings]. Call lex_begin() before a new file.

function lex_begin()
{
    lex_in_comment = 0
    lex_strings = 0
}

# Where the literal that begins at `from` with the quote q ends: the place of
# its closing quote, or of the line's end.
function lex_close(line, from, q,    i, c)
{
    for (i = from + 1; i <= length(line); i++) {
        c = substr(line, i, 1)
        if (c == "\\")
            i++
        else if (c == q)
            return i
    }
    return length(line) + 1
}

function code(line,    out, i, c, at)
{
    out = ""
    lex_strings = 0
    for (;;) {
        if (lex_in_comment) {
            i = index(line, "*/")
            if (!i)
                return out
            line = substr(line, i + 2)
            lex_in_comment = 0
            out = out " "
        }
        if (!match(line, /["'\/]/))
            return out line
        at = RSTART
        c = substr(line, at, 1)
        out = out substr(line, 1, at - 1)
        if (substr(line, at, 2) == "/*") {
            lex_in_comment = 1
            line = substr(line, at + 2)
        } else if (substr(line, at, 2) == "//") {
            return out
        } else if (c == "/") {
            out = out c
            line = substr(line, at + 1)
        } else {
            i = lex_close(line, at, c)
            if (c == "\"")
                lex_string[++lex_strings] = substr(line, at + 1, i - at - 1)
            out = out (c == "\"" ? "\"\"" : "' '")
            line = substr(line, i + 1)
        }
    }
}
