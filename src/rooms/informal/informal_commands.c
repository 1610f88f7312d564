/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The commands of the room informal. */
#include "engine/room.h"
#include "rooms/informal/informal_rules.h"

#include "base/poison.h"

#define GIVEN(n, l, t)                                                        \
	{                                                                     \
		.name = (n), .label = (l), .type = (t), .flags = FIELD_GIVEN, \
	}
#define SESSION                                                                             \
	{                                                                                   \
		.name = "session", .label = "Session", .type = FIELD_REF, .of = "informal", \
		.flags = FIELD_REQUIRED                                                     \
	}
#define OF_SESSION \
	SESSION, GIVEN("draft", "Draft", FIELD_INT), GIVEN("shown", "Paragraph", FIELD_LINE)

static const struct field open_fields[] = {
    {.name = "draft", .label = "Draft", .type = FIELD_REF, .flags = FIELD_REQUIRED, .of = "draft"},
    {.name = "paragraph",
        .label = "Paragraph",
        .type = FIELD_LINE,
        .flags = FIELD_REQUIRED,
        .of = "draft_paragraph"},
    {.name = "title",
        .label = "What it is about",
        .help = "For example: the drafting group on scope.",
        .type = FIELD_LINE},
    {.name = "meeting", .label = "Meeting", .type = FIELD_REF, .of = "meeting"},
    GIVEN("session", "Session", FIELD_INT),
    GIVEN("shown", "Paragraph", FIELD_LINE),
    GIVEN("revision", "Revision", FIELD_INT),
    GIVEN("editor", "Who edits", FIELD_ACTOR),
};

static const struct field hand_over_fields[] = {
    OF_SESSION,
    {.name = "to", .label = "Who edits from now on", .type = FIELD_ACTOR, .flags = FIELD_REQUIRED},
};

static const struct field result_fields[] = {
    OF_SESSION,
    GIVEN("paragraph", "Paragraph", FIELD_LINE),
    GIVEN("amendment", "Amendment", FIELD_INT),
    GIVEN("revision", "Revision", FIELD_INT),
    {.name = "ops", .label = "Operations", .type = FIELD_TEXT, .flags = FIELD_GIVEN, .max = 400000},
    {.name = "text",
        .label = "As it should read",
        .help = "Everyone sees what is typed here. It comes before the group when it is sent.",
        .type = FIELD_TEXT,
        .flags = FIELD_REQUIRED},
    {.name = "reason",
        .label = "Reason",
        .help = "What the informal drafting came to, and what it leaves open.",
        .type = FIELD_TEXT,
        .max = 2000},
    GIVEN("for_seat", "Seat", FIELD_INT),
    GIVEN("party", "Delegation", FIELD_LINE),
};

static const struct field close_fields[] = {
    OF_SESSION,
    {.name = "reason",
        .label = "Reason",
        .help = "Why it ends without a result.",
        .type = FIELD_TEXT,
        .flags = FIELD_REQUIRED,
        .max = 2000},
};

#define PAGE "/g/{group}/informal/{session}"
/* Whoever edits is somebody of the group; the rules ask whether it is this one. */

static const struct command rows[] = {
    {.name = "informal.open",
        .title = "Open a paragraph for live drafting",
        .help = "You edit the paragraph, and everyone sees it while you type. What is typed is not "
                "in the record; what comes of it is, as a proposal of the facilitator.",
        .said = "opened informal drafting {session} on paragraph {shown} of draft {draft}",
        .after = PAGE,
        .may = ROLE_PARTICIPANT | ROLE_OFFICE,
        COMMAND_FIELDS(open_fields),
        .decide = informal_decide_open,
        .fold = informal_fold_open},
    {.name = "informal.hand_over",
        .title = "Hand over the paragraph",
        .help = "Another person edits it from now on.",
        .said = "handed over paragraph {shown} of draft {draft} in informal drafting {session} to "
                "{to}",
        .after = PAGE,
        .may = ROLE_PARTICIPANT | ROLE_OFFICE,
        COMMAND_FIELDS(hand_over_fields),
        .decide = informal_decide_hand_over,
        .fold = informal_fold_hand_over},
    {.name = "informal.result",
        .title = "Return the result to the plenary",
        .help = "It becomes an amendment to the draft, as a proposal of the facilitator, and the "
                "session ends.",
        .said = "returned paragraph {shown} of draft {draft} from informal drafting {session} as "
                "amendment {amendment}, a proposal of the facilitator",
        .after = PAGE,
        .may = ROLE_PARTICIPANT | ROLE_OFFICE,
        COMMAND_FIELDS(result_fields),
        .decide = informal_decide_result,
        .fold = informal_fold_result},
    {.name = "informal.close",
        .title = "Close without a result",
        .help = "The paragraph stays as it is. The reason stands in the record.",
        .said =
            "closed informal drafting {session} on paragraph {shown} of draft {draft} without a "
            "result: {reason}",
        .after = PAGE,
        .may = ROLE_PARTICIPANT | ROLE_OFFICE,
        COMMAND_FIELDS(close_fields),
        .decide = informal_decide_close,
        .fold = informal_fold_close},
};

const struct room_commands informal_commands = {
    .rows = rows, .n = sizeof rows / sizeof rows[0], .state_size = sizeof(struct informal_state)};
