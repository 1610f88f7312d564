/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The commands about accounts, persons and offices. */
#include "engine/room.h"
#include "rooms/people/people_rules.h"

#include "base/poison.h"

static const struct choice kinds[] = {
    {"delegate", "Delegate (may represent a seat)"},
    {"observer", "Observer"},
    {"secretariat", "Secretariat"},
    {"expert", "Invited expert"},
    {"captioner", "Captioner"},
    {"interpreter", "Interpreter"},
    {0},
};

static const struct choice offices[] = {
    {"secretariat", "Member of the secretariat"},
    {"focal_point", "Focal point of a constituency"},
    {"captioner", "Captioner"},
    {"facilitator", "Facilitator"},
    {0},
};

static const struct field account_fields[] = {
    {.name = "account", .label = "Account", .type = FIELD_ACTOR, .flags = FIELD_GIVEN},
    {.name = "name",
        .label = "Name",
        .help = "As you want to be addressed on your own pages.",
        .type = FIELD_LINE,
        .flags = FIELD_REQUIRED | FIELD_PERSONAL},
    {.name = "email",
        .label = "E-mail address",
        .help = "Links for signing in are sent there. It is never published.",
        .type = FIELD_EMAIL,
        .flags = FIELD_REQUIRED | FIELD_PRIVATE},
};

static const struct field admin_fields[] = {
    {.name = "account",
        .label = "Account",
        .help = "The account that will look after this installation.",
        .type = FIELD_ACTOR,
        .flags = FIELD_REQUIRED,
        .of = "account"},
};

static const struct field add_fields[] = {
    {.name = "person", .label = "Person", .type = FIELD_ACTOR, .flags = FIELD_GIVEN},
    {.name = "name",
        .label = "Name",
        .help = "As it should stand in lists of participants.",
        .type = FIELD_LINE,
        .flags = FIELD_REQUIRED | FIELD_PERSONAL},
    {.name = "title",
        .label = "Function or form of address",
        .help = "For example: Counsellor, Permanent Mission in Geneva.",
        .type = FIELD_LINE,
        .flags = FIELD_PERSONAL},
    {.name = "representing",
        .label = "Representing",
        .help = "The State or organisation that the person speaks for.",
        .type = FIELD_LINE,
        .flags = FIELD_REQUIRED},
    {.name = "kind",
        .label = "Takes part as",
        .type = FIELD_CHOICE,
        .flags = FIELD_REQUIRED,
        .choices = kinds},
    {.name = "email",
        .label = "E-mail address",
        .help = "Whoever signs in with this address acts as this person. It is never published.",
        .type = FIELD_EMAIL,
        .flags = FIELD_PRIVATE},
    {.name = "account",
        .label = "Account",
        .help = "The id of an account of this installation (m_...), if there is one. The e-mail "
                "address alone is enough. It is never published.",
        .type = FIELD_LINE,
        .flags = FIELD_PRIVATE,
        .max = ACTOR_TEXT},
};

static const struct field card_fields[] = {
    {.name = "person", .label = "Person", .type = FIELD_ACTOR, .flags = FIELD_REQUIRED},
    {.name = "name",
        .label = "Name",
        .help = "As it should stand in lists of participants.",
        .type = FIELD_LINE,
        .flags = FIELD_REQUIRED | FIELD_PERSONAL},
    {.name = "title",
        .label = "Function or form of address",
        .type = FIELD_LINE,
        .flags = FIELD_PERSONAL},
    {.name = "representing",
        .label = "Representing",
        .help = "The State or organisation that the person speaks for.",
        .type = FIELD_LINE,
        .flags = FIELD_REQUIRED},
    {.name = "email",
        .label = "New e-mail address",
        .help = "Leave it empty to keep the address as it is. Only the secretariat may change it.",
        .type = FIELD_EMAIL,
        .flags = FIELD_PRIVATE},
};

static const struct field appoint_fields[] = {
    {.name = "person", .label = "Person", .type = FIELD_ACTOR, .flags = FIELD_REQUIRED},
    {.name = "office",
        .label = "Office",
        .type = FIELD_CHOICE,
        .flags = FIELD_REQUIRED,
        .choices = offices},
    {.name = "constituency",
        .label = "Constituency",
        .help = "For a focal point: the code of the constituency that the person nominates for.",
        .type = FIELD_LINE,
        .max = 40,
        .of = "constituency"},
};

static const struct field release_fields[] = {
    {.name = "person", .label = "Person", .type = FIELD_ACTOR, .flags = FIELD_REQUIRED},
    {.name = "office",
        .label = "Office",
        .type = FIELD_CHOICE,
        .flags = FIELD_REQUIRED,
        .choices = offices},
    {.name = "constituency",
        .label = "Constituency",
        .help = "For a focal point of several constituencies: the code of the one that ends. "
                "Empty: all of them.",
        .type = FIELD_LINE,
        .max = 40,
        .of = "constituency"},
    {.name = "reason", .label = "Reason", .type = FIELD_LINE, .max = 500},
};

static const struct command rows[] = {
    {.name = "people.account",
        .title = "Make an account",
        .help = "An account lets somebody sign in to this installation, whatever the group.",
        .said = "made an account",
        .after = "/",
        .may = ROLE_ADMIN | ROLE_SYSTEM,
        .flags = COMMAND_SITE,
        COMMAND_FIELDS(account_fields),
        .decide = people_decide_account,
        .fold = people_fold_account},
    {.name = "people.admin",
        .title = "Make an account an administrator",
        .help = "Administrators create groups, make accounts and look after the installation.",
        .said = "made {account} an administrator",
        .after = "/",
        .may = ROLE_ADMIN | ROLE_SYSTEM,
        .flags = COMMAND_SITE,
        COMMAND_FIELDS(admin_fields),
        .decide = people_decide_admin,
        .fold = people_fold_admin},
    {.name = "people.add",
        .title = "Register a participant",
        .help = "Everyone who acts in the group is registered once: delegates, observers, the "
                "secretariat, experts, captioners and interpreters. Seats and offices come after.",
        .said = "registered {person} for {representing}",
        .after = "/g/{group}/people/{person}",
        .may = ROLE_SECRETARIAT | ROLE_ADMIN | ROLE_SYSTEM,
        COMMAND_FIELDS(add_fields),
        .decide = people_decide_add,
        .fold = people_fold_add},
    {.name = "people.card",
        .title = "Correct a person's card",
        .help = "The card says how a person stands in lists and beside acts from now on. You may "
                "correct your own; the secretariat may correct any.",
        .said = "corrected the card of {person}",
        .after = "/g/{group}/people/{person}",
        .may = ROLE_PARTICIPANT | ROLE_SECRETARIAT | ROLE_ADMIN,
        .flags = COMMAND_QUIET,
        COMMAND_FIELDS(card_fields),
        .decide = people_decide_card,
        .fold = people_fold_card},
    {.name = "people.appoint",
        .title = "Appoint to an office",
        .help = "Gives a participant the rights of an office: secretariat, focal point of a "
                "constituency, captioner or facilitator.",
        .said = "appointed {person}: {office}",
        .after = "/g/{group}/people/{person}",
        .may = ROLE_SECRETARIAT | ROLE_ADMIN | ROLE_SYSTEM,
        COMMAND_FIELDS(appoint_fields),
        .decide = people_decide_appoint,
        .fold = people_fold_appoint},
    {.name = "people.release",
        .title = "Release from an office",
        .help = "Ends the rights of an office. What the person did in it stays in the record.",
        .said = "released {person}: {office}",
        .after = "/g/{group}/people/{person}",
        .may = ROLE_SECRETARIAT | ROLE_ADMIN,
        COMMAND_FIELDS(release_fields),
        .decide = people_decide_release,
        .fold = people_fold_release},
};

const struct room_commands people_commands = {
    .rows = rows,
    .n = sizeof rows / sizeof rows[0],
    .state_size = sizeof(struct people_state),
};
