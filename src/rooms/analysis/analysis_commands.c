/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The commands of the room analysis. */
#include "engine/room.h"
#include "rooms/analysis/analysis.h"
#include "rooms/analysis/analysis_rules.h"
#include "rooms/call/call.h"

#include "base/poison.h"

#define STATEMENT_MAX 2000
#define REASON_MAX    2000

static const struct choice sides[] = {
    {"so", "Says what the statement says"},
    {"otherwise", "Says otherwise"},
    {NULL, NULL},
};

static const struct choice ways[] = {
    {"mail", "By e-mail"},
    {"letter", "By letter"},
    {"person", "In person"},
    {NULL, NULL},
};

static const struct choice outcomes[] = {
    {"corrected", "The statement was corrected"},
    {"stands", "The statement stands"},
    {NULL, NULL},
};

#define SYNTHESIS_REF                                                         \
	{                                                                     \
		.name = "synthesis", .label = "Synthesis", .type = FIELD_REF, \
		.flags = FIELD_REQUIRED, .of = "synthesis"                    \
	}
#define STATEMENT_REF                                                                          \
	{                                                                                      \
		.name = "statement", .label = "Statement of the synthesis", .type = FIELD_REF, \
		.flags = FIELD_REQUIRED, .of = "statement"                                     \
	}
#define PASSAGE_REF                                                                                \
	{                                                                                          \
		.name = "passage", .label = "Passage", .type = FIELD_REF, .flags = FIELD_REQUIRED, \
		.of = "passage"                                                                    \
	}
#define THEME_REF                                                                              \
	{                                                                                      \
		.name = "theme", .label = "Theme", .type = FIELD_REF, .flags = FIELD_REQUIRED, \
		.of = "theme"                                                                  \
	}
#define CONTRIBUTION_REF                                                            \
	{                                                                           \
		.name = "contribution", .label = "Contribution", .type = FIELD_REF, \
		.flags = FIELD_REQUIRED, .of = "contribution"                       \
	}
#define GIVEN_NUMBER(n)                                               \
	{                                                             \
		.name = (n), .type = FIELD_INT, .flags = FIELD_GIVEN, \
	}
#define THEME_TITLE                                                                \
	{                                                                          \
		.name = "title", .label = "Name of the theme", .type = FIELD_LINE, \
		.flags = FIELD_REQUIRED, .max = 120                                \
	}
/* Words are parts of their own, so that they can be erased. */
#define STATEMENT_TEXT                                                                            \
	{                                                                                         \
		.name = "text", .label = "Statement of the synthesis",                            \
		.help = "What contributors say, in words that those who are cited can agree to.", \
		.type = FIELD_BLOCKS, .flags = FIELD_REQUIRED, .max = STATEMENT_MAX               \
	}
#define LATER_REASON                                                                \
	{                                                                           \
		.name = "reason", .label = "Reason",                                \
		.help = "Needed once the synthesis is issued.", .type = FIELD_TEXT, \
		.max = REASON_MAX                                                   \
	}

static const struct field theme_fields[] = {
    GIVEN_NUMBER("number"),
    THEME_TITLE,
    {.name = "text",
        .label = "What belongs to it",
        .help = "One or two sentences for those who mark.",
        .type = FIELD_TEXT,
        .max = 1000},
};

static const struct field rename_fields[] = {THEME_REF, THEME_TITLE};

static const struct field mark_fields[] = {
    GIVEN_NUMBER("passage"),
    {.name = "source", .type = FIELD_LINE, .flags = FIELD_GIVEN},
    CONTRIBUTION_REF,
    {.name = "question",
        .label = "Question that the paragraph answers",
        .help = "For other remarks: 0.",
        .type = FIELD_INT,
        .flags = FIELD_REQUIRED,
        .min = 0,
        .max = CALL_QUESTIONS_MAX},
    {.name = "paragraph",
        .label = "Paragraph",
        .help = "Its number in the answer.",
        .type = FIELD_INT,
        .flags = FIELD_REQUIRED,
        .min = 1,
        .max = 65535},
    {.name = "words",
        .label = "The words",
        .help =
            "As they stand in the paragraph. Leave out what does not belong to the theme; empty: "
            "the whole paragraph.",
        .type = FIELD_TEXT,
        .flags = FIELD_PASSING,
        .max = CALL_TEXT_MAX},
    GIVEN_NUMBER("from"),
    GIVEN_NUMBER("to"),
    THEME_REF,
};

static const struct field mark_said_fields[] = {
    GIVEN_NUMBER("passage"),
    {.name = "source", .type = FIELD_LINE, .flags = FIELD_GIVEN},
    {.name = "meeting",
        .label = "Meeting",
        .type = FIELD_REF,
        .flags = FIELD_REQUIRED,
        .of = "meeting"},
    {.name = "segment",
        .label = "Utterance",
        .help = "Its number in the transcript.",
        .type = FIELD_INT,
        .flags = FIELD_REQUIRED,
        .min = 1,
        .max = 1000000},
    GIVEN_NUMBER("version"),
    {.name = "call",
        .label = "Call whose question it speaks to",
        .type = FIELD_REF,
        .flags = FIELD_REQUIRED,
        .of = "call"},
    {.name = "question",
        .label = "Question",
        .help = "To none of them: 0.",
        .type = FIELD_INT,
        .flags = FIELD_REQUIRED,
        .min = 0,
        .max = CALL_QUESTIONS_MAX},
    {.name = "words",
        .label = "The words",
        .help =
            "As they stand in the utterance. Leave out what does not belong to the theme; empty: "
            "all of it.",
        .type = FIELD_TEXT,
        .flags = FIELD_PASSING,
        .max = CALL_TEXT_MAX},
    GIVEN_NUMBER("from"),
    GIVEN_NUMBER("to"),
    THEME_REF,
};

static const struct field unmark_fields[] = {
    PASSAGE_REF,
    {.name = "reason", .label = "Reason", .type = FIELD_TEXT, .max = REASON_MAX},
    GIVEN_NUMBER("contribution"),
};

static const struct field sort_fields[] = {PASSAGE_REF, THEME_REF};

static const struct field open_fields[] = {
    GIVEN_NUMBER("synthesis"),
    {.name = "call",
        .label = "Call",
        .help = "Whose contributions it brings together.",
        .type = FIELD_REF,
        .flags = FIELD_REQUIRED,
        .of = "call"},
    {.name = "title",
        .label = "Title",
        .help = "For example: Synthesis of the contributions to the second meeting.",
        .type = FIELD_LINE,
        .flags = FIELD_REQUIRED},
    {.name = "lang",
        .label = "Language of its statements",
        .type = FIELD_LANG,
        .flags = FIELD_REQUIRED},
};

static const struct field state_fields[] = {
    GIVEN_NUMBER("statement"),
    SYNTHESIS_REF,
    {.name = "question",
        .label = "Question",
        .help = "The guiding question that it belongs to; 0 for what belongs to none.",
        .type = FIELD_INT,
        .flags = FIELD_REQUIRED,
        .min = 0,
        .max = CALL_QUESTIONS_MAX},
    {.name = "theme", .label = "Theme", .type = FIELD_REF, .of = "theme"},
    STATEMENT_TEXT,
};

static const struct field restate_fields[] = {
    STATEMENT_REF,
    STATEMENT_TEXT,
    LATER_REASON,
    GIVEN_NUMBER("version"),
    GIVEN_NUMBER("synthesis"),
};

static const struct field strike_fields[] = {
    STATEMENT_REF,
    {.name = "reason",
        .label = "Reason",
        .type = FIELD_TEXT,
        .flags = FIELD_REQUIRED,
        .max = REASON_MAX},
    GIVEN_NUMBER("synthesis"),
};

static const struct field cite_fields[] = {
    STATEMENT_REF,
    {.name = "side",
        .label = "The passages",
        .type = FIELD_CHOICE,
        .flags = FIELD_REQUIRED,
        .choices = sides},
    {.name = "passages",
        .label = "Passages",
        .help = "Up to twelve at a time.",
        .type = FIELD_REFS,
        .flags = FIELD_REQUIRED,
        .of = "passage"},
    LATER_REASON,
    GIVEN_NUMBER("synthesis"),
};

static const struct field uncite_fields[] = {
    STATEMENT_REF,
    PASSAGE_REF,
    LATER_REASON,
    GIVEN_NUMBER("synthesis"),
};

static const struct field issue_fields[] = {SYNTHESIS_REF, GIVEN_NUMBER("statements")};

static const struct field notify_fields[] = {
    SYNTHESIS_REF,
    CONTRIBUTION_REF,
    {.name = "way",
        .label = "How its author was told",
        .type = FIELD_CHOICE,
        .flags = FIELD_REQUIRED,
        .choices = ways},
};

static const struct field misread_fields[] = {
    GIVEN_NUMBER("misreading"),
    STATEMENT_REF,
    {.name = "contribution",
        .label = "Contribution",
        .help = "That you wrote.",
        .type = FIELD_REF,
        .of = "contribution"},
    {.name = "passage",
        .label = "Or passage",
        .help = "Of what you said at a meeting.",
        .type = FIELD_REF,
        .of = "passage"},
    GIVEN_NUMBER("meeting"),
    GIVEN_NUMBER("segment"),
    {.name = "text",
        .label = "What you said",
        .help = "In your words. They are shown beside the statement, with the answer of the Chair.",
        .type = FIELD_BLOCKS,
        .flags = FIELD_REQUIRED,
        .max = STATEMENT_MAX},
    {.name = "lang", .label = "Language", .type = FIELD_LANG, .flags = FIELD_REQUIRED},
    {.name = "on_behalf",
        .label = "Entered for the author, who wrote to the secretariat",
        .type = FIELD_BOOL},
    GIVEN_NUMBER("synthesis"),
};

static const struct field answer_fields[] = {
    {.name = "misreading",
        .label = "Misreading",
        .type = FIELD_REF,
        .flags = FIELD_REQUIRED,
        .of = "misreading"},
    {.name = "outcome",
        .label = "What follows",
        .type = FIELD_CHOICE,
        .flags = FIELD_REQUIRED,
        .choices = outcomes},
    {.name = "text",
        .label = "Answer",
        .type = FIELD_BLOCKS,
        .flags = FIELD_REQUIRED,
        .max = STATEMENT_MAX},
    GIVEN_NUMBER("statement"),
    GIVEN_NUMBER("synthesis"),
};

static const struct command rows[] = {
    {
        .name = "analysis.theme",
        .title = "Add a theme",
        .help = "Passages of contributions are sorted by question and by theme.",
        .said = "added theme {number}: {title}",
        .after = "/g/{group}/analysis",
        .may = ROLE_OFFICE,
        COMMAND_FIELDS(theme_fields),
        .decide = analysis_decide_theme,
        .fold = analysis_fold_theme,
    },
    {
        .name = "analysis.rename",
        .title = "Rename a theme",
        .help = "Its number and its passages stay.",
        .said = "renamed theme {theme}: {title}",
        .after = "/g/{group}/analysis",
        .may = ROLE_OFFICE,
        COMMAND_FIELDS(rename_fields),
        .decide = analysis_decide_rename,
        .fold = analysis_fold_rename,
    },
    {
        .name = "analysis.mark",
        .title = "Mark a passage",
        .help = "Only words that stand in a published contribution can be marked. The record keeps "
                "the place, not a copy.",
        .said = "marked passage {passage} of contribution {contribution} for theme {theme}",
        .after = "/g/{group}/contributions/{contribution}",
        .may = ROLE_OFFICE,
        COMMAND_FIELDS(mark_fields),
        .decide = analysis_decide_mark,
        .fold = analysis_fold_mark,
    },
    {
        .name = "analysis.mark_said",
        .title = "Mark what was said",
        .help =
            "A passage of the transcript of a meeting belongs to a question and a theme. The words "
            "stay where they are; only their place is recorded.",
        .said = "marked passage {passage} in utterance {segment} of meeting {meeting} for theme "
                "{theme}",
        .after = "/g/{group}/meetings/{meeting}/transcript",
        .may = ROLE_OFFICE,
        COMMAND_FIELDS(mark_said_fields),
        .decide = analysis_decide_mark_said,
        .fold = analysis_fold_mark_said,
    },
    {
        .name = "analysis.unmark",
        .title = "Unmark a passage",
        .help = "A passage that a statement cites is taken out of the statement first.",
        .said = "unmarked passage {passage}",
        .after = "/g/{group}/analysis/passages",
        .may = ROLE_OFFICE,
        COMMAND_FIELDS(unmark_fields),
        .decide = analysis_decide_unmark,
        .fold = analysis_fold_unmark,
    },
    {
        .name = "analysis.sort",
        .title = "Move a passage to another theme",
        .help = "Statements that cite it go on citing it.",
        .said = "moved passage {passage} to theme {theme}",
        .after = "/g/{group}/analysis/passages",
        .may = ROLE_OFFICE,
        COMMAND_FIELDS(sort_fields),
        .decide = analysis_decide_sort,
        .fold = analysis_fold_sort,
    },
    {
        .name = "analysis.open",
        .title = "Begin a synthesis",
        .help = "Everyone can read it while it is written, marked as not issued yet.",
        .said = "began synthesis {synthesis} of call {call}: {title}",
        .after = "/g/{group}/syntheses/{synthesis}",
        .may = ROLE_OFFICE,
        COMMAND_FIELDS(open_fields),
        .decide = analysis_decide_open,
        .fold = analysis_fold_open,
    },
    {
        .name = "analysis.state",
        .title = "Add a statement",
        .help = "One thing that was said. Then cite the passages that it rests on.",
        .said = "added statement {statement} to synthesis {synthesis}",
        .after = "/g/{group}/syntheses/{synthesis}",
        .may = ROLE_OFFICE,
        COMMAND_FIELDS(state_fields),
        .decide = analysis_decide_state,
        .fold = analysis_fold_state,
    },
    {
        .name = "analysis.restate",
        .title = "Restate",
        .help = "Other words for the same statement. The earlier ones stay readable.",
        .said = "restated statement {statement}, version {version}",
        .after = "/g/{group}/syntheses/{synthesis}",
        .may = ROLE_OFFICE,
        COMMAND_FIELDS(restate_fields),
        .decide = analysis_decide_restate,
        .fold = analysis_fold_restate,
    },
    {
        .name = "analysis.strike",
        .title = "Strike out",
        .help = "The statement stays readable, struck out, and rests on nothing any more.",
        .said = "struck out statement {statement}: {reason}",
        .after = "/g/{group}/syntheses/{synthesis}",
        .may = ROLE_OFFICE,
        COMMAND_FIELDS(strike_fields),
        .decide = analysis_decide_strike,
        .fold = analysis_fold_strike,
    },
    {
        .name = "analysis.cite",
        .title = "Cite passages",
        .help = "Also those that say otherwise: a statement is counted from what it cites.",
        .said = "cited in statement {statement} the passages {passages}",
        .after = "/g/{group}/syntheses/{synthesis}",
        .may = ROLE_OFFICE,
        COMMAND_FIELDS(cite_fields),
        .decide = analysis_decide_cite,
        .fold = analysis_fold_cite,
    },
    {
        .name = "analysis.uncite",
        .title = "Take a passage out",
        .help = "The passage stays marked.",
        .said = "took passage {passage} out of statement {statement}",
        .after = "/g/{group}/syntheses/{synthesis}",
        .may = ROLE_OFFICE,
        COMMAND_FIELDS(uncite_fields),
        .decide = analysis_decide_uncite,
        .fold = analysis_fold_uncite,
    },
    {
        .name = "analysis.issue",
        .title = "Issue the synthesis",
        .help = "Every statement must rest on passages. From now on authors are told where their "
                "words were used, and a change needs a reason.",
        .said = "issued synthesis {synthesis} with {statements} statements",
        .after = "/g/{group}/syntheses/{synthesis}",
        .may = ROLE_CHAIR,
        .flags = COMMAND_FORMAL,
        COMMAND_FIELDS(issue_fields),
        .decide = analysis_decide_issue,
        .fold = analysis_fold_issue,
    },
    {
        .name = "analysis.notify",
        .title = "Note that an author was told",
        .help = "The secretariat writes to those whose words were used, and notes it here.",
        .said = "told the author of contribution {contribution} where synthesis {synthesis} uses "
                "it: {way}",
        .after = "/g/{group}/syntheses/{synthesis}/uses",
        .may = ROLE_SECRETARIAT,
        COMMAND_FIELDS(notify_fields),
        .decide = analysis_decide_notify,
        .fold = analysis_fold_notify,
    },
    {
        .name = "analysis.misread",
        .title = "Say that you were misread",
        .help = "A statement cites your words, written or spoken, and says something else: say "
                "what you said. The Chair "
                "answers, and both stay beside the statement.",
        .said = "said that statement {statement} misreads what it cites",
        .after = "/g/{group}/syntheses/{synthesis}",
        .may = ROLE_SECRETARIAT | ROLE_ACCOUNT | ROLE_PARTICIPANT,
        COMMAND_FIELDS(misread_fields),
        .decide = analysis_decide_misread,
        .fold = analysis_fold_misread,
    },
    {
        .name = "analysis.answer",
        .title = "Answer a misreading",
        .help = "Correct the statement first if the author is right; then say so here.",
        .said = "answered misreading {misreading} of statement {statement}: {outcome}",
        .after = "/g/{group}/syntheses/{synthesis}",
        .may = ROLE_CHAIR,
        COMMAND_FIELDS(answer_fields),
        .decide = analysis_decide_answer,
        .fold = analysis_fold_answer,
    },
};

const struct room_commands analysis_commands = {
    .rows = rows,
    .n = sizeof rows / sizeof rows[0],
    .state_size = sizeof(struct analysis_state),
};
