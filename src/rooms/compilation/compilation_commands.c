/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The commands of the room compilation. */
#include "engine/room.h"
#include "rooms/compilation/compilation.h"
#include "rooms/compilation/compilation_rules.h"

#include "base/poison.h"

#define COMPILATION_REF                                                           \
	{                                                                         \
		.name = "compilation", .label = "Compilation", .type = FIELD_REF, \
		.flags = FIELD_REQUIRED, .of = "compilation"                      \
	}
#define SECTION_REF(n, words)                                                              \
	{                                                                                  \
		.name = (n), .label = (words), .type = FIELD_REF, .flags = FIELD_REQUIRED, \
		.of = "compilation_section"                                                \
	}
#define PROPOSALS(words)                                                   \
	{                                                                  \
		.name = "proposals", .label = (words), .type = FIELD_REFS, \
		.flags = FIELD_REQUIRED, .of = "proposal"                  \
	}

static const struct field open_fields[] = {
    {.name = "number", .label = "Number", .type = FIELD_INT, .flags = FIELD_GIVEN},
    {.name = "title",
        .label = "Title of the compilation",
        .help = "For example: Compilation of proposed recommendations.",
        .type = FIELD_LINE,
        .flags = FIELD_REQUIRED},
    {.name = "zone",
        .label = "Time zone of the deadline",
        .help = "For example: Europe/Zurich.",
        .type = FIELD_ZONE,
        .flags = FIELD_REQUIRED},
    {.name = "deadline",
        .label = "Contributors revise their entries until",
        .help = "Local time in that time zone. What is revised later is not taken in.",
        .type = FIELD_TIME,
        .flags = FIELD_REQUIRED,
        .of = "zone"},
};

static const struct field extend_fields[] = {
    COMPILATION_REF,
    {.name = "zone",
        .label = "Time zone of the new deadline",
        .help = "Empty: the deadline is typed in UTC.",
        .type = FIELD_ZONE},
    {.name = "deadline",
        .label = "New deadline",
        .type = FIELD_TIME,
        .flags = FIELD_REQUIRED,
        .of = "zone"},
};

static const struct field close_fields[] = {
    {.name = "number",
        .label = "Compilation",
        .type = FIELD_REF,
        .flags = FIELD_REQUIRED,
        .of = "compilation"},
};

#define ORDER_FIELD                                                                               \
	{                                                                                         \
		.name = "order", .label = "Place",                                                \
		.help = "Sections are shown in this order; those with the same place by number.", \
		.type = FIELD_INT, .min = 0, .max = 1000                                          \
	}

static const struct field section_fields[] = {
    COMPILATION_REF,
    {.name = "section", .label = "Section", .type = FIELD_INT, .flags = FIELD_GIVEN},
    {.name = "heading", .label = "Heading", .type = FIELD_LINE, .flags = FIELD_REQUIRED},
    ORDER_FIELD,
};

static const struct field rename_fields[] = {
    COMPILATION_REF,
    SECTION_REF("section", "Section"),
    {.name = "heading",
        .label = "New heading",
        .help = "The entries keep their numbers and say under which heading they were placed.",
        .type = FIELD_LINE,
        .flags = FIELD_REQUIRED},
    ORDER_FIELD,
};

static const struct field merge_sections_fields[] = {
    COMPILATION_REF,
    SECTION_REF("section", "Section that goes into another"),
    SECTION_REF("into", "Section that takes its entries"),
};

static const struct field place_fields[] = {
    COMPILATION_REF,
    SECTION_REF("section", "Section"),
    {.name = "theme",
        .label = "Theme",
        .help = "Entries of one theme stand together in the section. Empty: none.",
        .type = FIELD_LINE},
    PROPOSALS("Proposals to place"),
};

static const struct field unplace_fields[] = {
    COMPILATION_REF,
    PROPOSALS("Proposals that are not placed"),
    {.name = "reason",
        .label = "Reason",
        .help = "It is public, and stands beside each of them in the list.",
        .type = FIELD_LINE,
        .flags = FIELD_REQUIRED,
        .max = 500},
};

static const struct choice answers[] = {
    {"reflected", "It is properly reflected"},
    {"not_reflected", "It is not properly reflected"},
    {NULL, NULL},
};

static const struct field confirm_fields[] = {
    COMPILATION_REF,
    {.name = "proposal",
        .label = "Entry of the compilation",
        .type = FIELD_REF,
        .flags = FIELD_REQUIRED,
        .of = "proposal"},
    {.name = "revision", .label = "Version", .type = FIELD_INT, .flags = FIELD_GIVEN},
    {.name = "delegation",
        .label = "Sponsor that answers",
        .type = FIELD_LINE,
        .flags = FIELD_REQUIRED},
    {.name = "answer",
        .label = "Answer",
        .type = FIELD_CHOICE,
        .flags = FIELD_REQUIRED,
        .choices = answers},
    {.name = "note",
        .label = "What is not reflected",
        .help = "Needed when something is missing, in the wrong place or not what you said.",
        .type = FIELD_TEXT,
        .max = 2000},
};

static const struct field issue_fields[] = {
    {.name = "number", .label = "Document", .type = FIELD_INT, .flags = FIELD_GIVEN},
    {.name = "symbol", .label = "Symbol", .type = FIELD_LINE, .flags = FIELD_GIVEN},
    {.name = "issue", .label = "Revision", .type = FIELD_INT, .flags = FIELD_GIVEN},
    COMPILATION_REF,
    {.name = "title", .label = "Title", .type = FIELD_LINE, .flags = FIELD_REQUIRED},
    {.name = "lang", .label = "Language", .type = FIELD_LANG, .flags = FIELD_REQUIRED},
    {.name = "text",
        .label = "Introduction",
        .help = "A note by the secretariat; its paragraphs stand before the entries.",
        .type = FIELD_BLOCKS},
    {.name = "meeting", .label = "For the meeting", .type = FIELD_REF, .of = "meeting"},
    {.name = "revises",
        .label = "Takes the place of",
        .help = "Only the first time: an earlier document that this compilation revises.",
        .type = FIELD_REF,
        .of = "document"},
};

static const struct command rows[] = {
    {.name = "compilation.open",
        .title = "Open a compilation",
        .help = "One document out of everyone's proposals. Sections and entries follow; until the "
                "deadline contributors revise what they proposed.",
        .said = "opened compilation {number}: {title}",
        .after = "/g/{group}/compilations/{number}",
        .may = ROLE_OFFICE,
        COMMAND_FIELDS(open_fields),
        .decide = compilation_decide_open,
        .fold = compilation_fold_open},
    {.name = "compilation.extend",
        .title = "Extend the deadline of the compilation",
        .help = "Contributors have longer to revise their entries. After the deadline has passed, "
                "this opens them again.",
        .said = "extended the deadline of compilation {compilation} to {deadline}",
        .after = "/g/{group}/compilations/{compilation}",
        .may = ROLE_OFFICE,
        COMMAND_FIELDS(extend_fields),
        .decide = compilation_decide_extend,
        .fold = compilation_fold_extend},
    {.name = "compilation.close",
        .title = "Close the entries of the compilation",
        .help = "By the clock, at the deadline. What is revised later is not taken in.",
        .said = "closed the entries of compilation {number}",
        .after = "/g/{group}/compilations/{number}",
        .may = ROLE_SYSTEM,
        COMMAND_FIELDS(close_fields),
        .decide = compilation_decide_close,
        .fold = compilation_fold_close},
    {.name = "compilation.section",
        .title = "Add a section to the compilation",
        .help = "Proposals are placed in sections, and in each by theme.",
        .said = "added section {section} to compilation {compilation}: {heading}",
        .after = "/g/{group}/compilations/{compilation}",
        .may = ROLE_OFFICE,
        COMMAND_FIELDS(section_fields),
        .decide = compilation_decide_section,
        .fold = compilation_fold_section},
    {.name = "compilation.rename_section",
        .title = "Rename a section of the compilation",
        .help = "Gives a section another heading, or another place among the sections.",
        .said = "renamed section {section} of compilation {compilation}: {heading}",
        .after = "/g/{group}/compilations/{compilation}",
        .may = ROLE_OFFICE,
        COMMAND_FIELDS(rename_fields),
        .decide = compilation_decide_rename,
        .fold = compilation_fold_rename},
    {.name = "compilation.merge_sections",
        .title = "Merge sections of the compilation",
        .help = "The entries of one section go into another. They keep their numbers, persons and "
                "organisations, and say which section they were placed in.",
        .said = "merged section {section} of compilation {compilation} into section {into}",
        .after = "/g/{group}/compilations/{compilation}",
        .may = ROLE_OFFICE,
        COMMAND_FIELDS(merge_sections_fields),
        .decide = compilation_decide_merge_sections,
        .fold = compilation_fold_merge_sections},
    {.name = "compilation.place",
        .title = "Place proposals in the compilation",
        .help = "Puts proposals into a section, or moves them to it. Their numbers stay.",
        .said = "placed proposals {proposals} in section {section} of compilation {compilation}",
        .after = "/g/{group}/compilations/{compilation}",
        .may = ROLE_OFFICE,
        COMMAND_FIELDS(place_fields),
        .decide = compilation_decide_place,
        .fold = compilation_fold_place},
    {.name = "compilation.unplace",
        .title = "Leave proposals out of the compilation",
        .help = "Takes proposals out, or says why they were not placed. They stay in the list of "
                "proposals that are not placed.",
        .said = "left proposals {proposals} out of compilation {compilation}: {reason}",
        .after = "/g/{group}/compilations/{compilation}/unplaced",
        .may = ROLE_OFFICE,
        COMMAND_FIELDS(unplace_fields),
        .decide = compilation_decide_unplace,
        .fold = compilation_fold_unplace},
    {.name = "compilation.confirm",
        .title = "Confirm an entry of the compilation",
        .help = "A sponsor says whether the entry properly reflects what it proposed, or what does "
                "not.",
        .said = "{delegation} answered on entry {proposal} of compilation {compilation} (version "
                "{revision}): {answer}",
        .after = "/g/{group}/compilations/{compilation}/mine",
        .may = ROLE_MEMBER | ROLE_SECRETARIAT,
        COMMAND_FIELDS(confirm_fields),
        .decide = compilation_decide_confirm,
        .fold = compilation_fold_confirm},
    {.name = "compilation.issue",
        .title = "Issue the compilation",
        .help = "Freezes the compilation as it stands as a document with a symbol. Work may go on "
                "and lead to a further revision.",
        .said = "issued compilation {compilation} as {symbol}: {title}",
        .after = "/g/{group}/compilations/{compilation}/issued/{issue}",
        .may = ROLE_OFFICE,
        .flags = COMMAND_FORMAL,
        COMMAND_FIELDS(issue_fields),
        .decide = compilation_decide_issue,
        .fold = compilation_fold_issue},
};

const struct room_commands compilation_commands = {
    .rows = rows,
    .n = sizeof rows / sizeof rows[0],
    .state_size = sizeof(struct compilation_state),
    .due = compilation_due,
};
