/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "engine/room.h"
#include "rooms/call/call.h"
#include "rooms/call/call_rules.h"

#include "base/poison.h"

static const struct choice audiences[] = {
    {"all", "Everyone, with or without an account"},
    {"members", "Members of the group only"},
    {NULL, NULL},
};

static const struct choice late_choices[] = {
    {"accept", "Accept it, marked as late"},
    {"refuse", "Refuse it; only the secretariat may still enter one"},
    {NULL, NULL},
};

static const struct choice wishes[] = {
    {"publish", "Publish it"},
    {"withhold", "Do not publish it; the register shows only that it exists"},
    {NULL, NULL},
};

static const struct choice ways[] = {
    {"web", "This form"},
    {"mail", "E-mail to the secretariat"},
    {"paper", "Letter or paper"},
    {NULL, NULL},
};

#define ANSWER(n, words)                                                                          \
	{                                                                                         \
		.name = "answer" #n, .label = (words), .type = FIELD_BLOCKS, .flags = FIELD_HELD, \
		.max = CALL_TEXT_MAX,                                                             \
	}

static const struct field draft_fields[] = {
    {"number", "Number", NULL, FIELD_INT, FIELD_GIVEN, 0, 0, NULL, NULL},
    {"title", "Title of the call", "For example: Input to the second meeting.", FIELD_LINE,
        FIELD_REQUIRED, 0, 0, NULL, NULL},
    {"text", "Introduction", "Background for the people who are asked.", FIELD_TEXT, 0, 0, 0, NULL,
        NULL},
    {"audience", "Who may contribute", NULL, FIELD_CHOICE, FIELD_REQUIRED, 0, 0, audiences, NULL},
    {"zone", "Time zone of the deadline", "For example: Europe/Zurich.", FIELD_ZONE, FIELD_REQUIRED,
        0, 0, NULL, NULL},
    {"deadline", "Deadline", "Local time in that time zone. The call closes by itself.", FIELD_TIME,
        FIELD_REQUIRED, 0, 0, NULL, "zone"},
    {"word_limit", "Word limit", "For all answers together; empty for none.", FIELD_INT, 0, 1,
        100000, NULL, NULL},
    {"late", "What comes after the deadline", "Empty: it is accepted and marked as late.",
        FIELD_CHOICE, 0, 0, 0, late_choices, NULL},
    {"meeting", "Input to the meeting", NULL, FIELD_REF, 0, 0, 0, NULL, "meeting"},
};

static const struct field question_fields[] = {
    {"call", "Call", NULL, FIELD_REF, FIELD_REQUIRED, 0, 0, NULL, "call"},
    {"question", "Question number", NULL, FIELD_INT, FIELD_GIVEN, 0, 0, NULL, NULL},
    {"text", "Guiding question", "One question; up to four in a call.", FIELD_TEXT, FIELD_REQUIRED,
        0, 2000, NULL, NULL},
};

static const struct field call_fields[] = {
    {"call", "Call", NULL, FIELD_REF, FIELD_REQUIRED, 0, 0, NULL, "call"},
};

static const struct field deadline_fields[] = {
    {"call", "Call", NULL, FIELD_REF, FIELD_REQUIRED, 0, 0, NULL, "call"},
    {"zone", "Time zone of the new deadline", "Empty: the deadline is typed in UTC.", FIELD_ZONE, 0,
        0, 0, NULL, NULL},
    {"deadline", "New deadline", NULL, FIELD_TIME, FIELD_REQUIRED, 0, 0, NULL, "zone"},
};

static const struct field close_fields[] = {
    {"number", "Call", NULL, FIELD_REF, FIELD_REQUIRED, 0, 0, NULL, "call"},
    {"reason", "Reason", "Needed when the call is closed before its deadline.", FIELD_TEXT, 0, 0,
        2000, NULL, NULL},
};

static const struct field submit_fields[] = {
    {"call", "Call", NULL, FIELD_REF, FIELD_REQUIRED, 0, 0, NULL, "call"},
    {"contribution", "Contribution number", NULL, FIELD_INT, FIELD_GIVEN, 0, 0, NULL, NULL},
    {"late", "Late", NULL, FIELD_BOOL, FIELD_GIVEN, 0, 0, NULL, NULL},
    {"author", "Your name", "As it should be cited.", FIELD_LINE, FIELD_REQUIRED | FIELD_HELD, 0, 0,
        NULL, NULL},
    {"organisation", "Organisation", "The organisation or delegation that you speak for, if any.",
        FIELD_LINE, FIELD_HELD, 0, 0, NULL, NULL},
    {"category", "You contribute as", NULL, FIELD_CHOICE, FIELD_REQUIRED, 0, 0, call_categories,
        NULL},
    {"country", "Country or region", NULL, FIELD_LINE, FIELD_HELD, 0, 0, NULL, NULL},
    {"email", "E-mail", "For the receipt and for questions.", FIELD_EMAIL, FIELD_PRIVATE, 0, 0,
        NULL, NULL},
    {"lang", "Language of the contribution", NULL, FIELD_LANG, FIELD_REQUIRED, 0, 0, NULL, NULL},
    ANSWER(1, "Answer to question 1"),
    ANSWER(2, "Answer to question 2"),
    ANSWER(3, "Answer to question 3"),
    ANSWER(4, "Answer to question 4"),
    {"text", "Other remarks", "Anything that is not an answer to a question.", FIELD_BLOCKS,
        FIELD_HELD, 0, CALL_TEXT_MAX, NULL, NULL},
    {"files", "Files", "The original files are kept as they are.", FIELD_FILES, FIELD_HELD, 0,
        CALL_FILES_MAX, NULL, NULL},
    {"cite", "My contribution may be cited with my name",
        "Without this it is used only together with others.", FIELD_BOOL, 0, 0, 0, NULL, NULL},
    {"publish_wish", "Publication", NULL, FIELD_CHOICE, FIELD_REQUIRED, 0, 0, wishes, NULL},
    {"via", "How it arrived", "Only the secretariat enters what came by mail or on paper.",
        FIELD_CHOICE, 0, 0, 0, ways, NULL},
    {"received", "When it reached the secretariat",
        "In UTC; only for what came by mail or on paper. It counts for the deadline.", FIELD_TIME,
        0, 0, 0, NULL, NULL},
};

static const struct field contribution_fields[] = {
    {"contribution", "Contribution", NULL, FIELD_REF, FIELD_REQUIRED, 0, 0, NULL, "contribution"},
};

static const struct field reject_fields[] = {
    {"contribution", "Contribution", NULL, FIELD_REF, FIELD_REQUIRED, 0, 0, NULL, "contribution"},
    {"reason", "Reason", "It is public and is shown to the author.", FIELD_TEXT, FIELD_REQUIRED, 0,
        2000, NULL, NULL},
};

static const struct field withdraw_fields[] = {
    {"contribution", "Contribution", NULL, FIELD_REF, FIELD_REQUIRED, 0, 0, NULL, "contribution"},
    {"reason", "Reason", NULL, FIELD_TEXT, 0, 0, 2000, NULL, NULL},
};

static const struct field replace_fields[] = {
    {"contribution", "Contribution that is replaced", NULL, FIELD_REF, FIELD_REQUIRED, 0, 0, NULL,
        "contribution"},
    {"by", "Contribution that replaces it", NULL, FIELD_REF, FIELD_REQUIRED, 0, 0, NULL,
        "contribution"},
};

static const struct command rows[] = {
    {
        .name = "call.draft",
        .title = "Draft a call for contributions",
        .help = "Prepare a call: its title, who may contribute and until when. Nobody can "
                "contribute before it is opened.",
        .said = "drafted call {number}: {title}",
        .after = "/g/{group}/calls/{number}",
        .may = ROLE_OFFICE,
        COMMAND_FIELDS(draft_fields),
        .decide = call_decide_draft,
        .fold = call_fold_draft,
    },
    {
        .name = "call.question",
        .title = "Add a guiding question",
        .help = "People answer each question on its own, so that answers can be compared.",
        .said = "added question {question} to call {call}: {text}",
        .after = "/g/{group}/calls/{call}",
        .may = ROLE_OFFICE,
        COMMAND_FIELDS(question_fields),
        .decide = call_decide_question,
        .fold = call_fold_question,
    },
    {
        .name = "call.open",
        .title = "Open the call",
        .help = "From now on people can contribute; the questions can no longer be changed.",
        .said = "opened call {call} for contributions",
        .after = "/g/{group}/calls/{call}",
        .may = ROLE_OFFICE,
        COMMAND_FIELDS(call_fields),
        .decide = call_decide_open,
        .fold = call_fold_open,
    },
    {
        .name = "call.extend",
        .title = "Extend the deadline",
        .help = "Give people more time. A deadline can be moved back, never forward.",
        .said = "extended call {call} to {deadline}",
        .after = "/g/{group}/calls/{call}",
        .may = ROLE_OFFICE,
        COMMAND_FIELDS(deadline_fields),
        .decide = call_decide_extend,
        .fold = call_fold_extend,
    },
    {
        .name = "call.close",
        .title = "Close the call",
        .help = "A call closes by itself at its deadline; closing it earlier needs a reason.",
        .said = "closed call {number}",
        .after = "/g/{group}/calls/{number}",
        .may = ROLE_SECRETARIAT | ROLE_SYSTEM,
        COMMAND_FIELDS(close_fields),
        .decide = call_decide_close,
        .fold = call_fold_close,
    },
    {
        .name = "call.reopen",
        .title = "Reopen the call",
        .help = "Open a closed call again, with a new deadline.",
        .said = "reopened call {call} until {deadline}",
        .after = "/g/{group}/calls/{call}",
        .may = ROLE_OFFICE,
        COMMAND_FIELDS(deadline_fields),
        .decide = call_decide_reopen,
        .fold = call_fold_reopen,
    },
    {
        .name = "call.submit",
        .title = "Contribute",
        .help = "Answer the questions, write a text or send files: one of them is enough. You "
                "receive a number and a hash that prove what you sent and when.",
        .said = "submitted contribution {contribution} to call {call}",
        .after = "/g/{group}/contributions/{contribution}",
        .may = ROLE_PUBLIC,
        COMMAND_FIELDS(submit_fields),
        .decide = call_decide_submit,
        .fold = call_fold_submit,
    },
    {
        .name = "call.publish",
        .title = "Publish",
        .help = "The contribution can then be read by everyone, in its original language.",
        .said = "published contribution {contribution}",
        .after = "/g/{group}/inbox",
        .may = ROLE_SECRETARIAT,
        COMMAND_FIELDS(contribution_fields),
        .decide = call_decide_publish,
        .fold = call_fold_publish,
    },
    {
        .name = "call.withhold",
        .title = "Withhold at the author's request",
        .help = "The register shows the number and \"withheld on request\"; nothing else.",
        .said = "withheld contribution {contribution} at its author's request",
        .after = "/g/{group}/inbox",
        .may = ROLE_SECRETARIAT,
        COMMAND_FIELDS(contribution_fields),
        .decide = call_decide_withhold,
        .fold = call_fold_withhold,
    },
    {
        .name = "call.reject",
        .title = "Reject",
        .help = "For what is no contribution, such as advertisements. The reason is public.",
        .said = "rejected contribution {contribution}: {reason}",
        .after = "/g/{group}/inbox",
        .may = ROLE_SECRETARIAT,
        COMMAND_FIELDS(reject_fields),
        .decide = call_decide_reject,
        .fold = call_fold_reject,
    },
    {
        .name = "call.withdraw",
        .title = "Withdraw the contribution",
        .help = "Its text stays readable if it was published, marked as withdrawn.",
        .said = "withdrew contribution {contribution}",
        .after = "/g/{group}/contributions/{contribution}",
        .may = ROLE_SECRETARIAT | ROLE_ACCOUNT | ROLE_PARTICIPANT,
        COMMAND_FIELDS(withdraw_fields),
        .decide = call_decide_withdraw,
        .fold = call_fold_withdraw,
    },
    {
        .name = "call.replace",
        .title = "Replace the contribution by a newer one",
        .help = "Both stay in the register; the older one points to the newer one.",
        .said = "replaced contribution {contribution} by {by}",
        .after = "/g/{group}/contributions/{by}",
        .may = ROLE_SECRETARIAT | ROLE_ACCOUNT | ROLE_PARTICIPANT,
        COMMAND_FIELDS(replace_fields),
        .decide = call_decide_replace,
        .fold = call_fold_replace,
    },
};

const struct room_commands call_commands = {
    .rows = rows,
    .n = sizeof rows / sizeof rows[0],
    .state_size = sizeof(struct call_state),
    .due = call_due,
};
