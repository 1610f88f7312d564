/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "engine/room.h"
#include "rooms/floor/floor_rules.h"

#include "base/poison.h"

#define GIVEN(n, l, t)                                                        \
	{                                                                     \
		.name = (n), .label = (l), .type = (t), .flags = FIELD_GIVEN, \
	}
#define MEETING                                                                                    \
	{                                                                                          \
		.name = "meeting", .label = "Meeting", .type = FIELD_REF, .flags = FIELD_REQUIRED, \
		.of = "meeting"                                                                    \
	}
#define ITEM                                                                                   \
	{                                                                                      \
		.name = "item", .label = "Agenda item", .type = FIELD_REF, .of = "agenda_item" \
	}
#define LIST  GIVEN("list", "List", FIELD_INT)
#define PARTY GIVEN("party", "Delegation or organisation", FIELD_LINE)
#define CHOSEN \
	GIVEN("chosen", "Request", FIELD_INT), GIVEN("next", "Next on the list", FIELD_INT), PARTY
#define SECONDS GIVEN("seconds", "Seconds used", FIELD_INT)
#define REQUEST(l, h)                                                            \
	{                                                                        \
		.name = "request", .label = (l), .help = (h), .type = FIELD_REF, \
		.of = "floor_request"                                            \
	}
#define REQUEST_NEEDED                                                                  \
	{                                                                               \
		.name = "request", .label = "Request for the floor", .type = FIELD_REF, \
		.flags = FIELD_REQUIRED, .of = "floor_request"                          \
	}
#define REASON(l, h, f)                                                                        \
	{                                                                                      \
		.name = "reason", .label = (l), .help = (h), .type = FIELD_TEXT, .flags = (f), \
		.max = 2000                                                                    \
	}
#define WORDS                                                                                  \
	{                                                                                      \
		.name = "words", .label = "The Chair's words", .type = FIELD_TEXT, .max = 2000 \
	}

static const struct choice policies[] = {
    {"first_come", "In the order of the requests"},
    {"states_first", "States first"},
    {"rotate", "The constituencies in turn"},
    {"new_first", "Those who have not spoken yet first"},
    {"budget", "By the time that each constituency has left"},
    {NULL, NULL},
};
static const struct field open_fields[] = {
    MEETING,
    {.name = "sitting", .label = "Sitting", .type = FIELD_REF, .of = "sitting"},
    ITEM,
    {.name = "policy",
        .label = "Order of the speakers",
        .help = "Shown to everyone beside the list. Points of order and questions to the speaker "
                "come before, rights of reply after all others.",
        .type = FIELD_CHOICE,
        .flags = FIELD_REQUIRED,
        .choices = policies},
    {.name = "minutes",
        .label = "Minutes for a statement",
        .help = "Leave empty for the speaking time of the methods of work; 0 is no limit.",
        .type = FIELD_INT,
        .max = 240},
    {.name = "budget",
        .label = "Minutes for each constituency",
        .help = "How long its speakers may speak altogether on this list.",
        .type = FIELD_INT,
        .min = 1,
        .max = 1000},
    LIST,
    GIVEN("limit", "Minutes for a statement, as they apply", FIELD_INT),
    GIVEN("apart", "Points of order are not counted to the constituency", FIELD_BOOL),
    GIVEN("replies_apart", "Rights of reply are not counted to the constituency", FIELD_BOOL),
    {.name = "carried",
        .label = "Carried over from the last list",
        .type = FIELD_REFS,
        .flags = FIELD_GIVEN,
        .of = "floor_request"},
};
static const struct field close_fields[] = {MEETING, WORDS, LIST};
static const struct field admit_fields[] = {MEETING, REQUEST_NEEDED, LIST, PARTY};

static const struct choice kinds[] = {
    {"statement", "A statement"},
    {"reply", "A reply on the current topic"},
    {"question", "A question to whoever speaks"},
    {"right_of_reply", "A right of reply"},
    {"point_of_order", "A point of order"},
    {NULL, NULL},
};
static const struct choice modes[] = {
    {"room", "In the room"},
    {"remote", "Remotely"},
    {NULL, NULL},
};
static const struct choice categories[] = {
    {"conduct", "The conduct of the proceedings"},
    {"suspend_meeting", "To suspend the meeting"},
    {"adjourn_meeting", "To adjourn the meeting"},
    {"adjourn_debate", "To adjourn the debate on the item"},
    {"close_debate", "To close the debate on the item"},
    {NULL, NULL},
};
#define ASKED                                                                                      \
	{.name = "kind",                                                                           \
	    .label = "What for",                                                                   \
	    .type = FIELD_CHOICE,                                                                  \
	    .flags = FIELD_REQUIRED,                                                               \
	    .choices = kinds},                                                                     \
	    {.name = "rule",                                                                       \
	        .label = "Rule",                                                                   \
	        .help = "Of a point of order: the rule of the methods of work on which it "        \
	                "rests.",                                                                  \
	        .type = FIELD_LINE},                                                               \
	    {.name = "category",                                                                   \
	        .label = "What the point of order is for",                                         \
	        .help = "What stands first here is heard first. Leave empty for anything else "    \
	                "than a point of order.",                                                  \
	        .type = FIELD_CHOICE,                                                              \
	        .choices = categories},                                                            \
	    {.name = "mode",                                                                       \
	        .label = "How",                                                                    \
	        .type = FIELD_CHOICE,                                                              \
	        .flags = FIELD_REQUIRED,                                                           \
	        .choices = modes},                                                                 \
	    ITEM, {.name = "paragraph", .label = "Paragraph", .type = FIELD_LINE},                 \
	    {.name = "lang", .label = "Language", .type = FIELD_LANG},                             \
	    {.name = "note",                                                                       \
	        .label = "Note or written statement",                                              \
	        .help = "Published beside the list, also if time runs out before you speak.",      \
	        .type = FIELD_TEXT},                                                               \
	    {.name = "statement",                                                                  \
	        .label = "Listed written statement",                                               \
	        .help = "One that is listed at this meeting, as a document or a contribution; it " \
	                "is linked beside the list.",                                              \
	        .type = FIELD_REF,                                                                 \
	        .of = "statement_written"},                                                        \
	    GIVEN("request", "Request", FIELD_INT), LIST, GIVEN("for_seat", "Seat", FIELD_INT),    \
	    GIVEN("speaker", "Speaker", FIELD_ACTOR), PARTY,                                       \
	    GIVEN("constituency", "Constituency", FIELD_LINE),                                     \
	    GIVEN("is_state", "A State", FIELD_BOOL),                                              \
	    GIVEN("is_observer", "An observer", FIELD_BOOL),                                       \
	    GIVEN("minutes", "Minutes", FIELD_INT),                                                \
	{                                                                                          \
		.name = "place", .label = "On the list or the waiting list", .type = FIELD_LINE,   \
		.flags = FIELD_GIVEN                                                               \
	}
static const struct field request_fields[] = {MEETING, ASKED};
static const struct field enter_fields[] = {
    MEETING,
    {.name = "person",
        .label = "Who speaks",
        .help = "Somebody registered in the group, with or without an account.",
        .type = FIELD_ACTOR},
    {.name = "seat",
        .label = "For the seat",
        .help = "Leave empty when the person has a seat, or speaks for none.",
        .type = FIELD_REF,
        .of = "seat"},
    ASKED,
};
static const struct field withdraw_fields[] = {MEETING, REQUEST_NEEDED, PARTY};
static const struct field remove_fields[] = {
    MEETING, REQUEST_NEEDED, REASON("Reason", NULL, FIELD_REQUIRED), PARTY};

#define TO_WHOM                                                                   \
	REQUEST("To whom", "Leave empty for the next by the order of the list."), \
	    REASON("Reason for changing the order",                               \
	        "Needed when it is not the next one. It stands in the record.", 0)
#define OVERRIDDEN GIVEN("overridden", "Another than the next", FIELD_BOOL)
static const struct field call_fields[] = {MEETING, TO_WHOM, LIST, CHOSEN, OVERRIDDEN};
static const struct field give_fields[] = {
    MEETING,
    TO_WHOM,
    LIST,
    CHOSEN,
    OVERRIDDEN,
    GIVEN("interrupted", "Who was interrupted", FIELD_INT),
    SECONDS,
    GIVEN("minutes", "Minutes", FIELD_INT),
};
#define CURRENT                                                                    \
	MEETING, REQUEST("Whose", "Leave empty for whoever has the floor."), LIST, \
	    GIVEN("chosen", "Request", FIELD_INT), PARTY
static const struct field pause_fields[] = {CURRENT, SECONDS};
static const struct field resume_fields[] = {CURRENT};
static const struct field skip_fields[] = {
    MEETING, REQUEST("Who", "Leave empty for the next by the order of the list."), LIST, CHOSEN};

#define PUT                                                                \
	{                                                                  \
		.name = "put", .label = "What was put", .type = FIELD_REF, \
		.flags = FIELD_REQUIRED, .of = "floor_put"                 \
	}
#define HASH GIVEN("hash", "Hash of the text (SHA-256)", FIELD_LINE)
static const struct field put_fields[] = {
    MEETING,
    ITEM,
    {.name = "text",
        .label = "What is to be decided",
        .help = "Exactly as it would be decided; it is shown to everyone with its hash.",
        .type = FIELD_TEXT,
        .flags = FIELD_REQUIRED},
    GIVEN("put", "Number", FIELD_INT),
    HASH,
};
static const struct field object_fields[] = {
    MEETING,
    PUT,
    REASON("What you object to", "It helps to say what would remove the objection.", 0),
    {.name = "seat",
        .label = "For the seat",
        .help = "The secretariat says for whom it enters this from the floor.",
        .type = FIELD_REF,
        .of = "seat"},
    GIVEN("for_seat", "Seat", FIELD_INT),
    PARTY,
    HASH,
};
static const struct field decide_fields[] = {MEETING, PUT, WORDS, HASH};
static const struct field take_back_fields[] = {
    MEETING, PUT, REASON("Reason", NULL, FIELD_REQUIRED), HASH};

/* Back to where one was, with the next button near: the speaker, the list, one's own line. */
#define PAGE     "/g/{group}/meetings/{meeting}/floor"
#define SPEAKER  PAGE "#now-title"
#define THE_LIST PAGE "#queue-title"
#define LINE     PAGE "#request-{request}"
#define DECISION PAGE "#decision-{put}"
#define ASK      (ROLE_MEMBER | ROLE_OBSERVER)

static const struct command rows[] = {
    {.name = "floor.open",
        .title = "Open the list of speakers",
        .help = "For the room and for those who take part remotely. Whoever still waits on the "
                "last list of this meeting goes on this one.",
        .said = "opened list of speakers {list} of meeting {meeting}: {policy}",
        .after = SPEAKER,
        .may = ROLE_OFFICE,
        COMMAND_FIELDS(open_fields),
        .decide = floor_decide_open,
        .fold = floor_fold_open},
    {.name = "floor.close",
        .title = "Close the list",
        .help = "Announced by the Chair: those on the list are heard, and whoever asks later goes "
                "to the waiting list, for everyone to see.",
        .said = "closed list of speakers {list}",
        .after = SPEAKER,
        .may = ROLE_OFFICE,
        COMMAND_FIELDS(close_fields),
        .decide = floor_decide_close,
        .fold = floor_fold_close},
    {.name = "floor.admit",
        .title = "Admit to the list",
        .help = "From the waiting list, after the list was closed.",
        .said = "admitted {party} to list of speakers {list}",
        .after = LINE,
        .may = ROLE_CHAIR,
        COMMAND_FIELDS(admit_fields),
        .decide = floor_decide_admit,
        .fold = floor_fold_admit},
    {.name = "floor.request",
        .title = "Request the floor",
        .help = "You go on the list of speakers, in the room or remotely.",
        .said = "{party} asked for the floor: {kind}",
        .after = LINE,
        .may = ASK,
        .flags = COMMAND_QUIET,
        COMMAND_FIELDS(request_fields),
        .decide = floor_decide_request,
        .fold = floor_fold_request},
    {.name = "floor.enter",
        .title = "Enter a speaker",
        .help = "For those who cannot ask themselves, with or without an account.",
        .said = "entered {party} on the list of speakers: {kind}",
        .after = SPEAKER,
        .may = ROLE_OFFICE,
        .flags = COMMAND_QUIET,
        COMMAND_FIELDS(enter_fields),
        .decide = floor_decide_enter,
        .fold = floor_fold_request},
    {.name = "floor.withdraw",
        .title = "Withdraw from the list",
        .help = "The request stays in the record, as withdrawn.",
        .said = "withdrew the request of {party} for the floor",
        .after = THE_LIST,
        .may = ASK | ROLE_OFFICE,
        .flags = COMMAND_QUIET,
        COMMAND_FIELDS(withdraw_fields),
        .decide = floor_decide_withdraw,
        .fold = floor_fold_withdraw},
    {.name = "floor.remove",
        .title = "Remove from the list",
        .help = "The reason is shown beside the request.",
        .said = "removed {party} from the list of speakers: {reason}",
        .after = THE_LIST,
        .may = ROLE_CHAIR,
        COMMAND_FIELDS(remove_fields),
        .decide = floor_decide_remove,
        .fold = floor_fold_remove},
    {.name = "floor.call",
        .title = "Call the next speaker",
        .help = "So that whoever comes next gets ready.",
        .said = "called {party} to speak next",
        .after = SPEAKER,
        .may = ROLE_OFFICE,
        .flags = COMMAND_QUIET,
        COMMAND_FIELDS(call_fields),
        .decide = floor_decide_call,
        .fold = floor_fold_call},
    {.name = "floor.give",
        .title = "Give the floor",
        .help = "To the next by the order of the list, or to another with a reason. A point of "
                "order interrupts whoever speaks.",
        .said = "gave the floor to {party}",
        .after = SPEAKER,
        .may = ROLE_CHAIR,
        .flags = COMMAND_QUIET,
        COMMAND_FIELDS(give_fields),
        .decide = floor_decide_give,
        .fold = floor_fold_give},
    {.name = "floor.pause",
        .title = "Interrupt the speaker",
        .help = "The clock stops until the speaker goes on.",
        .said = "interrupted {party}",
        .after = SPEAKER,
        .may = ROLE_CHAIR,
        .flags = COMMAND_QUIET,
        COMMAND_FIELDS(pause_fields),
        .decide = floor_decide_pause,
        .fold = floor_fold_pause},
    {.name = "floor.resume",
        .title = "Let the speaker go on",
        .help = "After a point of order, a question or a pause.",
        .said = "gave the floor back to {party}",
        .after = SPEAKER,
        .may = ROLE_CHAIR,
        .flags = COMMAND_QUIET,
        COMMAND_FIELDS(resume_fields),
        .decide = floor_decide_resume,
        .fold = floor_fold_resume},
    {.name = "floor.end",
        .title = "End the statement",
        .help = "The time is counted to the speaker’s constituency, but for a point of order.",
        .said = "{party} has spoken: {seconds} seconds",
        .after = SPEAKER,
        .may = ROLE_OFFICE,
        .flags = COMMAND_QUIET,
        COMMAND_FIELDS(pause_fields),
        .decide = floor_decide_end,
        .fold = floor_fold_end},
    {.name = "floor.skip",
        .title = "Pass over: not present",
        .help = "Who was not there may ask for the floor again.",
        .said = "passed over {party}, not present",
        .after = SPEAKER,
        .may = ROLE_CHAIR,
        .flags = COMMAND_QUIET,
        COMMAND_FIELDS(skip_fields),
        .decide = floor_decide_skip,
        .fold = floor_fold_skip},
    {.name = "floor.put_decision",
        .title = "Put a decision",
        .help = "“If I hear no objection, it is so decided.” Everyone sees the text and its hash; "
                "after a pause the Chair decides, unless a seat objects.",
        .said = "put decision {put} to meeting {meeting}",
        .after = DECISION,
        .may = ROLE_CHAIR,
        COMMAND_FIELDS(put_fields),
        .decide = floor_decide_put,
        .fold = floor_fold_put},
    {.name = "floor.object",
        .title = "Object",
        .help = "What was put is then not decided.",
        .said = "{party} objected to decision {put}",
        .after = DECISION,
        .may = ROLE_MEMBER | ROLE_OFFICE,
        COMMAND_FIELDS(object_fields),
        .decide = floor_decide_object,
        .fold = floor_fold_object},
    {.name = "floor.decide",
        .title = "It is so decided",
        .help = "No seat has objected.",
        .said = "decision {put} was taken without objection",
        .after = DECISION,
        .may = ROLE_CHAIR,
        COMMAND_FIELDS(decide_fields),
        .decide = floor_decide_decide,
        .fold = floor_fold_decide},
    {.name = "floor.take_back",
        .title = "Take back what was put",
        .help = "Nothing is decided; a text can be put again.",
        .said = "took decision {put} back: {reason}",
        .after = DECISION,
        .may = ROLE_CHAIR,
        COMMAND_FIELDS(take_back_fields),
        .decide = floor_decide_take_back,
        .fold = floor_fold_take_back},
};

const struct room_commands floor_commands = {
    .rows = rows,
    .n = sizeof rows / sizeof rows[0],
    .state_size = sizeof(struct floor_state),
};
