#include "input/study_schema.h"

static const struct key sensitivity_keys[] = {
    {.name = "change",
     .type = VALUE_TEXT,
     .required = true,
     .offset = AT(sensitivity, change),
     .help = "what to set: a path as of --set"},
    {.name = "low",
     .type = VALUE_TEXT,
     .required = true,
     .offset = AT(sensitivity, low),
     .help = "a value as of --set"},
    {.name = "high",
     .type = VALUE_TEXT,
     .required = true,
     .offset = AT(sensitivity, high),
     .help = "another"},
    {.name = "name",
     .type = VALUE_TEXT,
     .standard = "",
     .offset = AT(sensitivity, name),
     .help = "shown in reports; default the path"},
};

static const struct key what_if_keys[] = {
    {.name = "x",
     .type = VALUE_NODE,
     .required = true,
     .offset = AT(what_if, x),
     .help = "what changes from left to right"},
    {.name = "y",
     .type = VALUE_NODE,
     .required = true,
     .offset = AT(what_if, y),
     .help = "what changes from bottom to top"},
};

static const struct key what_if_axis_keys[] = {
    {.name = "change",
     .type = VALUE_TEXT,
     .required = true,
     .offset = AT(what_if_axis, change),
     .help = "what to set: a path as of --set"},
    {.name = "values",
     .type = VALUE_NODE,
     .required = true,
     .offset = AT(what_if_axis, values),
     .help = "values as of --set, a list"},
    {.name = "name",
     .type = VALUE_TEXT,
     .standard = "",
     .offset = AT(what_if_axis, name),
     .help = "shown in reports; default the path"},
};

const struct section sensitivity_section =
    SECTION(sensitivity_keys, "sensitivity[]", "A value of the study, set lower and higher.");
const struct section what_if_section = SECTION(what_if_keys, "what_if", "Two values of the study.");
const struct section what_if_axis_section =
    SECTION(what_if_axis_keys, "what_if.x, what_if.y", "A value of the study, set to others.");
