/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The commands of the room comment. */
#include "engine/room.h"
#include "rooms/comment/comment.h"
#include "rooms/comment/comment_rules.h"

#include "base/poison.h"

#define DRAFT_REF                                                                              \
	{                                                                                      \
		.name = "draft", .label = "Draft", .type = FIELD_REF, .flags = FIELD_REQUIRED, \
		.of = "draft"                                                                  \
	}
#define COMMENT_REF                                                                                \
	{                                                                                          \
		.name = "comment", .label = "Comment", .type = FIELD_INT, .flags = FIELD_REQUIRED, \
		.min = 1                                                                           \
	}
#define FOR_SEAT                                                                             \
	{.name = "seat",                                                                     \
	    .label = "For the seat",                                                         \
	    .help = "The secretariat says for whom it enters this.",                         \
	    .type = FIELD_REF,                                                               \
	    .of = "seat"},                                                                   \
	{                                                                                    \
		.name = "for_seat", .label = "Seat", .type = FIELD_INT, .flags = FIELD_GIVEN \
	}
#define PARTY                                                                                    \
	{                                                                                        \
		.name = "party", .label = "Delegation", .type = FIELD_LINE, .flags = FIELD_GIVEN \
	}
#define REVISION                                                                                 \
	{                                                                                        \
		.name = "revision", .label = "Revision", .type = FIELD_INT, .flags = FIELD_GIVEN \
	}

static const struct choice kinds[] = {
    {"ge", "General (ge)"},
    {"te", "Technical (te)"},
    {"ed", "Editorial (ed)"},
    {NULL, NULL},
};

static const struct field make_fields[] = {
    DRAFT_REF,
    {.name = "paragraph",
        .label = "Paragraph",
        .help = "Leave empty for a comment on the whole text.",
        .type = FIELD_LINE,
        .of = "draft_paragraph"},
    {.name = "comment", .label = "Number", .type = FIELD_INT, .flags = FIELD_GIVEN},
    REVISION,
    {.name = "place", .label = "Number of the paragraph", .type = FIELD_LINE, .flags = FIELD_GIVEN},
    {.name = "kind",
        .label = "Type of comment",
        .type = FIELD_CHOICE,
        .flags = FIELD_REQUIRED,
        .choices = kinds},
    {.name = "text",
        .label = "Comment",
        .help = "What you think of the text, and why.",
        .type = FIELD_TEXT,
        .flags = FIELD_REQUIRED},
    {.name = "change",
        .label = "Proposed change",
        .help = "In words, if you like. To change the text itself, table an amendment.",
        .type = FIELD_TEXT},
    FOR_SEAT,
    PARTY,
};

static const struct field withdraw_fields[] = {
    DRAFT_REF,
    COMMENT_REF,
    {.name = "reason", .label = "Reason", .type = FIELD_TEXT, .max = 2000},
    PARTY,
};

static const struct choice dispositions[] = {
    {"accepted", "Accepted"},
    {"accepted_in_principle", "Accepted in principle"},
    {"noted", "Noted"},
    {"rejected", "Rejected"},
    {"already_covered", "Already covered"},
    {NULL, NULL},
};

static const struct field dispose_fields[] = {
    DRAFT_REF,
    COMMENT_REF,
    {.name = "disposition",
        .label = "Disposition",
        .type = FIELD_CHOICE,
        .flags = FIELD_REQUIRED,
        .choices = dispositions},
    {.name = "reason",
        .label = "Reason",
        .help = "Whoever commented reads it beside the comment.",
        .type = FIELD_TEXT,
        .max = 2000},
    REVISION,
};

static const struct field import_fields[] = {
    DRAFT_REF,
    {.name = "file",
        .label = "Commenting table",
        .help = "A CSV file of the eight columns of ISO, with their titles in the first row.",
        .type = FIELD_FILES,
        .max = 1},
    {.name = "table",
        .label = "Or its text",
        .help = "The same eight columns, copied from the CSV file.",
        .type = FIELD_TEXT,
        .flags = FIELD_PASSING,
        .max = 1000000},
    {.name = "first", .label = "First comment", .type = FIELD_INT, .flags = FIELD_GIVEN},
    {.name = "count", .label = "Comments", .type = FIELD_INT, .flags = FIELD_GIVEN},
    {.name = "unplaced",
        .label = "Comments whose paragraph was not found",
        .type = FIELD_INT,
        .flags = FIELD_GIVEN},
    {.name = "rows", .label = "Rows", .type = FIELD_TEXT, .flags = FIELD_GIVEN, .max = 4000000},
    REVISION,
    FOR_SEAT,
    PARTY,
};

#define PAGE    "/g/{group}/drafts/{draft}/comments"
#define SEATS   (ROLE_MEMBER | ROLE_OFFICE)
#define VOICES  (SEATS | ROLE_OBSERVER)
#define SAID_OF "comment {comment} on draft {draft}"

static const struct command rows[] = {
    {.name = "comment.make",
        .title = "Comment on a draft",
        .help = "What you think of a paragraph, or of the whole text, without proposing words.",
        .said = "{party} made " SAID_OF,
        .after = PAGE,
        .may = VOICES,
        COMMAND_FIELDS(make_fields),
        .decide = comment_decide_make,
        .fold = comment_fold_make},
    {.name = "comment.withdraw",
        .title = "Withdraw a comment",
        .help = "It stays in the record, and leaves the commenting table.",
        .said = "{party} withdrew " SAID_OF,
        .after = PAGE,
        .may = VOICES,
        COMMAND_FIELDS(withdraw_fields),
        .decide = comment_decide_withdraw,
        .fold = comment_fold_withdraw},
    {.name = "comment.dispose",
        .title = "Give a comment its disposition",
        .help =
            "What becomes of the comment, and why. It may be changed until the next revision of "
            "the draft is issued.",
        .said = SAID_OF ": {disposition}",
        .after = PAGE,
        .may = ROLE_OFFICE,
        COMMAND_FIELDS(dispose_fields),
        .decide = comment_decide_dispose,
        .fold = comment_fold_dispose},
    {.name = "comment.import",
        .title = "Bring in a commenting table",
        .help = "Every row becomes a comment. If a column or a row is not right, nothing is taken, "
                "and you are told which one and what to do.",
        .said = "brought in a commenting table on draft {draft}: {count} comments",
        .after = PAGE,
        .may = SEATS,
        COMMAND_FIELDS(import_fields),
        .decide = comment_decide_import,
        .fold = comment_fold_import},
};

const struct room_commands comment_commands = {
    .rows = rows, .n = sizeof rows / sizeof rows[0], .state_size = sizeof(struct comment_state)};
