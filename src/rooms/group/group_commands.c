/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "engine/room.h"
#include "rooms/group/group_rules.h"

#include "base/poison.h"

static const struct field create_fields[] = {
    {"slug", "Address", "Small letters, digits and hyphens; it never changes, such as wgec-2016.",
        FIELD_LINE, FIELD_REQUIRED, .max = 60},
    {"title", "Name of the group", NULL, FIELD_LINE, FIELD_REQUIRED},
    {"number", .type = FIELD_INT, .flags = FIELD_GIVEN},
};

static const struct field found_fields[] = {
    {"title", "Name of the group", NULL, FIELD_LINE, FIELD_REQUIRED},
    {"short_title", "Short name", "It begins the symbols of documents, such as WGEC.", FIELD_LINE,
        FIELD_REQUIRED, .max = 20},
    {"place", "Seat of the secretariat", NULL, FIELD_LINE, FIELD_REQUIRED},
    {"zone", "Time zone of the secretariat", "Area/City, such as Europe/Zurich.", FIELD_ZONE,
        FIELD_REQUIRED},
    {"description", "In one or two sentences, what the group is for", NULL, FIELD_TEXT, 0,
        .max = 1000},
};

static const struct field announce_fields[] = {
    {"title", "Headline", NULL, FIELD_LINE, FIELD_REQUIRED},
    {"text", "Text", "What happens, when, and what people should do.", FIELD_TEXT, FIELD_REQUIRED},
    {"number", .type = FIELD_INT, .flags = FIELD_GIVEN},
};

static const struct command rows[] = {
    {
        .name = "group.create",
        .title = "Create a group",
        .help = "Opens the log of a new working group under an address of its own.",
        .said = "created the group {title}",
        .after = "/g/{slug}",
        .may = ROLE_ADMIN | ROLE_SYSTEM,
        .flags = COMMAND_SITE,
        COMMAND_FIELDS(create_fields),
        .decide = group_create_decide,
        .fold = group_create_fold,
    },
    {
        .name = "group.found",
        .title = "Found the group",
        .help = "The first entry of a group's log: its name and its seat.",
        .said = "founded the group {title}",
        .after = "/g/{group}",
        .may = ROLE_ADMIN | ROLE_SYSTEM,
        COMMAND_FIELDS(found_fields),
        .decide = group_found_decide,
        .fold = group_found_fold,
    },
    {
        .name = "group.announce",
        .title = "Announce",
        .help = "Publishes an announcement on the page of the group.",
        .said = "announced: {title}",
        .after = "/g/{group}",
        .may = ROLE_OFFICE,
        COMMAND_FIELDS(announce_fields),
        .decide = group_announce_decide,
        .fold = group_announce_fold,
    },
};

const struct room_commands group_commands = {
    .rows = rows,
    .n = sizeof rows / sizeof rows[0],
    .state_size = sizeof(struct group_state),
};
