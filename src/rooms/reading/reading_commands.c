/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The commands of the room reading. */
#include "engine/room.h"
#include "rooms/reading/reading_rules.h"

#include "base/poison.h"

#define DRAFT_REF                                                                              \
	{                                                                                      \
		.name = "draft", .label = "Draft", .type = FIELD_REF, .flags = FIELD_REQUIRED, \
		.of = "draft"                                                                  \
	}
#define GIVEN(n, l, t)                                                        \
	{                                                                     \
		.name = (n), .label = (l), .type = (t), .flags = FIELD_GIVEN, \
	}
#define READING GIVEN("reading", "Reading", FIELD_INT)
#define WHICH   GIVEN("which", "Which reading", FIELD_LINE)
#define SHOWN   GIVEN("shown", "Paragraph", FIELD_LINE)
#define IDS                                                                       \
	{                                                                         \
		.name = "paragraphs", .label = "Paragraphs", .type = FIELD_LINES, \
		.flags = FIELD_GIVEN, .max = 100000                               \
	}
#define PARAGRAPH                                                              \
	{                                                                      \
		.name = "paragraph", .label = "Paragraph", .type = FIELD_LINE, \
		.flags = FIELD_REQUIRED, .of = "draft_paragraph"               \
	}
#define UP_TO                                                                 \
	{                                                                     \
		.name = "up_to", .label = "Up to paragraph",                  \
		.help = "Leave empty for one paragraph.", .type = FIELD_LINE, \
		.of = "draft_paragraph"                                       \
	}
#define RUN READING, PARAGRAPH, UP_TO, IDS, SHOWN
#define WORDS(l)                                                               \
	{                                                                      \
		.name = "words", .label = (l), .type = FIELD_TEXT, .max = 2000 \
	}
#define RULING                                                                                   \
	{                                                                                        \
		.name = "ruling", .label = "The Chair's ruling",                                 \
		.help =                                                                          \
		    "Needed only when amendments to the paragraph are before the group, or a "   \
		    "delegation has a stance against its words: why it is agreed all the same.", \
		.type = FIELD_TEXT, .max = 2000                                                  \
	}
/* What the ruling went over. */
#define OVER                                                                        \
	{.name = "over",                                                            \
	    .label = "Amendments that were before the group",                       \
	    .type = FIELD_REFS,                                                     \
	    .flags = FIELD_GIVEN,                                                   \
	    .max = 2000,                                                            \
	    .of = "draft_amendment"},                                               \
	{                                                                           \
		.name = "against", .label = "Delegations with a stance against it", \
		.type = FIELD_LINES, .flags = FIELD_GIVEN, .max = 20000             \
	}
/* Whom the act is for, as in the room draft. */
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
/* The text as it stands: what a reading begins or ends with. */
#define BASE                                                                             \
	GIVEN("revision", "Revision", FIELD_INT), GIVEN("symbol", "Symbol", FIELD_LINE), \
	    GIVEN("base", "Hash of the text (SHA-256)", FIELD_LINE)

static const struct field open_fields[] = {
    DRAFT_REF,
    READING,
    WHICH,
    GIVEN("last", "The last one foreseen", FIELD_BOOL),
    BASE,
    WORDS("The Chair's words"),
};
static const struct field proceed_fields[] = {DRAFT_REF, READING, WORDS("The Chair's words")};
static const struct field close_fields[] = {
    DRAFT_REF,
    READING,
    WHICH,
    BASE,
    {.name = "statuses",
        .label = "How each paragraph stands",
        .type = FIELD_LINES,
        .flags = FIELD_GIVEN,
        .max = 100000},
    WORDS("The Chair's words"),
};
static const struct field comment_fields[] = {
    DRAFT_REF,
    READING,
    GIVEN("comment", "Comment", FIELD_INT),
    {.name = "text",
        .label = "General comment",
        .help = "On the text as a whole. What concerns a paragraph is said when it is reached.",
        .type = FIELD_TEXT,
        .flags = FIELD_REQUIRED},
    FOR_SEAT,
};

static const struct choice yes_no[] = {
    {"yes", "Yes: until adoption every agreement is provisional"},
    {"no", "No: what is agreed is agreed"},
    {NULL, NULL},
};
static const struct field provisional_fields[] = {
    DRAFT_REF,
    {.name = "applies",
        .label = "Nothing is agreed until everything is agreed",
        .type = FIELD_CHOICE,
        .flags = FIELD_REQUIRED,
        .choices = yes_no},
    WORDS("The Chair's words"),
};

static const struct field take_up_fields[] = {DRAFT_REF, RUN};

static const struct choice reasons[] = {
    {"not_agreed", "It is not agreed"},
    {"alternatives", "There are alternatives"},
    {"revisit", "The group comes back to it"},
    {"elsewhere", "It depends on what is negotiated elsewhere"},
    {NULL, NULL},
};
static const struct field bracket_fields[] = {
    DRAFT_REF,
    RUN,
    {.name = "why",
        .label = "Why it is in brackets",
        .type = FIELD_CHOICE,
        .flags = FIELD_REQUIRED,
        .choices = reasons},
    WORDS("Note"),
};

static const struct field agree_fields[] = {
    DRAFT_REF,
    RUN,
    WORDS("The Chair's words"),
    RULING,
    OVER,
};

static const struct field ad_ref_fields[] = {
    DRAFT_REF,
    READING,
    PARAGRAPH,
    SHOWN,
    GIVEN("ad_ref", "Agreement ad referendum", FIELD_INT),
    {.name = "seats",
        .label = "Who must confirm",
        .help = "The seats that have to ask their capital.",
        .type = FIELD_REFS,
        .flags = FIELD_REQUIRED,
        .of = "seat"},
    {.name = "must_confirm",
        .label = "Seats that must confirm",
        .type = FIELD_REFS,
        .flags = FIELD_GIVEN,
        .of = "seat"},
    {.name = "parties", .label = "Their delegations", .type = FIELD_LINES, .flags = FIELD_GIVEN},
    {.name = "until",
        .label = "Until when",
        .help = "Local time in the time zone below. Who has not spoken by then has confirmed.",
        .type = FIELD_TIME,
        .flags = FIELD_REQUIRED,
        .of = "zone"},
    {.name = "zone",
        .label = "Time zone",
        .help = "For example: Europe/Zurich. Empty: the time is typed in UTC.",
        .type = FIELD_ZONE},
    WORDS("The Chair's words"),
    RULING,
    OVER,
};

static const struct field park_fields[] = {
    DRAFT_REF,
    RUN,
    {.name = "with",
        .label = "With whom",
        .help = "A facilitator or a drafting group.",
        .type = FIELD_LINE,
        .flags = FIELD_REQUIRED},
    WORDS("Note"),
};

static const struct field reopen_fields[] = {
    DRAFT_REF,
    READING,
    PARAGRAPH,
    IDS,
    SHOWN,
    GIVEN("ad_ref", "Agreement ad referendum", FIELD_INT),
    {.name = "consent", .label = "The group was asked, and consents", .type = FIELD_BOOL},
    {.name = "words",
        .label = "The group's words",
        .help = "Who asked for it, what was said, and that nobody objected.",
        .type = FIELD_TEXT,
        .flags = FIELD_REQUIRED,
        .max = 2000},
};

#define AD_REF                                                                           \
	{                                                                                \
		.name = "ad_ref", .label = "Agreement ad referendum", .type = FIELD_REF, \
		.flags = FIELD_REQUIRED, .of = "ad_ref"                                  \
	}
#define OF_AD_REF \
	GIVEN("draft", "Draft", FIELD_INT), GIVEN("paragraph", "Paragraph", FIELD_LINE), SHOWN

static const struct field confirm_fields[] = {
    AD_REF, OF_AD_REF, GIVEN("status", "How the paragraph stands then", FIELD_LINE), FOR_SEAT};
static const struct field object_fields[] = {
    AD_REF,
    OF_AD_REF,
    {.name = "reason",
        .label = "What stands against it",
        .type = FIELD_TEXT,
        .flags = FIELD_REQUIRED,
        .max = 2000},
    FOR_SEAT,
};
static const struct field lapse_fields[] = {
    {.name = "number",
        .label = "Agreement ad referendum",
        .type = FIELD_REF,
        .flags = FIELD_REQUIRED,
        .of = "ad_ref"},
    OF_AD_REF,
    {.name = "silent", .label = "Who did not speak", .type = FIELD_LINES, .flags = FIELD_GIVEN},
};

#define PAGE   "/g/{group}/drafts/{draft}/readings/{reading}"
#define FILERS (ROLE_MEMBER | ROLE_OFFICE)

static const struct command rows[] = {
    {.name = "reading.open",
        .title = "Open a reading",
        .help = "The group goes through the draft. The text that the reading begins with is "
                "frozen by its hash.",
        .said = "opened the {which} reading of draft {draft} on revision {revision}",
        .after = PAGE,
        .may = ROLE_CHAIR,
        .flags = COMMAND_FORMAL,
        COMMAND_FIELDS(open_fields),
        .decide = reading_decide_open,
        .fold = reading_fold_open},
    {.name = "reading.comment",
        .title = "Make a general comment",
        .help = "In the first reading, before the group goes on paragraph by paragraph.",
        .said = "{party} commented on draft {draft} as a whole",
        .after = PAGE,
        .may = FILERS,
        COMMAND_FIELDS(comment_fields),
        .decide = reading_decide_comment,
        .fold = reading_fold_comment},
    {.name = "reading.proceed",
        .title = "Go on paragraph by paragraph",
        .help = "General comments have been heard.",
        .said = "went on to read draft {draft} paragraph by paragraph",
        .after = PAGE,
        .may = ROLE_CHAIR,
        COMMAND_FIELDS(proceed_fields),
        .decide = reading_decide_proceed,
        .fold = reading_fold_proceed},
    {.name = "reading.take_up",
        .title = "Take up paragraphs",
        .help = "They are open for discussion. In a run, those that are agreed or open already "
                "are passed over.",
        .said = "took up paragraph {shown} of draft {draft}",
        .after = PAGE,
        .may = ROLE_OFFICE,
        COMMAND_FIELDS(take_up_fields),
        .decide = reading_decide_take_up,
        .fold = reading_fold_take_up},
    {.name = "reading.bracket",
        .title = "Leave paragraphs in brackets",
        .help = "No agreement yet; the group comes back to them in the next reading.",
        .said = "left paragraph {shown} of draft {draft} in brackets: {why}",
        .after = PAGE,
        .may = ROLE_OFFICE,
        COMMAND_FIELDS(bracket_fields),
        .decide = reading_decide_bracket,
        .fold = reading_fold_bracket},
    {.name = "reading.agree",
        .title = "Agree paragraphs",
        .help = "As they stand in the newest revision. In a run, those that are agreed already are "
                "passed over. They are changed only if the group consents to reopen them.",
        .said = "paragraph {shown} of draft {draft} was agreed",
        .after = PAGE,
        .may = ROLE_CHAIR,
        COMMAND_FIELDS(agree_fields),
        .decide = reading_decide_agree,
        .fold = reading_fold_agree},
    {.name = "reading.agree_ad_ref",
        .title = "Agree a paragraph ad referendum",
        .help = "By those present. It is agreed when every seat named here has confirmed, or when "
                "the time has passed; it is open again if one of them objects.",
        .said = "paragraph {shown} of draft {draft} was agreed ad referendum until {until}; to "
                "confirm: {parties}",
        .after = PAGE,
        .may = ROLE_CHAIR,
        COMMAND_FIELDS(ad_ref_fields),
        .decide = reading_decide_agree_ad_ref,
        .fold = reading_fold_agree_ad_ref},
    {.name = "reading.park",
        .title = "Park paragraphs",
        .help = "With a facilitator or a drafting group, until they are taken up again.",
        .said = "parked paragraph {shown} of draft {draft} with {with}",
        .after = PAGE,
        .may = ROLE_OFFICE,
        COMMAND_FIELDS(park_fields),
        .decide = reading_decide_park,
        .fold = reading_fold_park},
    {.name = "reading.reopen",
        .title = "Reopen an agreed paragraph",
        .help = "Only by consent of the group, whose words go into the record.",
        .said = "reopened paragraph {shown} of draft {draft} by consent: {words}",
        .after = PAGE,
        .may = ROLE_CHAIR,
        .flags = COMMAND_FORMAL,
        COMMAND_FIELDS(reopen_fields),
        .decide = reading_decide_reopen,
        .fold = reading_fold_reopen},
    {.name = "reading.confirm",
        .title = "Confirm",
        .help = "Your capital agrees to the paragraph as it stands.",
        .said = "{party} confirmed paragraph {shown} of draft {draft}",
        .after = "/g/{group}/confirmations",
        .may = FILERS,
        COMMAND_FIELDS(confirm_fields),
        .decide = reading_decide_confirm,
        .fold = reading_fold_confirm},
    {.name = "reading.object",
        .title = "Do not confirm",
        .help = "The paragraph is open again.",
        .said = "{party} did not confirm paragraph {shown} of draft {draft}, which is open again: "
                "{reason}",
        .after = "/g/{group}/confirmations",
        .may = FILERS,
        COMMAND_FIELDS(object_fields),
        .decide = reading_decide_object,
        .fold = reading_fold_object},
    {.name = "reading.lapse",
        .title = "The time to confirm has passed",
        .help = "Done by the clock: who has not spoken has confirmed.",
        .said = "paragraph {shown} of draft {draft} counts as agreed: the time to confirm has "
                "passed",
        .after = "/g/{group}/confirmations",
        .may = ROLE_SYSTEM,
        COMMAND_FIELDS(lapse_fields),
        .decide = reading_decide_lapse,
        .fold = reading_fold_lapse},
    {.name = "reading.close",
        .title = "Close the reading",
        .help = "Every paragraph must have been reached. The text is frozen, as the base of the "
                "next reading.",
        .said = "closed the {which} reading of draft {draft} on revision {revision}",
        .after = PAGE,
        .may = ROLE_CHAIR,
        .flags = COMMAND_FORMAL,
        COMMAND_FIELDS(close_fields),
        .decide = reading_decide_close,
        .fold = reading_fold_close},
    {.name = "reading.provisional",
        .title = "Nothing is agreed until everything is agreed",
        .help = "Whether what is agreed stays provisional until the whole text is adopted. It is "
                "shown on every page of the draft.",
        .said = "nothing is agreed until everything is agreed in draft {draft}: {applies}",
        .after = "/g/{group}/drafts/{draft}/readings",
        .may = ROLE_CHAIR,
        COMMAND_FIELDS(provisional_fields),
        .decide = reading_decide_provisional,
        .fold = reading_fold_provisional},
};

const struct room_commands reading_commands = {
    .rows = rows,
    .n = sizeof rows / sizeof rows[0],
    .state_size = sizeof(struct reading_state),
    .due = reading_due,
};
