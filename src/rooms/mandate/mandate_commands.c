/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "engine/room.h"
#include "rooms/mandate/mandate_rules.h"

#include "base/poison.h"

static const struct field record_fields[] = {
    {"number", "Number", NULL, FIELD_INT, FIELD_GIVEN},
    {"parent_body", "Parent body",
        "The body that gave the mandate, for example the General Assembly.", FIELD_LINE,
        FIELD_REQUIRED},
    {"symbol", "Symbol", "As printed on the resolution, for example A/RES/70/125.", FIELD_LINE,
        FIELD_REQUIRED, .max = 80},
    {"title", "Title of the resolution or decision", NULL, FIELD_LINE, FIELD_REQUIRED},
    {"date", "Adopted on", "The day on which the parent body adopted it.", FIELD_DATE,
        FIELD_REQUIRED},
    {"url", "Where its text is published", NULL, FIELD_URL},
    {"report_back_session", "Report back to",
        "The session that expects the report, for example the twenty-first session of the CSTD.",
        FIELD_LINE},
    {"report_back_date", "Report back by", "The day on which that session begins, if known.",
        FIELD_DATE},
};

static const struct field quote_fields[] = {
    {"number", "Number", NULL, FIELD_INT, FIELD_GIVEN},
    {"mandate", "Mandate", NULL, FIELD_REF, FIELD_REQUIRED, .of = "mandate"},
    {"paragraph", "Paragraph", "Its number in the resolution, for example 65 or PP 3.", FIELD_LINE,
        FIELD_REQUIRED, .max = 40},
    {"text", "Text", "Word for word, as the resolution has it.", FIELD_TEXT, FIELD_REQUIRED},
    {"lang", "Language of the text", NULL, FIELD_LANG, FIELD_REQUIRED},
};

static const struct field line_fields[] = {
    {"bodies", "Bodies",
        "From the parent body down to this group; each reports to the one above it.", FIELD_LINES,
        FIELD_REQUIRED, 2, 12},
};

static const struct choice states[] = {
    {"in_force", "In force: the group may work"},
    {"reported", "Reported: the group has handed in its report"},
    {"discharged", "Discharged: the parent body has closed the mandate"},
    {"extended", "Extended: the parent body has prolonged the mandate"},
    {0},
};

static const struct field state_fields[] = {
    {"mandate", "Mandate", NULL, FIELD_REF, FIELD_REQUIRED, .of = "mandate"},
    {"state", "New state", NULL, FIELD_CHOICE, FIELD_REQUIRED, .choices = states},
    {"reason", "Reason", "The act that brought this about, for example the parent body's decision.",
        FIELD_TEXT, .max = 2000},
};

static const struct command rows[] = {
    {
        .name = "mandate.record",
        .title = "Record a mandate",
        .help = "Record the resolution or decision that asks this group to work: its symbol, its "
                "date, and when and where the group must report back.",
        .said = "recorded the mandate {symbol}: {title}",
        .after = "/g/{group}/mandate",
        .may = ROLE_SECRETARIAT,
        COMMAND_FIELDS(record_fields),
        .decide = mandate_decide_record,
        .fold = mandate_fold_record,
    },
    {
        .name = "mandate.quote",
        .title = "Quote a paragraph of the mandate",
        .help = "Quote word for word a paragraph that asks something of the group. The sections of "
                "the report will say which of these paragraphs they answer.",
        .said = "quoted paragraph {paragraph} of mandate {mandate}",
        .after = "/g/{group}/mandate",
        .may = ROLE_SECRETARIAT,
        COMMAND_FIELDS(quote_fields),
        .decide = mandate_decide_quote,
        .fold = mandate_fold_quote,
    },
    {
        .name = "mandate.line",
        .title = "Set the reporting line",
        .help = "Name the bodies through which the mandate came down and the report goes up.",
        .said = "set the reporting line",
        .after = "/g/{group}/mandate",
        .may = ROLE_SECRETARIAT,
        COMMAND_FIELDS(line_fields),
        .decide = mandate_decide_line,
        .fold = mandate_fold_line,
    },
    {
        .name = "mandate.state",
        .title = "Change the state of a mandate",
        .help = "A mandate is noted, comes into force, is reported on, and is then discharged or "
                "extended by the parent body.",
        .said = "marked mandate {mandate} as {state}",
        .after = "/g/{group}/mandate",
        .may = ROLE_SECRETARIAT,
        COMMAND_FIELDS(state_fields),
        .decide = mandate_decide_state,
        .fold = mandate_fold_state,
    },
};

const struct room_commands mandate_commands = {
    .rows = rows,
    .n = sizeof rows / sizeof rows[0],
    .state_size = sizeof(struct mandate_state),
};
