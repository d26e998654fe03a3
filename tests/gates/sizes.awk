# Lengths and complexity of C files; see the script `sizes`.
#
# Output, one fact a line: FILE LINE KIND NAME NUMBER, where KIND is lines
# or complexity (of function NAME), file (lines of code), width (of a line)
# or braces (the file cannot be understood).
#
# A function begins where a brace opens outside of everything after ")" and
# no "=" came before. A table begins with "= {": its lines do not count.
# Complexity is McCabe's: 1, and 1 for each if, for, while, switch, &&, ||
# and "?". A switch counts once: its cases are a table.

BEGIN {
    tokens = "[A-Za-z_][A-Za-z0-9_]*|&&|[|][|]|[=!<>]=|[][(){}=;?,*]"
}

function reset_head()
{
    head = ""
    head_line = 0
    assigns = 0
}

function begin_file()
{
    lex_begin()
    depth = tables = 0
    parens = 0
    function_name = ""
    last = ""
    file_lines = 0
    continued = 0
    reset_head()
}

function end_file()
{
    if (file == "")
        return
    if (depth != 0 || lex_in_comment)
        print file, line_number, "braces", "-", depth
    print file, 1, "file", "-", file_lines
}

# The name of the function whose declaration is `text`.
function name_of(text)
{
    gsub(/__attribute__ *\(/, "", text)
    if (!match(text, /[A-Za-z_][A-Za-z0-9_]* *\(/))
        return "?"
    text = substr(text, RSTART, RLENGTH - 1)
    sub(/ +$/, "", text)
    return text
}

function open_brace()
{
    if (last == "=" || tables) {
        tables++
        kind[++depth] = "table"
        return
    }
    if (depth == 0 && last == ")" && !assigns) {
        function_name = name_of(head)
        function_line = head_line
        function_lines = line_number - head_line + 1
        complexity = 1
    }
    kind[++depth] = "code"
}

function close_brace()
{
    if (depth == 0) {
        print file, line_number, "braces", "-", -1
        return
    }
    if (kind[depth] == "table")
        tables--
    depth--
    if (depth == 0 && function_name != "") {
        print file, function_line, "lines", function_name, function_lines
        print file, function_line, "complexity", function_name, complexity
        function_name = ""
        reset_head()
    }
}

function take(token)
{
    if (token == "{") {
        open_brace()
    } else if (token == "}") {
        close_brace()
    } else if (function_name != "") {
        if (token ~ /^(if|for|while|switch|&&|\|\||\?)$/)
            complexity++
    } else if (depth == 0) {
        if (token == "(")
            parens++
        else if (token == ")")
            parens--
        else if (token == "=" && !parens)
            assigns = 1
        else if (token == ";")
            reset_head()
        if (token != ";") {
            if (head == "")
                head_line = line_number
            head = head " " token
        }
    }
    last = token
}

# Characters, not bytes: in UTF-8 only the first byte of each counts.
function width(line)
{
    gsub(/[\200-\277]/, "", line)
    return length(line)
}

FNR == 1 {
    end_file()
    file = FILENAME
    begin_file()
}

{
    line_number = FNR
    if (width($0) > 80)
        print file, FNR, "width", "-", width($0)
    text = code($0)
    if (!tables) {
        file_lines++
        if (function_name != "")
            function_lines++
    }
    directive = continued || text ~ /^[ \t]*#/
    continued = directive && $0 ~ /\\$/
    if (directive)
        next
    while (match(text, tokens)) {
        token = substr(text, RSTART, RLENGTH)
        text = substr(text, RSTART + RLENGTH)
        take(token)
    }
}

END {
    end_file()
}
