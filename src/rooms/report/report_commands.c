/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The commands of the room report. */
#include "engine/room.h"
#include "rooms/report/report.h"
#include "rooms/report/report_rules.h"

#include "base/poison.h"

#define REPORT_REF                                                                               \
	{                                                                                        \
		.name = "report", .label = "Report", .type = FIELD_REF, .flags = FIELD_REQUIRED, \
		.of = "report"                                                                   \
	}

static const struct field outline_fields[] = {
    {.name = "number", .label = "Number", .type = FIELD_INT, .flags = FIELD_GIVEN},
    {.name = "title", .label = "Title of the report", .type = FIELD_LINE, .flags = FIELD_REQUIRED},
};

static const struct field section_fields[] = {
    REPORT_REF,
    {.name = "section", .label = "Section", .type = FIELD_INT, .flags = FIELD_GIVEN},
    {.name = "heading", .label = "Heading", .type = FIELD_LINE, .flags = FIELD_REQUIRED},
    {.name = "covers",
        .label = "Paragraphs of the mandate it answers",
        .help = "The report page shows which paragraphs of the mandate no section answers yet.",
        .type = FIELD_REFS,
        .of = "mandate_paragraph"},
    {.name = "order",
        .label = "Place",
        .help = "Sections are shown in this order; those with the same place by number.",
        .type = FIELD_INT,
        .min = 0,
        .max = 1000},
};

static const struct field draft_fields[] = {
    REPORT_REF,
    {.name = "draft", .label = "Draft", .type = FIELD_INT, .flags = FIELD_GIVEN},
    {.name = "text",
        .label = "Text",
        .help = "One numbered paragraph each; a blank line between. \"# \" makes a heading. Write "
                "[^1] where a footnote belongs, and its words as a paragraph that begins with "
                "[^1]: anywhere below. The facts write themselves: under the headings Mandate, "
                "Composition, Meetings, Contributions, Proposals, Outcome and Record, or where "
                "a paragraph says [[meetings]].",
        .type = FIELD_BLOCKS,
        .flags = FIELD_REQUIRED},
    {.name = "note", .label = "What is new in this draft", .type = FIELD_LINE, .max = 500},
};

static const struct choice outcomes[] = {
    {"adopted", "The group adopted the report"},
    {"no_agreement", "The group reached no agreement"},
    {NULL, NULL},
};

static const struct field decide_fields[] = {
    REPORT_REF,
    {.name = "outcome",
        .label = "Outcome",
        .type = FIELD_CHOICE,
        .flags = FIELD_REQUIRED,
        .choices = outcomes},
    {.name = "meeting", .label = "At meeting", .type = FIELD_REF, .of = "meeting"},
    {.name = "words",
        .label = "The Chair's words",
        .help = "What the Chair said when the decision fell.",
        .type = FIELD_TEXT,
        .flags = FIELD_REQUIRED},
};

static const struct choice responsibilities[] = {
    {"group", "Issued by the group"},
    {"chair", "Issued under the Chair's own responsibility"},
    {NULL, NULL},
};

static const struct field issue_fields[] = {
    REPORT_REF,
    {.name = "symbol", .label = "Symbol", .type = FIELD_LINE, .flags = FIELD_GIVEN},
    {.name = "draft",
        .label = "Draft that is issued",
        .type = FIELD_REF,
        .flags = FIELD_REQUIRED,
        .of = "report_draft"},
    {.name = "responsibility",
        .label = "Responsibility",
        .help = "Without agreement a report can only be the Chair's own.",
        .type = FIELD_CHOICE,
        .flags = FIELD_REQUIRED,
        .choices = responsibilities},
};

static const struct field transmit_fields[] = {
    REPORT_REF,
    {.name = "to", .label = "Transmitted to", .type = FIELD_LINE, .flags = FIELD_REQUIRED},
    {.name = "date", .label = "On", .type = FIELD_DATE, .flags = FIELD_REQUIRED},
};

static const struct field consider_fields[] = {
    REPORT_REF,
    {.name = "by", .label = "Considered by", .type = FIELD_LINE, .flags = FIELD_REQUIRED},
    {.name = "date", .label = "On", .type = FIELD_DATE, .flags = FIELD_REQUIRED},
    {.name = "note", .label = "What came of it", .type = FIELD_TEXT},
};

static const struct command rows[] = {
    {.name = "report.outline",
        .title = "Open a report",
        .help = "Begins the report with its title. Sections and drafts follow.",
        .said = "opened report {number}: {title}",
        .after = "/g/{group}/report",
        .may = ROLE_OFFICE,
        COMMAND_FIELDS(outline_fields),
        .decide = report_decide_outline,
        .fold = report_fold_outline},
    {.name = "report.section",
        .title = "Add a section to the outline",
        .help = "A heading, and the paragraphs of the mandate that it answers.",
        .said = "added section {section} to the outline of the report: {heading}",
        .after = "/g/{group}/report",
        .may = ROLE_OFFICE,
        COMMAND_FIELDS(section_fields),
        .decide = report_decide_section,
        .fold = report_fold_section},
    {.name = "report.draft",
        .title = "Put a draft of the report",
        .help = "The whole text in numbered paragraphs. Every earlier draft stays readable.",
        .said = "put draft {draft} of the report",
        .after = "/g/{group}/report/drafts/{draft}",
        .may = ROLE_OFFICE,
        COMMAND_FIELDS(draft_fields),
        .decide = report_decide_draft,
        .fold = report_fold_draft},
    {.name = "report.decide",
        .title = "Record the decision on the report",
        .help = "What the group decided, with the words of the Chair.",
        .said = "recorded the decision on the report: {outcome}",
        .after = "/g/{group}/report",
        .may = ROLE_CHAIR,
        .flags = COMMAND_FORMAL,
        COMMAND_FIELDS(decide_fields),
        .decide = report_decide_decide,
        .fold = report_fold_decide},
    {.name = "report.issue",
        .title = "Issue the report",
        .help = "Gives a draft its symbol. An issued report never changes.",
        .said = "issued the report as {symbol} (responsibility: {responsibility})",
        .after = "/g/{group}/report",
        .may = ROLE_OFFICE,
        .flags = COMMAND_FORMAL,
        COMMAND_FIELDS(issue_fields),
        .decide = report_decide_issue,
        .fold = report_fold_issue},
    {.name = "report.transmit",
        .title = "Record the transmission of the report",
        .help = "To whom the issued report was sent, and when.",
        .said = "transmitted the report to {to}",
        .after = "/g/{group}/report",
        .may = ROLE_OFFICE,
        COMMAND_FIELDS(transmit_fields),
        .decide = report_decide_transmit,
        .fold = report_fold_transmit},
    {.name = "report.consider",
        .title = "Record that the report was considered",
        .help = "What the parent body did with it.",
        .said = "recorded that {by} considered the report",
        .after = "/g/{group}/report",
        .may = ROLE_OFFICE,
        COMMAND_FIELDS(consider_fields),
        .decide = report_decide_consider,
        .fold = report_fold_consider},
};

const struct room_commands report_commands = {
    .rows = rows,
    .n = sizeof rows / sizeof rows[0],
    .state_size = sizeof(struct report_state),
};
