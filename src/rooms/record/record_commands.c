/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "engine/room.h"
#include "rooms/record/record_rules.h"

#include "base/poison.h"

static const struct choice grounds[] = {
    {"art17", "A person asks for it (GDPR, article 17)"},
    {"court", "A court orders it"},
    {"third-party", "It holds what belongs to somebody else"},
    {"safety", "It endangers somebody"},
    {"error", "It was published by mistake"},
    {NULL, NULL},
};

/* The first four are what the log itself reads: see record/log.h, log_erasure_parse. */
static const struct field erase_fields[] = {
    {"seq", "Entry", "The number of the entry that holds it.", FIELD_INT, FIELD_REQUIRED, .min = 0},
    {"part", "Part of the entry", "Counted from 0, as the page of the entry shows them.", FIELD_INT,
        FIELD_REQUIRED, .min = 0, .max = 63},
    {"block", "Paragraph", "Of a text: only this paragraph, counted from 0. Empty: the whole part.",
        FIELD_INT, 0, .min = 0, .max = 65535},
    {"ground", "Ground", NULL, FIELD_CHOICE, FIELD_REQUIRED, .choices = grounds},
};

static const struct command rows[] = {
    {
        .name = "part.erase",
        .title = "Erase a part of an entry",
        .help = "Deletes a text, a file or a name for ever. The entry, its number and its hash "
                "remain, and this act "
                "itself is an entry that everyone can see.",
        .said = "erased part {part} of entry {seq}: {ground}",
        .after = "/g/{group}/record/{seq}",
        .may = ROLE_SECRETARIAT | ROLE_ADMIN,
        COMMAND_FIELDS(erase_fields),
        .decide = record_erase_decide,
    },
};

const struct room_commands record_commands = {.rows = rows, .n = sizeof rows / sizeof rows[0]};
