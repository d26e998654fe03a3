// mutool run json.js FILE [PATH]: parse JSON, print the value at PATH.
var value = JSON.parse(read(scriptArgs[0]));
var names = (scriptArgs[1] || "").split(".");
var i;
for (i = 0; i < names.length && names[i] !== ""; ++i)
    value = value[names[i]];
print(typeof value === "object" ? JSON.stringify(value) : value);
