/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "engine/room.h"
#include "rooms/document/document.h"
#include "rooms/document/document_rules.h"

#include "base/poison.h"

static const struct choice suffixes[] = {
    {"rev", "Rev. (replaces the whole text)"},
    {"add", "Add. (adds to it)"},
    {"corr", "Corr. (corrects it)"},
    {NULL, NULL},
};

static const struct field issue_fields[] = {
    {"number", "Number", NULL, FIELD_INT, FIELD_GIVEN, 0, 0, NULL, NULL},
    {"symbol", "Symbol", NULL, FIELD_LINE, FIELD_GIVEN, 0, 0, NULL, NULL},
    {"kind", "Kind", NULL, FIELD_CHOICE, FIELD_REQUIRED, 0, 0, document_kinds, NULL},
    {"title", "Title", NULL, FIELD_LINE, FIELD_REQUIRED, 0, 0, NULL, NULL},
    {"lang", "Language", NULL, FIELD_LANG, FIELD_REQUIRED, 0, 0, NULL, NULL},
    {"text", "Text", "Its paragraphs are numbered.", FIELD_BLOCKS, 0, 0, 0, NULL, NULL},
    {"files", "Files", "The original files are kept as they are.", FIELD_FILES, 0, 0,
        DOCUMENT_FILES_MAX, NULL, NULL},
    {"meeting", "For the meeting", NULL, FIELD_REF, 0, 0, 0, NULL, "meeting"},
    {"revises", "Follows the document",
        "A document once issued never changes; issue a new one "
        "that revises, adds to or corrects it.",
        FIELD_REF, 0, 0, 0, NULL, "document"},
    {"suffix", "How it follows", "Empty: it revises the whole text.", FIELD_CHOICE, 0, 0, 0,
        suffixes, NULL},
    {"own_symbol", "Symbol of its own",
        "Only for a document that came with a symbol; otherwise it is given the next one.",
        FIELD_LINE, 0, 0, 60, NULL, NULL},
};

static const struct field scheme_fields[] = {
    {"scheme", "Scheme of symbols",
        "SHORT, YEAR, KIND and n are put in; for example SHORT/YEAR/KIND.n gives "
        "WGEC/2017/CRP.3.",
        FIELD_LINE, FIELD_REQUIRED, 0, 60, NULL, NULL},
};

static const struct command rows[] = {
    {
        .name = "document.issue",
        .title = "Issue a document",
        .help = "It receives its symbol and can be read by everyone. It never changes after that.",
        .said = "issued {symbol}: {title}",
        .after = "/g/{group}/documents/{symbol}",
        .may = ROLE_OFFICE,
        COMMAND_FIELDS(issue_fields),
        .decide = document_decide_issue,
        .fold = document_fold_issue,
    },
    {
        .name = "document.scheme",
        .title = "Choose the scheme of symbols",
        .help = "It holds for documents issued from now on; symbols already given stay.",
        .said = "set the scheme of symbols to {scheme}",
        .after = "/g/{group}/documents",
        .may = ROLE_SECRETARIAT,
        COMMAND_FIELDS(scheme_fields),
        .decide = document_decide_scheme,
        .fold = document_fold_scheme,
    },
};

const struct room_commands document_commands = {
    .rows = rows,
    .n = sizeof rows / sizeof rows[0],
    .state_size = sizeof(struct document_state),
};
