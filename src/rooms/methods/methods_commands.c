/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "engine/room.h"
#include "rooms/methods/methods_rules.h"

#include "base/poison.h"

static const struct choice presets[] = {
    {"un_consensus", "United Nations practice: consensus is the absence of a formal objection"},
    {"gnso", "GNSO working group: the Chair designates the level of consensus"},
    {"ietf", "IETF working group: rough consensus, every issue is addressed"},
    {0},
};

static const struct choice who[] = {
    {"members", "Members"},
    {"members_observers", "Members and observers"},
    {"anyone", "Anyone"},
    {0},
};

static const struct choice observers[] = {
    {"silent", "Observers do not speak"},
    {"after_members", "After the members"},
    {"equally", "In the order of the list, as members do"},
    {0},
};

static const struct choice yes_no[] = {{"yes", "Yes"}, {"no", "No"}, {0}};

#define PRESET_HELP "Left empty, the value of the preset applies."

static const struct field draft_fields[] = {
    {"number", "Version", NULL, FIELD_INT, FIELD_GIVEN},
    {"title", "Title", NULL, FIELD_LINE, FIELD_REQUIRED},
    {"text", "Text of the methods of work", NULL, FIELD_BLOCKS, FIELD_REQUIRED},
    {"preset", "Practice to follow", "It gives every setting below that is left empty its value.",
        FIELD_CHOICE, FIELD_REQUIRED, .choices = presets},
    {"quorum_percent", "Quorum, percent of the filled seats",
        "The share of the seats that must be present for a decision; 0 for no quorum. " PRESET_HELP,
        FIELD_INT, 0, 0, 100},
    {"may_propose", "Who may make proposals", PRESET_HELP, FIELD_CHOICE, .choices = who},
    {"may_amend", "Who may propose amendments", PRESET_HELP, FIELD_CHOICE, .choices = who},
    {"may_break_silence", "Who may break silence", PRESET_HELP, FIELD_CHOICE, .choices = who},
    {"silence_hours", "A silence procedure runs at least, hours",
        "0 if the group does not use it. " PRESET_HELP, FIELD_INT, 0, 0, 2160},
    {"readings", "Readings before adoption", PRESET_HELP, FIELD_INT, 0, 1, 9},
    {"deadline_days", "Documents before a meeting, days",
        "How long before a meeting its documents are issued. " PRESET_HELP, FIELD_INT, 0, 0, 365},
    {"speaking_minutes", "Speaking time, minutes", "0 for no limit. " PRESET_HELP, FIELD_INT, 0, 0,
        120},
    {"rights_of_reply", "Rights of reply",
        "Of each delegation on one list of speakers; 0 for none. " PRESET_HELP, FIELD_INT, 0, 0, 9},
    {"reply_minutes", "The first right of reply, minutes", "0 for no limit. " PRESET_HELP,
        FIELD_INT, 0, 0, 120},
    {"second_reply_minutes", "Further rights of reply, minutes", "0 for no limit. " PRESET_HELP,
        FIELD_INT, 0, 0, 120},
    {"correction_days", "Corrections of the transcript, days",
        "How long those who spoke may ask for one. " PRESET_HELP, FIELD_INT, 0, 1, 365},
    {"observers_speak", "When observers speak", PRESET_HELP, FIELD_CHOICE, .choices = observers},
    {"informals_public", "Informal sittings are public",
        "If not, they leave a Chair's summary and no transcript. " PRESET_HELP, FIELD_CHOICE,
        .choices = yes_no},
    {"list_non_consensus", "The report lists proposals that found no consensus",
        "The record keeps every proposal in any case. " PRESET_HELP, FIELD_CHOICE,
        .choices = yes_no},
    {"languages", "Languages", "Of ar, en, es, fr, ru, zh. " PRESET_HELP, FIELD_LINES, 0, 0, 6},
};

static const struct field adopt_fields[] = {
    {"number", "Version", NULL, FIELD_REF, FIELD_REQUIRED, .of = "methods"},
    {"meeting", "Adopted at", "The meeting that adopted them; empty if it was done in writing.",
        FIELD_REF, .of = "meeting"},
    {"words", "The Chair's words", "For example: if I hear no objection, it is so decided.",
        FIELD_TEXT, .max = 2000},
};

static const struct command rows[] = {
    {
        .name = "methods.draft",
        .title = "Draft methods of work",
        .help = "Write the methods of work that the group is to adopt: the text, and the settings "
                "that Comity applies once they are adopted.",
        .said = "drafted version {number} of the methods of work: {title}",
        .after = "/g/{group}/methods",
        .may = ROLE_OFFICE | ROLE_MEMBER,
        COMMAND_FIELDS(draft_fields),
        .decide = methods_decide_draft,
        .fold = methods_fold_draft,
    },
    {
        .name = "methods.adopt",
        .title = "Adopt methods of work",
        .help = "Declare that the group has adopted this version. It applies to what is begun from "
                "now on and never acts back.",
        .said = "declared version {number} of the methods of work adopted",
        .after = "/g/{group}/methods",
        .may = ROLE_CHAIR,
        .flags = COMMAND_FORMAL,
        COMMAND_FIELDS(adopt_fields),
        .decide = methods_decide_adopt,
        .fold = methods_fold_adopt,
    },
};

const struct room_commands methods_commands = {
    .rows = rows,
    .n = sizeof rows / sizeof rows[0],
    .state_size = sizeof(struct methods_state),
};
