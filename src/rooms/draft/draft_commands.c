/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The commands of the room draft. */
#include "engine/room.h"
#include "rooms/draft/draft.h"
#include "rooms/draft/draft_rules.h"

#include "base/poison.h"

#define DRAFT_REF                                                                              \
	{                                                                                      \
		.name = "draft", .label = "Draft", .type = FIELD_REF, .flags = FIELD_REQUIRED, \
		.of = "draft"                                                                  \
	}
#define AMENDMENT_REF                                                         \
	{                                                                     \
		.name = "amendment", .label = "Amendment", .type = FIELD_INT, \
		.flags = FIELD_REQUIRED, .min = 1                             \
	}
#define PARAGRAPH                                                              \
	{                                                                      \
		.name = "paragraph", .label = "Paragraph", .type = FIELD_LINE, \
		.flags = FIELD_REQUIRED, .of = "draft_paragraph",              \
	}
#define AFTER                                                                             \
	{                                                                                 \
		.name = "after", .label = "Behind paragraph",                             \
		.help = "Leave empty for the beginning of the text.", .type = FIELD_LINE, \
		.of = "draft_paragraph",                                                  \
	}
#define REASON                                                                       \
	{                                                                            \
		.name = "reason", .label = "Reason", .type = FIELD_TEXT, .max = 2000 \
	}
/* Whom the act is for: typed only by the secretariat and the Chair, given for everybody. */
#define FOR_SEAT                                                                                 \
	{.name = "seat",                                                                         \
	    .label = "For the seat",                                                             \
	    .help = "The secretariat says for whom it enters this from the floor.",              \
	    .type = FIELD_REF,                                                                   \
	    .of = "seat"},                                                                       \
	    {.name = "for_seat", .label = "Seat", .type = FIELD_INT, .flags = FIELD_GIVEN},      \
	{                                                                                        \
		.name = "party", .label = "Delegation", .type = FIELD_LINE, .flags = FIELD_GIVEN \
	}
#define FILED                                                                                   \
	{.name = "amendment", .label = "Amendment", .type = FIELD_INT, .flags = FIELD_GIVEN},   \
	    {.name = "revision", .label = "Revision", .type = FIELD_INT, .flags = FIELD_GIVEN}, \
	{                                                                                       \
		.name = "ops", .label = "Operations", .type = FIELD_TEXT, .flags = FIELD_GIVEN, \
		.max = 400000                                                                   \
	}

#define FROM_FLOOR                                                                           \
	{                                                                                    \
		.name = "from_floor", .label = "Entered from the floor", .type = FIELD_LINE, \
		.flags = FIELD_GIVEN                                                         \
	}
#define BY_CHAIR                                                                         \
	{                                                                                \
		.name = "by_chair", .label = "Removed by the Chair", .type = FIELD_LINE, \
		.flags = FIELD_GIVEN                                                     \
	}

static const struct field open_fields[] = {
    {.name = "number", .label = "Number", .type = FIELD_INT, .flags = FIELD_GIVEN},
    {.name = "title", .label = "Title", .type = FIELD_LINE, .flags = FIELD_REQUIRED},
    {.name = "symbol",
        .label = "Symbol",
        .help = "Of its first revision, for example WGEC/2018/CRP.2; the next ones get /Rev.1, "
                "/Rev.2 ...",
        .type = FIELD_LINE},
    {.name = "lang", .label = "Language", .type = FIELD_LANG, .flags = FIELD_REQUIRED},
    {.name = "text",
        .label = "Text",
        .help = "Leave a blank line between paragraphs. A line that begins with # and a space is "
                "a heading, with ## one of the second level.",
        .type = FIELD_BLOCKS,
        .flags = FIELD_REQUIRED},
};

static const struct field amend_fields[] = {
    DRAFT_REF,
    PARAGRAPH,
    FILED,
    {.name = "text",
        .label = "As it should read",
        .help = "Change the words of the paragraph; only what you change becomes the amendment.",
        .type = FIELD_TEXT,
        .flags = FIELD_REQUIRED},
    REASON,
    FOR_SEAT,
};

static const struct field restate_fields[] = {
    DRAFT_REF,
    AMENDMENT_REF,
    PARAGRAPH,
    {.name = "revision", .label = "Revision", .type = FIELD_INT, .flags = FIELD_GIVEN},
    {.name = "ops", .label = "Operations", .type = FIELD_TEXT, .flags = FIELD_GIVEN, .max = 400000},
    {.name = "text",
        .label = "As it should read",
        .help = "This is how the paragraph reads now. Change what your delegation still wants "
                "changed.",
        .type = FIELD_TEXT,
        .flags = FIELD_REQUIRED},
    REASON,
    FOR_SEAT,
};

static const struct field insert_fields[] = {
    DRAFT_REF,
    AFTER,
    FILED,
    {.name = "text",
        .label = "New paragraph",
        .help = "Leave a blank line between paragraphs.",
        .type = FIELD_BLOCKS,
        .flags = FIELD_REQUIRED},
    REASON,
    FOR_SEAT,
};

static const struct field delete_fields[] = {DRAFT_REF, PARAGRAPH, FILED, REASON, FOR_SEAT};
static const struct field move_fields[] = {DRAFT_REF, PARAGRAPH, FILED, AFTER, REASON, FOR_SEAT};
static const struct field join_fields[] = {DRAFT_REF, PARAGRAPH, FILED, REASON, FOR_SEAT};

static const struct field split_fields[] = {
    DRAFT_REF,
    PARAGRAPH,
    FILED,
    {.name = "text",
        .label = "The paragraph",
        .help = "Put an empty line where the second half is to begin.",
        .type = FIELD_TEXT,
        .flags = FIELD_REQUIRED},
    REASON,
    FOR_SEAT,
};

static const struct field stand_fields[] = {DRAFT_REF, AMENDMENT_REF, FOR_SEAT};
static const struct field withdraw_fields[] = {DRAFT_REF, AMENDMENT_REF, REASON, FOR_SEAT};

static const struct choice stances[] = {
    {"support", "Support the amendment"},
    {"retain", "Retain the text as it is"},
    {"delete", "Delete: neither the text nor the amendment"},
    {"reserve", "Reserve the position"},
    {"object", "Object to the amendment"},
    {"none", "Remove the stance"},
    {NULL, NULL},
};

static const struct field stance_fields[] = {
    DRAFT_REF,
    AMENDMENT_REF,
    {.name = "stance",
        .label = "Stance",
        .type = FIELD_CHOICE,
        .flags = FIELD_REQUIRED,
        .choices = stances},
    {.name = "note",
        .label = "Note",
        .help = "Shown beside the stance. The Chair says here why one is removed.",
        .type = FIELD_LINE,
        .max = 500},
    FROM_FLOOR,
    BY_CHAIR,
    FOR_SEAT,
};

static const struct choice text_stances[] = {
    {"retain", "Retain these words"},
    {"delete", "Delete these words"},
    {"reserve", "Reserve the position"},
    {"object", "Object to these words"},
    {NULL, NULL},
};

static const struct field stand_on_fields[] = {
    DRAFT_REF,
    PARAGRAPH,
    {.name = "words",
        .label = "Words",
        .help = "As they stand in the paragraph, once. Leave empty for the whole paragraph.",
        .type = FIELD_TEXT,
        .max = 20000},
    {.name = "stance",
        .label = "Stance",
        .type = FIELD_CHOICE,
        .flags = FIELD_REQUIRED,
        .choices = text_stances},
    {.name = "note", .label = "Note", .type = FIELD_LINE, .max = 500},
    {.name = "number", .label = "Number", .type = FIELD_INT, .flags = FIELD_GIVEN},
    {.name = "revision", .label = "Revision", .type = FIELD_INT, .flags = FIELD_GIVEN},
    {.name = "ops", .label = "Operations", .type = FIELD_TEXT, .flags = FIELD_GIVEN, .max = 400000},
    FROM_FLOOR,
    FOR_SEAT,
};

static const struct field unstand_fields[] = {
    DRAFT_REF,
    {.name = "stance",
        .label = "Stance on the text",
        .help = "Its number on the page of the draft.",
        .type = FIELD_INT,
        .flags = FIELD_REQUIRED,
        .min = 1},
    {.name = "reason",
        .label = "Reason",
        .help = "The Chair says why, and when the delegation was given notice.",
        .type = FIELD_LINE,
        .max = 500},
    BY_CHAIR,
    {.name = "for_seat", .label = "Seat", .type = FIELD_INT, .flags = FIELD_GIVEN},
    {.name = "party", .label = "Delegation", .type = FIELD_LINE, .flags = FIELD_GIVEN},
};

static const struct field accept_fields[] = {
    DRAFT_REF,
    {.name = "amendments",
        .label = "Amendments",
        .help = "Those that are accepted. All others are carried over to the new revision.",
        .type = FIELD_REFS,
        .max = 2000,
        .of = "draft_amendment"},
    {.name = "uncontested",
        .label = "All that are uncontested",
        .help = "Nobody has a stance against them, and no other amendment does.",
        .type = FIELD_BOOL},
    {.name = "reason", .label = "The Chair's words", .type = FIELD_TEXT, .max = 2000},
    {.name = "revision", .label = "Revision", .type = FIELD_INT, .flags = FIELD_GIVEN},
    {.name = "symbol", .label = "Symbol", .type = FIELD_LINE, .flags = FIELD_GIVEN},
    {.name = "accepted",
        .label = "Accepted",
        .type = FIELD_REFS,
        .flags = FIELD_GIVEN,
        .max = 2000,
        .of = "draft_amendment"},
    {.name = "text", .label = "Text", .type = FIELD_BLOCKS, .flags = FIELD_GIVEN},
};

static const struct field decline_fields[] = {
    DRAFT_REF,
    AMENDMENT_REF,
    {.name = "reason", .label = "Reason", .type = FIELD_TEXT, .flags = FIELD_REQUIRED, .max = 2000},
};

#define PAGE      "/g/{group}/drafts/{draft}"
#define AMENDMENT "/g/{group}/drafts/{draft}/amendments/{amendment}"
#define FILERS    (ROLE_MEMBER | ROLE_OFFICE)

static const struct command rows[] = {
    {.name = "draft.open",
        .title = "Put a draft before the group",
        .help = "A text to be negotiated, paragraph by paragraph. It is published at once.",
        .said = "put draft {number} before the group: {title}",
        .after = "/g/{group}/drafts/{number}",
        .may = ROLE_OFFICE,
        COMMAND_FIELDS(open_fields),
        .decide = draft_decide_open,
        .fold = draft_fold_open},
    {.name = "draft.amend",
        .title = "Amend a paragraph",
        .help = "Edit the paragraph as it should read. Others see what you add and take out.",
        .said = "{party} tabled amendment {amendment} to paragraph {paragraph} of draft {draft}",
        .after = AMENDMENT,
        .may = FILERS,
        COMMAND_FIELDS(amend_fields),
        .decide = draft_decide_amend,
        .fold = draft_fold_file},
    {.name = "draft.insert",
        .title = "Propose a new paragraph",
        .help = "It is shown in brackets until the group accepts it.",
        .said = "{party} tabled amendment {amendment} to draft {draft}: a new paragraph",
        .after = AMENDMENT,
        .may = FILERS,
        COMMAND_FIELDS(insert_fields),
        .decide = draft_decide_insert,
        .fold = draft_fold_file},
    {.name = "draft.delete",
        .title = "Propose to delete a paragraph",
        .help = "The paragraph goes in brackets until the group decides.",
        .said = "{party} tabled amendment {amendment} to draft {draft}: to delete paragraph "
                "{paragraph}",
        .after = AMENDMENT,
        .may = FILERS,
        COMMAND_FIELDS(delete_fields),
        .decide = draft_decide_delete,
        .fold = draft_fold_file},
    {.name = "draft.move",
        .title = "Propose to move a paragraph",
        .help = "Its words, and amendments to them, move along.",
        .said = "{party} tabled amendment {amendment} to draft {draft}: to move paragraph "
                "{paragraph}",
        .after = AMENDMENT,
        .may = FILERS,
        COMMAND_FIELDS(move_fields),
        .decide = draft_decide_move,
        .fold = draft_fold_file},
    {.name = "draft.split",
        .title = "Propose to split a paragraph",
        .help = "The first half keeps its number, the second gets the next one with bis.",
        .said = "{party} tabled amendment {amendment} to draft {draft}: to split paragraph "
                "{paragraph}",
        .after = AMENDMENT,
        .may = FILERS,
        COMMAND_FIELDS(split_fields),
        .decide = draft_decide_split,
        .fold = draft_fold_file},
    {.name = "draft.join",
        .title = "Propose to join a paragraph with the next",
        .help = "The number of the next one stays known and leads here.",
        .said = "{party} tabled amendment {amendment} to draft {draft}: to join paragraph "
                "{paragraph} with the next",
        .after = AMENDMENT,
        .may = FILERS,
        COMMAND_FIELDS(join_fields),
        .decide = draft_decide_join,
        .fold = draft_fold_file},
    {.name = "draft.restate",
        .title = "Say what remains of an amendment",
        .help = "Another amendment was accepted where yours stood. It keeps its number and its "
                "sponsors, and comes before the group again in the words that you give it now.",
        .said = "{party} said what remains of amendment {amendment} to draft {draft}",
        .after = AMENDMENT,
        .may = FILERS,
        COMMAND_FIELDS(restate_fields),
        .decide = draft_decide_restate,
        .fold = draft_fold_restate},
    {.name = "draft.cosponsor",
        .title = "Co-sponsor an amendment",
        .help = "Your delegation stands behind it with the others.",
        .said = "{party} co-sponsors amendment {amendment} to draft {draft}",
        .after = AMENDMENT,
        .may = FILERS,
        COMMAND_FIELDS(stand_fields),
        .decide = draft_decide_cosponsor,
        .fold = draft_fold_cosponsor},
    {.name = "draft.leave",
        .title = "Leave the sponsors of an amendment",
        .help = "The others keep it before the group.",
        .said = "{party} left the sponsors of amendment {amendment} to draft {draft}",
        .after = AMENDMENT,
        .may = FILERS,
        COMMAND_FIELDS(stand_fields),
        .decide = draft_decide_leave,
        .fold = draft_fold_leave},
    {.name = "draft.withdraw",
        .title = "Withdraw an amendment",
        .help = "It stays in the record and is no longer before the group.",
        .said = "{party} withdrew amendment {amendment} to draft {draft}",
        .after = AMENDMENT,
        .may = FILERS,
        COMMAND_FIELDS(withdraw_fields),
        .decide = draft_decide_withdraw,
        .fold = draft_fold_withdraw},
    {.name = "draft.stance",
        .title = "Take a stance on an amendment",
        .help = "One stance of each delegation; a new one takes its place.",
        .said = "{party} on amendment {amendment} to draft {draft}: {stance}",
        .after = AMENDMENT,
        .may = FILERS,
        COMMAND_FIELDS(stance_fields),
        .decide = draft_decide_stance,
        .fold = draft_fold_stance},
    {.name = "draft.stand_on_text",
        .title = "Take a stance on words of the text",
        .help = "The words go in brackets with the name of your delegation. The stance is carried "
                "over to the next revision as long as its words stand there.",
        .said = "{party} on words of paragraph {paragraph} of draft {draft}: {stance}",
        .after = PAGE,
        .may = FILERS,
        COMMAND_FIELDS(stand_on_fields),
        .decide = draft_decide_stand,
        .fold = draft_fold_stand},
    {.name = "draft.remove_stance",
        .title = "Remove a stance on the text",
        .help = "Only the delegation itself does, or the Chair with notice, for a reason that is "
                "shown.",
        .said = "removed stance {stance} of {party} on the text of draft {draft}",
        .after = PAGE,
        .may = FILERS,
        COMMAND_FIELDS(unstand_fields),
        .decide = draft_decide_unstand,
        .fold = draft_fold_unstand},
    {.name = "draft.accept",
        .title = "Accept amendments",
        .help = "A new revision is issued. What is not accepted is carried over, and its sponsors "
                "learn how it stands.",
        .said = "accepted amendments {accepted}; draft {draft} is now revision {revision}",
        .after = PAGE,
        .may = ROLE_CHAIR,
        .flags = COMMAND_FORMAL,
        COMMAND_FIELDS(accept_fields),
        .decide = draft_decide_accept,
        .fold = draft_fold_accept},
    {.name = "draft.decline",
        .title = "Do not accept an amendment",
        .help = "It stays in the record with the reason.",
        .said = "amendment {amendment} to draft {draft} was not accepted: {reason}",
        .after = AMENDMENT,
        .may = ROLE_CHAIR,
        COMMAND_FIELDS(decline_fields),
        .decide = draft_decide_decline,
        .fold = draft_fold_decline},
};

const struct room_commands draft_commands = {
    .rows = rows, .n = sizeof rows / sizeof rows[0], .state_size = sizeof(struct draft_state)};
