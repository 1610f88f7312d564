/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "engine/room.h"
#include "rooms/meeting/meeting_rules.h"

#include "base/poison.h"

#define MEETING_FIELD                                                                  \
	{                                                                              \
		"meeting", "Meeting", NULL, FIELD_REF, FIELD_REQUIRED, .of = "meeting" \
	}
#define ITEM_FIELD                                                                          \
	{                                                                                   \
		"item", "Agenda item", NULL, FIELD_REF, FIELD_REQUIRED, .of = "agenda_item" \
	}

static const struct choice publicity[] = {
    {"public", "Public: anyone may follow"},
    {"members_observers", "Members and observers"},
    {"members", "Members only"},
    {0},
};

static const struct choice sitting_kinds[] = {
    {"plenary", "Plenary"},
    {"informal", "Informal"},
    {"drafting", "Drafting group"},
    {0},
};

static const struct choice modes[] = {
    {"room", "In the room"},
    {"remote", "Remotely"},
    {"absent", "Did not attend: takes back what was recorded"},
    {0},
};

static const struct choice outcomes[] = {
    {"decided", "The group decided"},
    {"took_note", "The group took note"},
    {"agreed_to_revert", "The group agreed to revert to the item"},
    {"deferred", "The item was deferred"},
    {0},
};

static const struct choice record_kinds[] = {
    {"transcript", "Transcript (not a verbatim record)"},
    {"verbatim", "Verbatim record"},
    {"summary", "Summary record"},
    {"recording", "Sound or video recording"},
    {0},
};

static const struct field announce_fields[] = {
    {"number", "Number", NULL, FIELD_INT, FIELD_GIVEN},
    {"title", "Title", "For example: Second meeting.", FIELD_LINE, FIELD_REQUIRED},
    {"place", "Place", "City and building, for example: Geneva, Palais des Nations, Room XXVI.",
        FIELD_LINE, FIELD_REQUIRED},
    {"starts", "First day", NULL, FIELD_DATE, FIELD_REQUIRED},
    {"ends", "Last day", "The same day for a meeting of one day.", FIELD_DATE, FIELD_REQUIRED},
    {"zone", "Time zone of the place", "Times of sittings are given in it.", FIELD_ZONE,
        FIELD_REQUIRED},
    {"publicity", "Who may follow", NULL, FIELD_CHOICE, FIELD_REQUIRED, .choices = publicity},
    {"remote", "Remote participation is possible", NULL, FIELD_BOOL},
    {"url", "Address for remote participation",
        "It is published; for a closed meeting give it by mail.", FIELD_URL},
    {"how", "How to take part", "Registration, access, captions: what people need to know.",
        FIELD_TEXT, .max = 2000},
};

static const struct field change_fields[] = {
    MEETING_FIELD,
    {"starts", "First day", "Leave empty what stays as it is.", FIELD_DATE},
    {"ends", "Last day", NULL, FIELD_DATE},
    {"place", "Place", NULL, FIELD_LINE},
    {"url", "Address for remote participation",
        "It is published; for a closed meeting give it by mail.", FIELD_URL},
    {"how", "How to take part", NULL, FIELD_TEXT, .max = 2000},
    {"reason", "Reason", NULL, FIELD_LINE, FIELD_REQUIRED},
};

static const struct field cancel_fields[] = {
    MEETING_FIELD,
    {"reason", "Reason", NULL, FIELD_LINE, FIELD_REQUIRED},
};

static const struct field meeting_only[] = {MEETING_FIELD};

static const struct field open_fields[] = {
    MEETING_FIELD,
    {"sitting", "Sitting", "Which one begins. Empty: the one that is scheduled about this time.",
        FIELD_REF, .of = "sitting"},
    {"begins", "Sitting that begins", NULL, FIELD_INT, FIELD_GIVEN},
};

static const struct field sitting_fields[] = {
    MEETING_FIELD,
    {"sitting", "Sitting", NULL, FIELD_INT, FIELD_GIVEN},
    {"kind", "Kind", NULL, FIELD_CHOICE, FIELD_REQUIRED, .choices = sitting_kinds},
    {"date", "Day", "One of the days of the meeting.", FIELD_DATE, FIELD_REQUIRED},
    {"from", "From", "For example 10:00, in the time of the meeting's place.", FIELD_LINE,
        FIELD_REQUIRED, .max = 5},
    {"to", "To", "For example 13:00. A time before the beginning is on the next day.", FIELD_LINE,
        FIELD_REQUIRED, .max = 5},
    {"publicity", "Who may follow",
        "Left empty, a plenary follows the meeting and an informal sitting the methods of work.",
        FIELD_CHOICE, .choices = publicity},
    {"room", "Room", NULL, FIELD_LINE},
    {"topic", "Topic", "What an informal or drafting sitting is about.", FIELD_LINE},
    {"transcript", "It is captioned and leaves a transcript",
        "A public plenary does in any case. An informal or drafting sitting leaves a Chair's "
        "summary, unless the group decided otherwise.",
        FIELD_BOOL},
    {"url", "Address for remote participation", "Left empty: that of the meeting.", FIELD_URL},
    {"starts", "Begins", NULL, FIELD_TIME, FIELD_GIVEN},
    {"ends", "Ends", NULL, FIELD_TIME, FIELD_GIVEN},
};

static const struct field cancel_sitting_fields[] = {
    MEETING_FIELD,
    {"sitting", "Sitting", NULL, FIELD_REF, FIELD_REQUIRED, .of = "sitting"},
    {"reason", "Reason", NULL, FIELD_LINE, FIELD_REQUIRED},
};

static const struct field agenda_item_fields[] = {
    MEETING_FIELD,
    {"item", "Item", NULL, FIELD_INT, FIELD_GIVEN},
    {"title", "Title of the item", NULL, FIELD_LINE, FIELD_REQUIRED},
    {"note", "Annotation", "What is before the meeting under this item.", FIELD_TEXT, .max = 4000},
};

static const struct field withdraw_item_fields[] = {
    MEETING_FIELD,
    ITEM_FIELD,
    {"reason", "Reason", NULL, FIELD_LINE, FIELD_REQUIRED},
};

static const struct field document_fields[] = {
    MEETING_FIELD,
    {"item", "Agenda item", "Empty for a document of the whole meeting.", FIELD_REF,
        .of = "agenda_item"},
    {"document", "Document", NULL, FIELD_REF, FIELD_REQUIRED, .of = "document"},
};

static const struct field statement_fields[] = {
    MEETING_FIELD,
    {"item", "Agenda item", "Empty for a statement to the whole meeting.", FIELD_REF,
        .of = "agenda_item"},
    {"document", "Document", "A statement that was issued as a document.", FIELD_REF,
        .of = "document"},
    {"contribution", "Or contribution", "A published one.", FIELD_REF, .of = "contribution"},
    {"statement", "Statement", NULL, FIELD_INT, FIELD_GIVEN},
};

static const struct field withdraw_statement_fields[] = {
    MEETING_FIELD,
    {"statement", "Written statement", NULL, FIELD_REF, FIELD_REQUIRED, .of = "statement_written"},
    {"reason", "Reason", NULL, FIELD_LINE, FIELD_REQUIRED},
};

static const struct field consider_fields[] = {MEETING_FIELD, ITEM_FIELD};

static const struct field conclude_fields[] = {
    MEETING_FIELD,
    ITEM_FIELD,
    {"outcome", "Outcome", NULL, FIELD_CHOICE, FIELD_REQUIRED, .choices = outcomes},
    {"text", "Conclusion", "In the words of the Chair; the record and the report quote them.",
        FIELD_TEXT, FIELD_REQUIRED, .max = 8000},
    {"decision", "Decision", NULL, FIELD_INT, FIELD_GIVEN},
};

static const struct field attend_fields[] = {
    MEETING_FIELD,
    {"persons", "Who attended", NULL, FIELD_ACTORS, FIELD_REQUIRED},
    {"mode", "How", NULL, FIELD_CHOICE, FIELD_REQUIRED, .choices = modes},
    {"sitting", "Sitting", "Empty: the one that is held now; when none is, the meeting as a whole.",
        FIELD_REF, .of = "sitting"},
    {"held", "Sitting that was attended", NULL, FIELD_INT, FIELD_GIVEN},
};

static const struct field interpret_fields[] = {
    MEETING_FIELD,
    {"lang", "Into which language", NULL, FIELD_LANG, FIELD_REQUIRED},
    {"persons", "Interpreters", "Leave empty when there is no interpretation into it any more.",
        FIELD_ACTORS},
};

static const struct field summary_fields[] = {
    MEETING_FIELD,
    {"sitting", "Sitting", "Empty for a summary of the whole meeting.", FIELD_REF, .of = "sitting"},
    {"text", "Summary", NULL, FIELD_BLOCKS, FIELD_REQUIRED},
};

static const struct field record_fields[] = {
    MEETING_FIELD,
    {"sitting", "Sitting", "Empty for a record of the whole meeting.", FIELD_REF, .of = "sitting"},
    {"kind", "Kind of record", NULL, FIELD_CHOICE, FIELD_REQUIRED, .choices = record_kinds},
    {"url", "Address", NULL, FIELD_URL},
    {"document", "Document", "If it was issued as a document of the group.", FIELD_REF,
        .of = "document"},
    {"note", "Note", "For example: captioned text, session of the morning.", FIELD_LINE},
};

/* Back to where one was: past what stands on every page, or at the item. */
#define PAGE  "/g/{group}/meetings/{meeting}"
#define AFTER PAGE "#main"
#define ITEM  PAGE "#item-{item}"

static const struct command rows[] = {
    {
        .name = "meeting.announce",
        .title = "Announce a meeting",
        .help = "Announce when and where the group meets, who may follow, and how to take part.",
        .said = "announced meeting {number}: {title}, {place}",
        .after = "/g/{group}/meetings/{number}",
        .may = ROLE_SECRETARIAT,
        COMMAND_FIELDS(announce_fields),
        .decide = meeting_decide_announce,
        .fold = meeting_fold_announce,
    },
    {
        .name = "meeting.change",
        .title = "Change the days or the place of a meeting",
        .help = "What is left empty stays. The announcement and every change remain in the record.",
        .said = "changed the announcement of meeting {meeting}: {reason}",
        .after = AFTER,
        .may = ROLE_OFFICE,
        COMMAND_FIELDS(change_fields),
        .decide = meeting_decide_change,
        .fold = meeting_fold_change,
    },
    {
        .name = "meeting.cancel",
        .title = "Cancel a meeting",
        .help = "A meeting that has not begun can be cancelled. Its number is not used again.",
        .said = "cancelled meeting {meeting}: {reason}",
        .after = AFTER,
        .may = ROLE_SECRETARIAT,
        COMMAND_FIELDS(cancel_fields),
        .decide = meeting_decide_cancel,
        .fold = meeting_fold_cancel,
    },
    {
        .name = "meeting.sitting",
        .title = "Schedule a sitting",
        .help = "Give the day and the hours of a plenary, an informal sitting or a drafting group, "
                "in the time of the meeting's place.",
        .said = "scheduled sitting {sitting} of meeting {meeting}",
        .after = PAGE "#sitting-{sitting}",
        .may = ROLE_OFFICE,
        COMMAND_FIELDS(sitting_fields),
        .decide = meeting_decide_sitting,
        .fold = meeting_fold_sitting,
    },
    {
        .name = "meeting.cancel_sitting",
        .title = "Cancel a sitting",
        .help = "A sitting that has not been held can be cancelled.",
        .said = "cancelled sitting {sitting} of meeting {meeting}: {reason}",
        .after = PAGE "#sitting-{sitting}",
        .may = ROLE_OFFICE,
        COMMAND_FIELDS(cancel_sitting_fields),
        .decide = meeting_decide_cancel_sitting,
        .fold = meeting_fold_cancel_sitting,
    },
    {
        .name = "meeting.agenda_item",
        .title = "Add an agenda item",
        .help = "The agenda is provisional until the meeting adopts it. After that only the Chair "
                "adds items, with the consent of the group.",
        .said = "put item {item} on the agenda of meeting {meeting}: {title}",
        .after = ITEM,
        .may = ROLE_OFFICE,
        COMMAND_FIELDS(agenda_item_fields),
        .decide = meeting_decide_agenda_item,
        .fold = meeting_fold_agenda_item,
    },
    {
        .name = "meeting.withdraw_item",
        .title = "Withdraw an agenda item",
        .help = "An item that has not been taken up can leave the agenda. Its number stays empty.",
        .said = "withdrew item {item} from the agenda of meeting {meeting}: {reason}",
        .after = ITEM,
        .may = ROLE_OFFICE,
        COMMAND_FIELDS(withdraw_item_fields),
        .decide = meeting_decide_withdraw_item,
        .fold = meeting_fold_withdraw_item,
    },
    {
        .name = "meeting.adopt_agenda",
        .title = "Adopt the agenda",
        .help = "Declare that the meeting has adopted its agenda. Items can then be taken up.",
        .said = "declared the agenda of meeting {meeting} adopted",
        .after = PAGE "#agenda",
        .may = ROLE_CHAIR,
        COMMAND_FIELDS(meeting_only),
        .decide = meeting_decide_adopt_agenda,
        .fold = meeting_fold_adopt_agenda,
    },
    {
        .name = "meeting.document",
        .title = "Put a document before a meeting",
        .help = "List a document under an agenda item, or under the meeting as a whole.",
        .said = "put document {document} before meeting {meeting}",
        .after = PAGE "#agenda",
        .may = ROLE_OFFICE,
        COMMAND_FIELDS(document_fields),
        .decide = meeting_decide_document,
    },
    {
        .name = "meeting.statement",
        .title = "List a written statement",
        .help = "Everyone who follows the meeting finds it at the agenda item. The office lists "
                "what anybody wrote, others a contribution of their own.",
        .said = "listed written statement {statement} at meeting {meeting}",
        .after = PAGE "#agenda",
        .may = ROLE_OFFICE | ROLE_PARTICIPANT,
        COMMAND_FIELDS(statement_fields),
        .decide = meeting_decide_statement,
        .fold = meeting_fold_statement,
    },
    {
        .name = "meeting.withdraw_statement",
        .title = "Take a written statement off the list",
        .help = "What was listed stays in the record.",
        .said = "took written statement {statement} off the list of meeting {meeting}: {reason}",
        .after = PAGE "#agenda",
        .may = ROLE_OFFICE | ROLE_PARTICIPANT,
        COMMAND_FIELDS(withdraw_statement_fields),
        .decide = meeting_decide_withdraw_statement,
        .fold = meeting_fold_withdraw_statement,
    },
    {
        .name = "meeting.open",
        .title = "Open a meeting",
        .help = "A meeting opens on its first day or later; a group holds one meeting at a time.",
        .said = "opened meeting {meeting}",
        .after = AFTER,
        .may = ROLE_OFFICE,
        COMMAND_FIELDS(open_fields),
        .decide = meeting_decide_open,
        .fold = meeting_fold_open,
    },
    {
        .name = "meeting.suspend",
        .title = "Suspend a meeting",
        .help = "A suspended meeting is resumed later; nothing is concluded meanwhile.",
        .said = "suspended meeting {meeting}",
        .after = AFTER,
        .may = ROLE_OFFICE,
        COMMAND_FIELDS(meeting_only),
        .decide = meeting_decide_suspend,
        .fold = meeting_fold_suspend,
    },
    {
        .name = "meeting.resume",
        .title = "Resume a meeting",
        .help = "Continue a meeting that was suspended.",
        .said = "resumed meeting {meeting}",
        .after = AFTER,
        .may = ROLE_OFFICE,
        COMMAND_FIELDS(open_fields),
        .decide = meeting_decide_resume,
        .fold = meeting_fold_resume,
    },
    {
        .name = "meeting.consider",
        .title = "Take up an agenda item",
        .help = "Bring an item of the adopted agenda under consideration.",
        .said = "took up item {item} of meeting {meeting}",
        .after = ITEM,
        .may = ROLE_OFFICE,
        COMMAND_FIELDS(consider_fields),
        .decide = meeting_decide_consider,
        .fold = meeting_fold_consider,
    },
    {
        .name = "meeting.conclude",
        .title = "Conclude an agenda item",
        .help = "Record in words what the group decided, took note of, or left to a later sitting.",
        .said = "concluded item {item} of meeting {meeting} ({outcome}): {text}",
        .after = ITEM,
        .may = ROLE_OFFICE,
        COMMAND_FIELDS(conclude_fields),
        .decide = meeting_decide_conclude,
        .fold = meeting_fold_conclude,
    },
    {
        .name = "meeting.close",
        .title = "Close a meeting",
        .help = "Every item of the adopted agenda must have been concluded or deferred.",
        .said = "closed meeting {meeting}",
        .after = AFTER,
        .may = ROLE_OFFICE,
        COMMAND_FIELDS(meeting_only),
        .decide = meeting_decide_close,
        .fold = meeting_fold_close,
    },
    {
        .name = "meeting.attend",
        .title = "Record attendance",
        .help =
            "Record who attended, in the room or remotely. Recorded again, the later word holds.",
        .said = "recorded attendance of meeting {meeting}",
        .after = PAGE "#attendance",
        .may = ROLE_SECRETARIAT,
        .flags = COMMAND_QUIET,
        COMMAND_FIELDS(attend_fields),
        .decide = meeting_decide_attend,
    },
    {
        .name = "meeting.interpret",
        .title = "Name the interpreters",
        .help = "Each language of interpretation has a channel of its own on the page of the "
                "floor; its interpreters speak in it. Named again, the later word holds.",
        .said = "named the interpreters of meeting {meeting} into {lang}",
        .after = AFTER,
        .may = ROLE_SECRETARIAT,
        COMMAND_FIELDS(interpret_fields),
        .decide = meeting_decide_interpret,
    },
    {
        .name = "meeting.summary",
        .title = "Publish a Chair's summary",
        .help = "Informal sittings leave a Chair's summary. A later summary of the same sitting "
                "takes the place of an earlier one, which stays readable.",
        .said = "published a Chair's summary of meeting {meeting}",
        .after = PAGE "#records",
        .may = ROLE_OFFICE,
        COMMAND_FIELDS(summary_fields),
        .decide = meeting_decide_summary,
    },
    {
        .name = "meeting.record",
        .title = "Say where a record is found",
        .help = "Give the place of a transcript, a verbatim or summary record, or a recording.",
        .said = "told where the {kind} of meeting {meeting} is found",
        .after = PAGE "#records",
        .may = ROLE_SECRETARIAT,
        COMMAND_FIELDS(record_fields),
        .decide = meeting_decide_record,
    },
};

const struct room_commands meeting_commands = {
    .rows = rows,
    .n = sizeof rows / sizeof rows[0],
    .state_size = sizeof(struct meeting_state),
};
