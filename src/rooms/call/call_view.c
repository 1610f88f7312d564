/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Entries of calls and contributions into the tables of call_view.sql. */
#include "engine/room.h"
#include "rooms/call/call.h"
#include "call_view.sql.h"

#include "base/poison.h"

/* ---- calls ---- */

static enum rc note_event(struct view *v, const struct fact *f, const struct call_item *c,
    const char *what, str reason, struct err *err)
{
	TRY(call_update(v->db, v->grp, c->number, call_status_word(c->status), c->deadline, c->zone,
	    f->seq, err));
	return call_event_add(
	    v->db, v->grp, f->seq, c->number, str_of(what), f->time, c->deadline, reason, err);
}

static enum rc apply_draft(struct view *v, const struct fact *f, struct err *err)
{
	int64_t number = fact_i64(f, "number");
	TRY(call_add(v->db, v->grp, number, fact_str(f, "title"), fact_str(f, "text"),
	    fact_str(f, "audience"), fact_str(f, "zone"), fact_i64(f, "deadline"),
	    fact_i64(f, "word_limit"), str_is(fact_str(f, "late"), "refuse"),
	    fact_i64(f, "meeting"), f->seq, err));
	return call_event_add(v->db, v->grp, f->seq, number, S("drafted"), f->time,
	    fact_i64(f, "deadline"), STR_EMPTY, err);
}

static enum rc apply_question(struct view *v, const struct fact *f, struct err *err)
{
	return call_question_add(v->db, v->grp, fact_i64(f, "call"), fact_i64(f, "question"),
	    fact_str(f, "text"), f->seq, err);
}

static enum rc apply_open(struct view *v, const struct fact *f, struct err *err)
{
	const struct call_item *c = call_find(v->group, fact_i64(f, "call"));
	return note_event(v, f, c, "opened", STR_EMPTY, err);
}

static enum rc apply_extend(struct view *v, const struct fact *f, struct err *err)
{
	const struct call_item *c = call_find(v->group, fact_i64(f, "call"));
	return note_event(v, f, c, "extended", STR_EMPTY, err);
}

static enum rc apply_close(struct view *v, const struct fact *f, struct err *err)
{
	const struct call_item *c = call_find(v->group, fact_i64(f, "number"));
	return note_event(v, f, c, "closed", fact_str(f, "reason"), err);
}

static enum rc apply_reopen(struct view *v, const struct fact *f, struct err *err)
{
	const struct call_item *c = call_find(v->group, fact_i64(f, "call"));
	return note_event(v, f, c, "reopened", STR_EMPTY, err);
}

/* ---- contributions ---- */

static const char *const text_fields[] = {"text", "answer1", "answer2", "answer3", "answer4"};
#define TEXT_FIELDS (sizeof text_fields / sizeof text_fields[0])

/* The same words sent twice have the same hash, whoever sent them. Empty when nothing can be read.
 */
static str text_hash(struct view *v, const struct fact *f)
{
	VEC(str) pieces = {0};
	size_t n = 0;
	for (size_t i = 0; i < TEXT_FIELDS; i++)
		*vec_push(v->arena, &pieces) = fact_str(f, text_fields[i]);
	const struct value *files = fact_value(f, "files");
	for (size_t i = 0; i < files->files.n; i++)
		*vec_push(v->arena, &pieces) = files->files.p[i].text;
	for (size_t i = 0; i < pieces.n; i++)
		n += str_trim(pieces.p[i]).n;
	return n ? digest_str(v->arena, sha256_of(pieces.p, pieces.n)) : STR_EMPTY;
}

static enum rc add_texts(struct view *v, const struct fact *f, int64_t number, struct err *err)
{
	for (size_t i = 0; i < TEXT_FIELDS; i++) {
		const struct value *text = fact_value(f, text_fields[i]);
		for (size_t n = 0; n < text->list.n; n++)
			TRY(call_paragraph_add(v->db, v->grp, number, (int64_t)i, (int64_t)n + 1,
			    text->list.p[n], err));
	}
	return OK;
}

static enum rc add_files(struct view *v, const struct fact *f, int64_t number, struct err *err)
{
	const struct value *files = fact_value(f, "files");
	for (size_t i = 0; i < files->files.n; i++) {
		const struct attachment *file = &files->files.p[i];
		TRY(call_file_add(v->db, v->grp, number, (int64_t)i + 1, file->name,
		    file->media_type, (int64_t)file->size, (int64_t)file->part, file->text, err));
	}
	return OK;
}

static int64_t words_of(const struct fact *f)
{
	int64_t n = 0;
	for (size_t i = 0; i < TEXT_FIELDS; i++)
		n += call_count_words(fact_str(f, text_fields[i]));
	return n;
}

static enum rc apply_submit(struct view *v, const struct fact *f, struct err *err)
{
	int64_t number = fact_i64(f, "contribution");
	str via = fact_has(f, "via") ? fact_str(f, "via") : S("web");
	TRY(call_contribution_add(v->db, v->grp, number, fact_i64(f, "call"), f->seq, f->time,
	    digest_str(v->arena, v->leaf), actor_str(v->arena, f->actor), fact_str(f, "author"),
	    fact_str(f, "organisation"), fact_str(f, "country"), fact_str(f, "email"),
	    fact_str(f, "category"), fact_str(f, "lang"), fact_bool(f, "cite"),
	    fact_str(f, "publish_wish"), via, fact_i64(f, "received"), fact_bool(f, "late"),
	    words_of(f), text_hash(v, f), err));
	TRY(add_texts(v, f, number, err));
	return add_files(v, f, number, err);
}

static enum rc apply_status(struct view *v, const struct fact *f, str reason, struct err *err)
{
	const struct contribution_item *c =
	    contribution_find(v->group, fact_i64(f, "contribution"));
	bool published = c->status == CONTRIBUTION_PUBLISHED;
	return call_contribution_update(v->db, v->grp, c->number,
	    contribution_status_word(c->status), f->seq, f->time, reason,
	    published ? f->seq : INT64_MIN, c->replaced_by, err);
}

static enum rc apply_plain_status(struct view *v, const struct fact *f, struct err *err)
{
	return apply_status(v, f, STR_EMPTY, err);
}

static enum rc apply_reasoned_status(struct view *v, const struct fact *f, struct err *err)
{
	return apply_status(v, f, fact_str(f, "reason"), err);
}

static const struct applier appliers[] = {
    {"call.draft", apply_draft},
    {"call.question", apply_question},
    {"call.open", apply_open},
    {"call.extend", apply_extend},
    {"call.close", apply_close},
    {"call.reopen", apply_reopen},
    {"call.submit", apply_submit},
    {"call.publish", apply_plain_status},
    {"call.withhold", apply_plain_status},
    {"call.reject", apply_reasoned_status},
    {"call.withdraw", apply_reasoned_status},
    {"call.replace", apply_plain_status},
};

const struct room_view call_view = {
    .schema = &call_view_sql,
    .appliers = appliers,
    .appliers_n = sizeof appliers / sizeof appliers[0],
};
