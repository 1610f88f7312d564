/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The commands of the room caption. */
#include "caption/layouts.h"
#include "engine/room.h"
#include "rooms/caption/caption.h"
#include "rooms/caption/caption_rules.h"

#include "base/poison.h"

#define PASTED_MAX 400000
#define REASON_MAX 2000
#define AFTER      "/g/{group}/meetings/{meeting}/transcript"

static const struct choice kinds[] = {
    {"rough", "Rough transcript (not a verbatim record)"},
    {"summary", "Summary record"},
    {"verbatim", "Verbatim record"},
    {"chair_summary", "Chair's summary"},
    {NULL, NULL},
};

static const struct choice outcomes[] = {
    {"accepted", "Accepted: the words are corrected as asked"},
    {"declined", "Declined: the words stay as they are"},
    {NULL, NULL},
};

#define MEETING_REF                                                                                \
	{                                                                                          \
		.name = "meeting", .label = "Meeting", .type = FIELD_REF, .flags = FIELD_REQUIRED, \
		.of = "meeting"                                                                    \
	}
#define ITEM_REF                                                                \
	{                                                                       \
		.name = "item", .label = "Agenda item",                         \
		.help = "Empty: of the meeting as a whole.", .type = FIELD_REF, \
		.of = "agenda_item"                                             \
	}
#define SITTING_REF                                                                  \
	{                                                                            \
		.name = "sitting", .label = "Sitting",                               \
		.help = "In which it was said. Empty: not told.", .type = FIELD_REF, \
		.of = "sitting"                                                      \
	}
#define KIND                                                                     \
	{                                                                        \
		.name = "kind", .label = "Kind of record", .type = FIELD_CHOICE, \
		.flags = FIELD_REQUIRED, .choices = kinds                        \
	}
#define LANGUAGE                                                                      \
	{                                                                             \
		.name = "lang", .label = "Language of the words", .type = FIELD_LANG, \
		.flags = FIELD_REQUIRED                                               \
	}
#define SPOKEN                                                                                    \
	{                                                                                         \
		.name = "spoken", .label = "Language that was spoken",                            \
		.help = "When the words are an interpretation: from which language. Else empty.", \
		.type = FIELD_LANG                                                                \
	}
#define SEGMENT                                                                                   \
	{                                                                                         \
		.name = "segment", .label = "Utterance", .help = "Its number in the transcript.", \
		.type = FIELD_INT, .flags = FIELD_REQUIRED, .min = 1, .max = 1000000              \
	}
#define GIVEN(n, t)                                             \
	{                                                       \
		.name = (n), .type = (t), .flags = FIELD_GIVEN, \
	}
/* What decide makes of the words: a line of each list and a part for each utterance. */
#define GIVEN_UTTERANCES                                                                     \
	GIVEN("first", FIELD_INT), GIVEN("last", FIELD_INT), GIVEN("speakers", FIELD_LINES), \
	    GIVEN("times", FIELD_LINES), GIVEN("seats", FIELD_LINES),                        \
	    GIVEN("persons", FIELD_LINES), GIVEN("utterances", FIELD_BLOCKS)
/* Read by decide, and logged as a part of its own, so that it can be erased. */
#define NEW_WORDS(l, h)                                                          \
	{                                                                        \
		.name = "words", .label = (l), .help = (h), .type = FIELD_TEXT,  \
		.flags = FIELD_REQUIRED | FIELD_PASSING, .max = CAPTION_TEXT_MAX \
	}
#define REASON(l)                                                                            \
	{                                                                                    \
		.name = "reason", .label = (l), .type = FIELD_TEXT, .flags = FIELD_REQUIRED, \
		.max = REASON_MAX                                                            \
	}

static const struct field import_fields[] = {
    GIVEN_UTTERANCES,
    MEETING_REF,
    SITTING_REF,
    ITEM_REF,
    KIND,
    LANGUAGE,
    SPOKEN,
    {.name = "file",
        .label = "File",
        .help =
            "As the captioner sent it: CART text, in which each turn begins with the name of the "
            "speaker, WebVTT, SRT, or Markdown with ### Name: above each turn. It is kept as it "
            "is.",
        .type = FIELD_FILES,
        .max = 1,
        .other_kind =
            "This kind of file is not accepted here. Please send the transcript as WebVTT, SRT, "
            "Markdown or CART text; a PDF, a Word document (DOCX) or an OpenDocument text (ODT) is "
            "read as CART text."},
    {.name = "text",
        .label = "Or its text",
        .help = "In one of the same layouts.",
        .type = FIELD_TEXT,
        .flags = FIELD_PASSING,
        .max = PASTED_MAX},
};

static const struct field add_fields[] = {
    GIVEN_UTTERANCES,
    MEETING_REF,
    SITTING_REF,
    ITEM_REF,
    KIND,
    LANGUAGE,
    SPOKEN,
    {.name = "speaker",
        .label = "Who speaks",
        .help = "A delegation, a person, the Chair, or any other label. Empty: a note.",
        .type = FIELD_LINE,
        .max = CAPTION_SPEAKER_MAX},
    NEW_WORDS("The words", NULL),
};

static const struct field correct_fields[] = {
    GIVEN("version", FIELD_INT),
    MEETING_REF,
    SEGMENT,
    NEW_WORDS("The words as they should read", "The words before stay readable beside them."),
    REASON("Reason"),
    GIVEN("text", FIELD_BLOCKS),
};

static const struct field ask_fields[] = {
    GIVEN("request", FIELD_INT),
    GIVEN("version", FIELD_INT),
    MEETING_REF,
    SEGMENT,
    NEW_WORDS("Your words as they should read",
        "What was said is corrected, not what should have been said."),
    REASON("What is wrong"),
    GIVEN("text", FIELD_BLOCKS),
};

static const struct field answer_fields[] = {
    {.name = "request",
        .label = "Request",
        .type = FIELD_REF,
        .flags = FIELD_REQUIRED,
        .of = "caption_request"},
    {.name = "outcome",
        .label = "Decision",
        .type = FIELD_CHOICE,
        .flags = FIELD_REQUIRED,
        .choices = outcomes},
    REASON("Reason"),
    GIVEN("meeting", FIELD_INT),
    GIVEN("segment", FIELD_INT),
    GIVEN("version", FIELD_INT),
};

static const struct field final_fields[] = {MEETING_REF, GIVEN("utterances", FIELD_INT)};

static const struct field connect_fields[] = {
    GIVEN("connection", FIELD_INT),
    MEETING_REF,
    LANGUAGE,
    {.name = "label",
        .label = "Who captions",
        .help = "The service or person whose software is connected.",
        .type = FIELD_LINE,
        .flags = FIELD_REQUIRED,
        .max = 100},
    GIVEN("hash", FIELD_LINE),
    {.name = "token",
        .label = "Token",
        .help = "It stands in the address for the captioner's software, and is shown once.",
        .type = FIELD_SECRET,
        .flags = FIELD_GIVEN},
};

static const struct field disconnect_fields[] = {
    {.name = "connection",
        .label = "Connection",
        .type = FIELD_REF,
        .flags = FIELD_REQUIRED,
        .of = "caption_connection"},
    GIVEN("meeting", FIELD_INT),
};

static const struct field take_fields[] = {
    GIVEN_UTTERANCES,
    MEETING_REF,
    ITEM_REF,
    GIVEN("sitting", FIELD_INT),
    KIND,
    LANGUAGE,
    GIVEN("began", FIELD_TIME),
    GIVEN("lines", FIELD_LINES),
    GIVEN("first_line", FIELD_INT),
    GIVEN("last_line", FIELD_INT),
};

static const struct command rows[] = {
    {
        .name = "caption.import",
        .title = "Import a transcript",
        .help =
            "Each utterance gets an address of its own that never changes. It is published at "
            "once, as a rough draft, and those who spoke may ask for corrections as long as the "
            "methods of work give them.",
        .said = "imported utterances {first} to {last} of the transcript of meeting {meeting}",
        .after = AFTER,
        .may = ROLE_SECRETARIAT | ROLE_PARTICIPANT,
        COMMAND_FIELDS(import_fields),
        .decide = caption_decide_import,
        .fold = caption_fold_import,
    },
    {
        .name = "caption.add",
        .title = "Add an utterance",
        .help = "It comes after those that are there.",
        .said = "added utterance {first} to the transcript of meeting {meeting}",
        .after = AFTER,
        .may = ROLE_SECRETARIAT | ROLE_PARTICIPANT,
        COMMAND_FIELDS(add_fields),
        .decide = caption_decide_add,
        .fold = caption_fold_add,
    },
    {
        .name = "caption.correct",
        .title = "Correct an utterance",
        .help =
            "A correction is another version: both stay, and citations of the first still lead to "
            "it.",
        .said = "corrected utterance {segment} of meeting {meeting}: {reason}",
        .after = AFTER,
        .may = ROLE_SECRETARIAT | ROLE_PARTICIPANT,
        COMMAND_FIELDS(correct_fields),
        .decide = caption_decide_correct,
        .fold = caption_fold_correct,
    },
    {
        .name = "caption.ask",
        .title = "Ask for a correction",
        .help = "Of your own words, within the days that the methods of work give. The secretariat "
                "decides, and "
                "gives its reason.",
        .said = "asked for a correction of utterance {segment} of meeting {meeting}",
        .after = AFTER,
        .may = ROLE_PARTICIPANT,
        COMMAND_FIELDS(ask_fields),
        .decide = caption_decide_ask,
        .fold = caption_fold_ask,
    },
    {
        .name = "caption.decide",
        .title = "Decide on a correction",
        .help = "Request, decision and reason stay beside the words.",
        .said = "decided on request {request} for a correction: {outcome}",
        .after = AFTER,
        .may = ROLE_SECRETARIAT,
        COMMAND_FIELDS(answer_fields),
        .decide = caption_decide_answer,
        .fold = caption_fold_answer,
    },
    {
        .name = "caption.finalise",
        .title = "Make the transcript final",
        .help = "When the days for corrections have passed and every request is decided. Nothing "
                "in it changes after "
                "that.",
        .said = "made the transcript of meeting {meeting} final, with {utterances} utterances",
        .after = AFTER,
        .may = ROLE_SECRETARIAT,
        .flags = COMMAND_FORMAL,
        COMMAND_FIELDS(final_fields),
        .decide = caption_decide_final,
        .fold = caption_fold_final,
    },
    {
        .name = "caption.connect",
        .title = "Connect captioning software",
        .help = "Makes a secret address for one language of a public meeting, to which the "
                "captioner's software sends its text while people speak.",
        .said = "opened connection {connection} for live captions of meeting {meeting}: {label}",
        .after = "/g/{group}/meetings/{meeting}/captions",
        .once = "/caption?token={token}",
        .may = ROLE_SECRETARIAT,
        COMMAND_FIELDS(connect_fields),
        .decide = caption_decide_connect,
        .fold = caption_fold_connect,
    },
    {
        .name = "caption.disconnect",
        .title = "Close a connection of captioning software",
        .help = "What came before stays.",
        .said = "closed connection {connection} for live captions of meeting {meeting}",
        .after = "/g/{group}/meetings/{meeting}/captions",
        .may = ROLE_SECRETARIAT,
        COMMAND_FIELDS(disconnect_fields),
        .decide = caption_decide_disconnect,
        .fold = caption_fold_disconnect,
    },
    {
        .name = "caption.take",
        .title = "Take live captions into the transcript",
        .help = "Every five minutes while the meeting is open, and at its end.",
        .said = "took lines {first_line} to {last_line} of the live captions of meeting {meeting} "
                "into its transcript",
        .after = AFTER,
        .may = ROLE_SYSTEM,
        COMMAND_FIELDS(take_fields),
        .decide = caption_decide_take,
        .fold = caption_fold_take,
    },
};

const struct room_commands caption_commands = {
    .rows = rows,
    .n = sizeof rows / sizeof rows[0],
    .state_size = sizeof(struct caption_state),
};
