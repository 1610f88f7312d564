/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The commands of the room screen. */
#include "engine/room.h"
#include "rooms/screen/screen_rules.h"

#include "base/poison.h"

#define MEETING                                                                                    \
	{                                                                                          \
		.name = "meeting", .label = "Meeting", .type = FIELD_REF, .flags = FIELD_REQUIRED, \
		.of = "meeting"                                                                    \
	}
#define GIVEN(n, l, t)                                                        \
	{                                                                     \
		.name = (n), .label = (l), .type = (t), .flags = FIELD_GIVEN, \
	}

static const struct field show_fields[] = {
    MEETING,
    {.name = "draft", .label = "Draft", .type = FIELD_REF, .flags = FIELD_REQUIRED, .of = "draft"},
    {.name = "paragraph",
        .label = "Paragraph",
        .type = FIELD_LINE,
        .flags = FIELD_REQUIRED,
        .of = "draft_paragraph"},
    GIVEN("shown", "Paragraph", FIELD_LINE),
    GIVEN("revision", "Revision", FIELD_INT),
};

static const struct field clear_fields[] = {MEETING};

#define PAGE "/g/{group}/meetings/{meeting}/live"

static const struct command rows[] = {
    {.name = "screen.show",
        .title = "Put a paragraph on the screen",
        .help = "Everyone who follows the meeting has it before them, in the room and elsewhere. "
                "When the draft is revised, its new words are shown.",
        .said = "put paragraph {shown} of draft {draft} on the screen of meeting {meeting}",
        .after = PAGE,
        .may = ROLE_OFFICE,
        .flags = COMMAND_QUIET,
        COMMAND_FIELDS(show_fields),
        .decide = screen_decide_show,
        .fold = screen_fold_show},
    {.name = "screen.clear",
        .title = "Take the paragraph off the screen",
        .help = "Nothing is on the screen until something else is put there.",
        .said = "took the paragraph off the screen of meeting {meeting}",
        .after = PAGE,
        .may = ROLE_OFFICE,
        .flags = COMMAND_QUIET,
        COMMAND_FIELDS(clear_fields),
        .decide = screen_decide_clear,
        .fold = screen_fold_clear},
};

const struct room_commands screen_commands = {
    .rows = rows, .n = sizeof rows / sizeof rows[0], .state_size = sizeof(struct screen_state)};
