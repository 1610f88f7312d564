/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The commands of the room minutes. */
#include "engine/room.h"
#include "rooms/minutes/minutes_rules.h"

#include "base/poison.h"

static const struct field file_fields[] = {
    {.name = "draft", .label = "Draft", .type = FIELD_INT, .flags = FIELD_GIVEN},
    {.name = "meeting",
        .label = "Meeting",
        .type = FIELD_REF,
        .flags = FIELD_REQUIRED,
        .of = "meeting"},
    {.name = "text",
        .label = "Draft of the summary",
        .help = "As the record has assembled it, in Markdown; change it as you see fit. Only the "
                "Chair and the secretariat read it until it is published as a summary.",
        .type = FIELD_BLOCKS,
        .flags = FIELD_REQUIRED | FIELD_HELD},
};

static const struct command rows[] = {
    {
        .name = "minutes.file",
        .title = "File a draft of the Chair's summary",
        .help = "Keeps a draft for the Chair to edit. Every earlier draft stays readable. It is "
                "published as a summary by an act of its own.",
        .said = "filed draft {draft} of a Chair's summary of meeting {meeting}",
        .after = "/g/{group}/meetings/{meeting}/summary-draft",
        .may = ROLE_OFFICE,
        .flags = COMMAND_QUIET,
        COMMAND_FIELDS(file_fields),
        .decide = minutes_decide_file,
        .fold = minutes_fold_file,
    },
};

const struct room_commands minutes_commands = {
    .rows = rows,
    .n = sizeof rows / sizeof rows[0],
    .state_size = sizeof(struct minutes_state),
};
