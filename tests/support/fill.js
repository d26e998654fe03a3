// mutool run fill.js IN.pdf OUT.pdf NAME=VALUE...: fill in a form as a viewer
// does. Of a box or a radio button VALUE is the state that is to be on.
"use strict";
var doc = new PDFDocument(scriptArgs[0]);
var wanted = {};
for (var i = 2; i < scriptArgs.length; ++i) {
    var at = scriptArgs[i].indexOf("=");
    wanted[scriptArgs[i].slice(0, at)] = scriptArgs[i].slice(at + 1);
}

function nameOf(object) {
    var name = "";
    for (; object && !object.isNull(); object = object.get("Parent"))
        if (object.get("T") && !object.get("T").isNull())
            name = object.get("T").asString() + (name ? "." + name : "");
    return name;
}

function stateOf(object) {
    var on = "";
    object.get("AP").get("N").forEach(function (key) {
        if (key !== "Off")
            on = key;
    });
    return on;
}

for (var p = 0; p < doc.countPages(); ++p) {
    var annots = doc.findPage(p).get("Annots"); // all of them widgets
    if (!annots || annots.isNull())
        continue;
    doc.loadPage(p).getWidgets().forEach(function (widget, index) {
        var object = annots.get(index), value = wanted[nameOf(object)];
        var type = widget.getFieldType();
        if (value === undefined)
            return;
        if (type === "text")
            widget.setTextValue(value);
        else if (type === "combobox")
            widget.setChoiceValue(value);
        else if (stateOf(object) === value)
            widget.toggle();
        widget.update();
    });
}
doc.save(scriptArgs[1], "");
