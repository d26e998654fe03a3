// mutool run shape.js FILE PATH MEMBERS: is the value at PATH an object with
// exactly these members, of these types? MEMBERS are parted by spaces: name
// (a text), name# (a number), name? (true or false), name[] (a list), name{}
// (an object), name* (any of them). MEMBERS # ? [] or "" alone: the value
// itself. Prints what differs, one a line; nothing when all is right.
var value = JSON.parse(read(scriptArgs[0]));
var names = scriptArgs[1].split(".");
var members = scriptArgs[2].split(/\s+/);
var kinds = { "#": "number", "?": "boolean", "[]": "array", "{}": "object" };
var wanted = {};
var i, name;

function kind_of(v) {
    if (v === null)
        return "null";
    if (typeof v === "object" && v instanceof Array)
        return "array";
    return typeof v;
}

function compare(what, v, mark) {
    var want = kinds[mark] || "string";

    if (mark !== "*" && kind_of(v) !== want)
        print(what + " is " + kind_of(v) + ", not " + want);
}

for (i = 0; i < names.length && names[i] !== ""; ++i)
    value = value[names[i]];
if (members.length === 1 && (members[0] === "" || kinds[members[0]])) {
    compare("the value", value, members[0]);
} else if (kind_of(value) !== "object") {
    print("the value is " + kind_of(value) + ", not object");
} else {
    for (i = 0; i < members.length; ++i) {
        name = members[i].replace(/(#|\?|\*|\[\]|\{\})$/, "");
        wanted[name] = true;
        if (value[name] === undefined)
            print(name + " is missing");
        else
            compare(name, value[name], members[i].substring(name.length));
    }
    for (name in value)
        if (!wanted[name])
            print(name + " is not in the manual");
}
