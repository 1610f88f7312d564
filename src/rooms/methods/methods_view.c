/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "engine/room.h"
#include "methods_view.sql.h"
#include "rooms/methods/methods.h"

#include "base/poison.h"

static const char *const who_words[] = {
    [METHODS_MEMBERS] = "members",
    [METHODS_PARTICIPANTS] = "members_observers",
    [METHODS_ANYONE] = "anyone",
};
static const char *const observer_words[] = {
    [METHODS_OBSERVERS_SILENT] = "silent",
    [METHODS_OBSERVERS_AFTER_MEMBERS] = "after_members",
    [METHODS_OBSERVERS_EQUALLY] = "equally",
};

static str languages_of(struct arena *a, unsigned set)
{
	struct buf b = buf_in(a, 0);
	for (size_t i = 0; i < METHODS_LANGUAGES; i++)
		if (set & 1u << i) {
			buf_sep(&b, S(" "));
			buf_put(&b, str_of(methods_language_codes[i]));
		}
	return buf_str(&b);
}

/* ",quorum_percent,readings," : what the draft set itself, against its preset. */
static str set_by_of(struct arena *a, const struct fact *f)
{
	static const char *const settings[] = {"quorum_percent", "may_propose", "may_amend",
	    "may_break_silence", "silence_hours", "readings", "deadline_days", "speaking_minutes",
	    "rights_of_reply", "reply_minutes", "second_reply_minutes", "correction_days",
	    "observers_speak", "informals_public", "list_non_consensus", "languages"};
	struct buf b = buf_in(a, 0);
	buf_putc(&b, ',');
	for (size_t i = 0; i < sizeof settings / sizeof settings[0]; i++)
		if (fact_has(f, settings[i])) {
			buf_put(&b, str_of(settings[i]));
			buf_putc(&b, ',');
		}
	return buf_str(&b);
}

static enum rc apply_draft(struct view *v, const struct fact *f, struct err *err)
{
	int64_t number = fact_i64(f, "number");
	const struct methods_settings *s = &methods_get(v->group, number)->settings;
	TRY(methods_put(v->db, v->grp, number, fact_str(f, "title"), fact_str(f, "preset"),
	    s->quorum_percent, str_of(who_words[s->may_propose]), str_of(who_words[s->may_amend]),
	    str_of(who_words[s->may_break_silence]), s->silence_hours, s->readings,
	    s->deadline_days, s->speaking_minutes, s->rights_of_reply, s->reply_minutes,
	    s->second_reply_minutes, s->correction_days, str_of(observer_words[s->observers_speak]),
	    s->informals_public, s->list_non_consensus, languages_of(v->arena, s->languages),
	    set_by_of(v->arena, f), f->time, f->seq, err));
	const struct value *text = fact_value(f, "text");
	for (size_t i = 0; i < text->list.n; i++)
		TRY(methods_put_paragraph(
		    v->db, v->grp, number, (int64_t)i + 1, text->list.p[i], err));
	return OK;
}

static enum rc apply_adopt(struct view *v, const struct fact *f, struct err *err)
{
	int64_t number = fact_i64(f, "number");
	TRY(methods_supersede(v->db, v->grp, number, err));
	return methods_adopt(v->db, v->grp, number, f->time, f->seq,
	    fact_has(f, "meeting") ? fact_i64(f, "meeting") : INT64_MIN, fact_str(f, "words"), err);
}

static const struct applier appliers[] = {
    {"methods.draft", apply_draft},
    {"methods.adopt", apply_adopt},
};

const struct room_view methods_view = {
    .schema = &methods_view_sql,
    .appliers = appliers,
    .appliers_n = sizeof appliers / sizeof appliers[0],
};
