/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The commands of the room proposal. */
#include "engine/room.h"
#include "rooms/proposal/proposal.h"
#include "rooms/proposal/proposal_rules.h"

#include "base/poison.h"

#define PROPOSAL_REF                                                        \
	{                                                                   \
		.name = "proposal", .label = "Proposal", .type = FIELD_REF, \
		.flags = FIELD_REQUIRED, .of = "proposal"                   \
	}

static const struct field submit_fields[] = {
    {.name = "number", .label = "Number", .type = FIELD_INT, .flags = FIELD_GIVEN},
    {.name = "section",
        .label = "Section",
        .help = "The part of the recommendations it belongs to, for example: Capacity building.",
        .type = FIELD_LINE,
        .flags = FIELD_REQUIRED},
    {.name = "title", .label = "Title", .type = FIELD_LINE, .flags = FIELD_REQUIRED},
    {.name = "text",
        .label = "Text",
        .help = "The recommendation as it should stand. Leave a blank line between paragraphs.",
        .type = FIELD_BLOCKS,
        .flags = FIELD_REQUIRED},
    {.name = "lang", .label = "Language", .type = FIELD_LANG, .flags = FIELD_REQUIRED},
    {.name = "sponsor",
        .label = "Sponsor",
        .help = "The delegation or organisation that proposes it.",
        .type = FIELD_LINE,
        .flags = FIELD_REQUIRED},
    {.name = "seat", .label = "Seat of the sponsor", .type = FIELD_REF, .of = "seat"},
    {.name = "contribution",
        .label = "Contribution it comes from",
        .type = FIELD_REF,
        .of = "contribution"},
    {.name = "on_behalf",
        .label = "Entered on behalf of the sponsor",
        .help = "The secretariat enters proposals for others and has none of its own.",
        .type = FIELD_BOOL},
};

static const struct field revise_fields[] = {
    PROPOSAL_REF,
    {.name = "revision", .label = "Revision", .type = FIELD_INT, .flags = FIELD_GIVEN},
    {.name = "title",
        .label = "New title",
        .help = "Leave empty to keep the title.",
        .type = FIELD_LINE},
    {.name = "text",
        .label = "New text",
        .help = "The whole text as it should stand now. Every earlier version stays readable.",
        .type = FIELD_BLOCKS,
        .flags = FIELD_REQUIRED},
    {.name = "reason", .label = "What changed and why", .type = FIELD_LINE, .max = 500},
};

static const struct field cosponsor_fields[] = {
    PROPOSAL_REF,
    {.name = "delegation",
        .label = "Delegation or organisation",
        .type = FIELD_LINE,
        .flags = FIELD_REQUIRED},
    {.name = "seat", .label = "Its seat", .type = FIELD_REF, .of = "seat"},
};

static const struct field leave_fields[] = {
    PROPOSAL_REF,
    {.name = "delegation",
        .label = "Delegation or organisation",
        .type = FIELD_LINE,
        .flags = FIELD_REQUIRED},
};

static const struct field present_fields[] = {
    PROPOSAL_REF,
    {.name = "meeting",
        .label = "Meeting",
        .type = FIELD_REF,
        .flags = FIELD_REQUIRED,
        .of = "meeting"},
    {.name = "by",
        .label = "Presented by",
        .help = "The delegation or organisation that presented it.",
        .type = FIELD_LINE,
        .flags = FIELD_REQUIRED},
};

/* How the sources became one text, as a table of provenance names it. */
static const struct choice approaches[] = {
    {"combined", "Parts of each were combined"},
    {"one_text", "The text of one was taken"},
    {"repetition", "Repetitions were left out"},
    {"common", "What they have in common was written anew"},
    {NULL, NULL},
};

static const struct field merge_fields[] = {
    {.name = "number", .label = "Number", .type = FIELD_INT, .flags = FIELD_GIVEN},
    {.name = "sources",
        .label = "Proposals to merge",
        .help = "At least two. They stay readable and say what they went into.",
        .type = FIELD_REFS,
        .flags = FIELD_REQUIRED,
        .of = "proposal"},
    {.name = "section", .label = "Section", .type = FIELD_LINE, .flags = FIELD_REQUIRED},
    {.name = "title", .label = "Title", .type = FIELD_LINE, .flags = FIELD_REQUIRED},
    {.name = "text", .label = "Merged text", .type = FIELD_BLOCKS, .flags = FIELD_REQUIRED},
    {.name = "lang", .label = "Language", .type = FIELD_LANG, .flags = FIELD_REQUIRED},
    {.name = "approach",
        .label = "Approach",
        .help = "How one text was made. It stands in the table of provenance.",
        .type = FIELD_CHOICE,
        .choices = approaches},
    {.name = "rationale",
        .label = "How the sources were brought together",
        .help = "Which source each part comes from and what was left out.",
        .type = FIELD_TEXT},
};

static const struct choice answers[] = {
    {"agree", "Agree"},
    {"agree_ad_ref", "Agree ad referendum"},
    {"object", "Object: our proposal lives on beside the merged one"},
    {NULL, NULL},
};

static const struct field answer_fields[] = {
    {.name = "proposal",
        .label = "Proposal that was merged",
        .type = FIELD_REF,
        .flags = FIELD_REQUIRED,
        .of = "proposal"},
    {.name = "delegation", .label = "Its sponsor", .type = FIELD_LINE, .flags = FIELD_REQUIRED},
    {.name = "answer",
        .label = "Answer",
        .type = FIELD_CHOICE,
        .flags = FIELD_REQUIRED,
        .choices = answers},
    {.name = "note", .label = "Note", .type = FIELD_LINE, .max = 500},
};

static const struct field split_fields[] = {
    PROPOSAL_REF,
    {.name = "first", .label = "Number of the first", .type = FIELD_INT, .flags = FIELD_GIVEN},
    {.name = "second", .label = "Number of the second", .type = FIELD_INT, .flags = FIELD_GIVEN},
    {.name = "first_title",
        .label = "Title of the first",
        .type = FIELD_LINE,
        .flags = FIELD_REQUIRED},
    {.name = "first_text",
        .label = "Text of the first",
        .type = FIELD_BLOCKS,
        .flags = FIELD_REQUIRED},
    {.name = "second_title",
        .label = "Title of the second",
        .type = FIELD_LINE,
        .flags = FIELD_REQUIRED},
    {.name = "second_text",
        .label = "Text of the second",
        .type = FIELD_BLOCKS,
        .flags = FIELD_REQUIRED},
};

static const struct field withdraw_fields[] = {
    PROPOSAL_REF,
    {.name = "reason", .label = "Reason", .type = FIELD_LINE, .max = 500},
};

static const struct choice dispositions[] = {
    {"included", "Included in the text"},
    {"not_included", "Not included"},
    {"annexed", "Annexed to the report"},
    {NULL, NULL},
};

static const struct field dispose_fields[] = {
    PROPOSAL_REF,
    {.name = "disposition",
        .label = "Where it went",
        .type = FIELD_CHOICE,
        .flags = FIELD_REQUIRED,
        .choices = dispositions},
    {.name = "paragraph",
        .label = "Paragraph of the text",
        .help = "Needed when it is included: the paragraph that carries it.",
        .type = FIELD_LINE},
    {.name = "reason",
        .label = "Reason",
        .help = "Needed when it is not included: the sponsor is told why.",
        .type = FIELD_LINE,
        .max = 500},
};

static const struct command rows[] = {
    {.name = "proposal.submit",
        .title = "Submit a proposal",
        .help = "A recommendation that the group should make. It is public at once, with its "
                "sponsor, and can be revised by submitting a new version.",
        .said = "submitted proposal {number}: {title} ({sponsor})",
        .after = "/g/{group}/proposals/{number}",
        .may = ROLE_MEMBER | ROLE_SECRETARIAT,
        COMMAND_FIELDS(submit_fields),
        .decide = proposal_decide_submit,
        .fold = proposal_fold_submit},
    {.name = "proposal.revise",
        .title = "Revise a proposal",
        .help = "Gives the proposal a new version. All earlier versions are kept and shown.",
        .said = "revised proposal {proposal} (revision {revision})",
        .after = "/g/{group}/proposals/{proposal}",
        .may = ROLE_MEMBER | ROLE_SECRETARIAT,
        COMMAND_FIELDS(revise_fields),
        .decide = proposal_decide_revise,
        .fold = proposal_fold_revise},
    {.name = "proposal.cosponsor",
        .title = "Co-sponsor a proposal",
        .help = "Adds a delegation or organisation to the sponsors.",
        .said = "{delegation} joined the sponsors of proposal {proposal}",
        .after = "/g/{group}/proposals/{proposal}",
        .may = ROLE_MEMBER | ROLE_SECRETARIAT,
        COMMAND_FIELDS(cosponsor_fields),
        .decide = proposal_decide_cosponsor,
        .fold = proposal_fold_cosponsor},
    {.name = "proposal.leave",
        .title = "Leave the sponsors",
        .help = "Takes a delegation or organisation off the sponsors. The record keeps that it "
                "had been one.",
        .said = "{delegation} left the sponsors of proposal {proposal}",
        .after = "/g/{group}/proposals/{proposal}",
        .may = ROLE_MEMBER | ROLE_SECRETARIAT,
        COMMAND_FIELDS(leave_fields),
        .decide = proposal_decide_leave,
        .fold = proposal_fold_leave},
    {.name = "proposal.present",
        .title = "Record a presentation",
        .help = "Notes that a proposal was presented at a meeting, and by whom.",
        .said = "{by} presented proposal {proposal} at meeting {meeting}",
        .after = "/g/{group}/proposals/{proposal}",
        .may = ROLE_OFFICE,
        COMMAND_FIELDS(present_fields),
        .decide = proposal_decide_present,
        .fold = proposal_fold_present},
    {.name = "proposal.merge",
        .title = "Merge proposals",
        .help = "Makes one proposal out of several. The sources stay readable; their sponsors "
                "become the sponsors of the result and have seven days to object.",
        .said = "merged proposals {sources} into proposal {number}: {title}",
        .after = "/g/{group}/proposals/{number}",
        .may = ROLE_OFFICE | ROLE_MEMBER,
        COMMAND_FIELDS(merge_fields),
        .decide = proposal_decide_merge,
        .fold = proposal_fold_merge},
    {.name = "proposal.answer",
        .title = "Answer a merge",
        .help = "A sponsor of a merged proposal agrees, agrees ad referendum or objects, within "
                "seven days. After an objection the proposal lives on beside the merged one.",
        .said = "{delegation} answered the merge of proposal {proposal}: {answer}",
        .after = "/g/{group}/proposals/{proposal}",
        .may = ROLE_MEMBER | ROLE_SECRETARIAT,
        COMMAND_FIELDS(answer_fields),
        .decide = proposal_decide_answer,
        .fold = proposal_fold_answer},
    {.name = "proposal.split",
        .title = "Split a proposal",
        .help = "Makes two proposals out of one. The source stays readable; its sponsors are the "
                "sponsors of both.",
        .said = "split proposal {proposal} into proposals {first} and {second}",
        .after = "/g/{group}/proposals/{proposal}",
        .may = ROLE_OFFICE | ROLE_MEMBER,
        COMMAND_FIELDS(split_fields),
        .decide = proposal_decide_split,
        .fold = proposal_fold_split},
    {.name = "proposal.withdraw",
        .title = "Withdraw a proposal",
        .help = "The text stays in the record, marked as withdrawn.",
        .said = "withdrew proposal {proposal}",
        .after = "/g/{group}/proposals/{proposal}",
        .may = ROLE_MEMBER | ROLE_SECRETARIAT,
        COMMAND_FIELDS(withdraw_fields),
        .decide = proposal_decide_withdraw,
        .fold = proposal_fold_withdraw},
    {.name = "proposal.dispose",
        .title = "Say where a proposal went",
        .help = "Included in the text, not included (with the reason), or annexed to the report.",
        .said = "disposed of proposal {proposal}: {disposition}",
        .after = "/g/{group}/proposals/{proposal}",
        .may = ROLE_CHAIR | ROLE_SECRETARIAT,
        COMMAND_FIELDS(dispose_fields),
        .decide = proposal_decide_dispose,
        .fold = proposal_fold_dispose},
};

const struct room_commands proposal_commands = {
    .rows = rows,
    .n = sizeof rows / sizeof rows[0],
    .state_size = sizeof(struct proposal_state),
};
