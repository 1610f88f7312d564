/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rooms/methods/methods_words.h"

#include "engine/i18n.h"

#include "base/poison.h"

/* A count in words: its own sentence for none and for one. */
static str counted(
    const struct page *p, int64_t n, const char *none, const char *one, const char *many)
{
	const char *sentence = n == 0 ? none : n == 1 ? one : many;
	return err_fill(p->arena, page_t(p, sentence), (const str[]){page_i64(p, n)}, 1);
}

static str who(const struct page *p, str word)
{
	if (str_is(word, "members"))
		return page_t(p, "Members");
	if (str_is(word, "members_observers"))
		return page_t(p, "Members and observers");
	return page_t(p, "Anyone");
}

static str observers(const struct page *p, str word)
{
	if (str_is(word, "silent"))
		return page_t(p, "Observers do not speak");
	if (str_is(word, "after_members"))
		return page_t(p, "After the members");
	return page_t(p, "In the order of the list, as members do");
}

static str languages(const struct page *p, str codes)
{
	struct buf b = buf_in(p->arena, 0);
	str rest = codes, code;
	while (str_cut(&rest, ' ', &code)) {
		buf_sep(&b, S(" · "));
		buf_put(&b, i18n_name(code));
	}
	return buf_str(&b);
}

static bool is_own(const struct page *p, const struct methods_list_row *row, const char *field)
{
	return str_find(row->set_by, arena_printf(p->arena, ",%s,", field)) != SIZE_MAX;
}

str methods_practice(const struct page *p, str preset)
{
	if (str_is(preset, "gnso"))
		return page_t(
		    p, "GNSO working group: the Chair designates the level of consensus.");
	if (str_is(preset, "ietf"))
		return page_t(p, "IETF working group: rough consensus, every issue is addressed.");
	return page_t(
	    p, "United Nations practice: consensus is the absence of a formal objection.");
}

void methods_words(
    const struct page *p, const struct methods_list_row *row, struct methods_setting *out)
{
	const struct {
		const char *field;
		const char *label;
		str value;
	} words[METHODS_SETTINGS] = {
	    {"quorum_percent", "Quorum",
	        counted(p, row->quorum_percent, "None", "{0} percent of the filled seats",
	            "{0} percent of the filled seats")},
	    {"may_propose", "Who may make proposals", who(p, row->may_propose)},
	    {"may_amend", "Who may propose amendments", who(p, row->may_amend)},
	    {"may_break_silence", "Who may break silence", who(p, row->may_break_silence)},
	    {"silence_hours", "A silence procedure runs at least",
	        counted(p, row->silence_hours, "Not used", "{0} hour", "{0} hours")},
	    {"readings", "Readings before adoption",
	        counted(p, row->readings, "None", "{0} reading", "{0} readings")},
	    {"deadline_days", "Documents are issued before a meeting",
	        counted(
	            p, row->deadline_days, "No time is set", "{0} day before", "{0} days before")},
	    {"speaking_minutes", "Speaking time",
	        counted(p, row->speaking_minutes, "No limit", "{0} minute a statement",
	            "{0} minutes a statement")},
	    {"rights_of_reply", "Rights of reply",
	        counted(p, row->rights_of_reply, "None", "{0} on a list of speakers",
	            "{0} on a list of speakers")},
	    {"reply_minutes", "The first right of reply",
	        counted(p, row->reply_minutes, "No limit", "{0} min", "{0} min")},
	    {"second_reply_minutes", "Further rights of reply",
	        counted(p, row->second_reply_minutes, "No limit", "{0} min", "{0} min")},
	    {"correction_days", "Corrections of the transcript",
	        counted(p, row->correction_days, "None", "may be asked for {0} day",
	            "may be asked for {0} days")},
	    {"observers_speak", "When observers speak", observers(p, row->observers_speak)},
	    {"informals_public", "Informal sittings",
	        row->informals_public ? page_t(p, "Public, and may be recorded")
	                              : page_t(p, "Not public; they leave a Chair's summary")},
	    {"list_non_consensus", "Proposals that found no consensus",
	        row->list_non_consensus
	            ? page_t(p, "Listed in the report")
	            : page_t(p, "Kept in the record, not listed in the report")},
	    {"languages", "Languages", languages(p, row->languages)},
	};
	for (size_t i = 0; i < METHODS_SETTINGS; i++)
		out[i] = (struct methods_setting){
		    .label = page_t(p, words[i].label),
		    .value = words[i].value,
		    .own = is_own(p, row, words[i].field),
		};
}
