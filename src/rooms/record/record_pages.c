/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Browsing the record: the list, and one entry with its parts and its proof. */
#include "rooms/record/record_pages.h"

#include "engine/page.h"
#include "engine/room.h"
#include "record/media.h"
#include "record_entry.html.h"
#include "record_list.html.h"
#include "record_view.sql.h"
#include "rooms/people/people_pages.h"
#include "rooms/record/record_files.h"

#include "base/poison.h"

#define PAGE_LINES 100
#define TEXT_SHOWN 4000

static url type_url(const struct page *p, str type)
{
	return url_query(p->arena, page_url(p, S("record")), S("type"), type);
}

static void fill_lines(
    struct page *p, const struct record_browse_rows *rows, struct record_list_page *v)
{
	for (size_t i = 0; i < rows->n && i < PAGE_LINES; i++) {
		const struct record_browse_row *r = &rows->p[i];
		*vec_push(p->arena, &v->lines) = (struct record_line){
		    .seq = r->seq,
		    .when = page_time(p, r->time),
		    .when_iso = page_iso(p, r->time),
		    .type = r->type,
		    .who = r->who,
		    .said = people_named(p, r->said),
		    .by_clock = str_is(r->actor, "system"),
		    .to = page_record_url(p, r->seq),
		};
	}
}

static enum rc list(struct page *p, struct err *err)
{
	struct record_list_page v = {.type = page_param(p, "type")};
	struct record_browse_rows rows;
	struct record_types_rows types;
	str actor = page_param(p, "actor");
	int64_t before = INT64_MAX;
	v.narrowed = str_to_i64(page_param(p, "before"), &before) || v.type.n || actor.n;
	TRY(record_browse(
	    p->db, p->arena, p->group.id, before, v.type, actor, PAGE_LINES + 1, &rows, err));
	TRY(record_types(p->db, p->arena, p->group.id, &types, err));
	page_fact(p, "acts", record_browse_rows_json(p->arena, &rows));
	page_title(p, page_t(p, "The record"));
	fill_lines(p, &rows, &v);
	for (size_t i = 0; i < types.n; i++)
		*vec_push(p->arena, &v.types) = (struct record_option){.value = types.p[i].type,
		    .label = arena_printf(
		        p->arena, "%.*s (%lld)", STR(types.p[i].type), (long long)types.p[i].n),
		    .chosen = str_eq(types.p[i].type, v.type)};
	v.self = v.all = page_url(p, S("record"));
	v.has_older = rows.n > PAGE_LINES;
	if (v.has_older) {
		v.older = url_query(p->arena, v.type.n ? type_url(p, v.type) : v.self, S("before"),
		    page_i64(p, v.lines.p[PAGE_LINES - 1].seq));
		if (actor.n)
			v.older = url_query(p->arena, v.older, S("actor"), actor);
	}
	v.checkpoint = page_url(p, S("log"), S("checkpoint"));
	v.n = page_i64(p, p->group.n);
	record_list_html(&p->out, &v);
	return OK;
}

/* Whether a reader of the public record may see a part, and the word for its state. */
static bool is_shown(const struct page *p, str media, bool erased, bool published, str *status)
{
	if (erased)
		*status = page_t(p, "erased");
	else if (media_is_private(media))
		*status = page_t(p, "never published");
	else if (media_is_held(media) && !published)
		*status = page_t(p, "not published");
	else
		*status = page_t(p, "published");
	return !erased && !media_is_private(media) && (!media_is_held(media) || published);
}

static enum rc fill_parts(struct page *p, const struct log_entry *e, bool published,
    struct record_entry_page *v, struct err *err)
{
	str seq = page_i64(p, e->entry.seq);
	for (size_t i = 0; i < e->entry.parts; i++) {
		const struct entry_part *part = &e->entry.part[i];
		struct record_part_line *line = vec_push(p->arena, &v->parts);
		*line = (struct record_part_line){.index = i,
		    .media = part->media,
		    .commitment = digest_str(p->arena, part->commitment)};
		line->can_get =
		    is_shown(p, part->media, e->parts[i].erased, published, &line->status);
		if (!line->can_get)
			continue;
		line->body = page_url(p, S("log"), S("part"), seq, page_i64(p, (int64_t)i));
		line->salt =
		    page_url(p, S("log"), S("part"), seq, arena_printf(p->arena, "%zu.salt", i));
		TRY(record_part_text(p, part->media, &e->parts[i], TEXT_SHOWN, &line->text, err));
	}
	return OK;
}

static enum rc fill_refs(
    struct page *p, const struct entry *e, struct record_entry_page *v, struct err *err)
{
	struct record_answers_rows rows;
	for (size_t i = 0; i < e->refs; i++) {
		struct record_one_row row;
		bool found;
		TRY(record_one(p->db, p->arena, p->group.id, e->ref[i], &row, &found, err));
		*vec_push(p->arena, &v->refs) = (struct record_ref_line){e->ref[i],
		    found ? people_named(p, row.said) : STR_EMPTY, page_record_url(p, e->ref[i])};
	}
	TRY(record_answers(p->db, p->arena, p->group.id, e->seq, &rows, err));
	page_fact(p, "answers", record_answers_rows_json(p->arena, &rows));
	for (size_t i = 0; i < rows.n; i++)
		*vec_push(p->arena, &v->answers) = (struct record_ref_line){rows.p[i].seq,
		    people_named(p, rows.p[i].said), page_record_url(p, rows.p[i].seq)};
	return OK;
}

static void fill_entry(
    struct page *p, const struct record_one_row *row, struct record_entry_page *v)
{
	actor_id who;
	bool person = actor_parse(row->actor, &who) && str_starts(row->actor, S("m_"));
	*v = (struct record_entry_page){
	    .seq = row->seq,
	    .when = page_time(p, row->time),
	    .when_iso = page_iso(p, row->time),
	    .type = row->type,
	    .who = row->who.n ? row->who : page_t(p, "Someone"),
	    .said = people_named(p, row->said),
	    .by_clock = str_is(row->actor, "system"),
	    .has_person = person && row->who.n,
	    .person = page_url(p, S("people"), row->actor),
	    .has_before = row->seq > 0,
	    .before = page_record_url(p, row->seq - 1),
	    .has_after = row->seq + 1 < p->group.n,
	    .after = page_record_url(p, row->seq + 1),
	    .proof = page_url(p, S("log"), S("proof"), page_i64(p, row->seq)),
	    .may_erase = page_may_do(p, "part.erase"),
	    .erase = page_do_url(p, "part.erase", "seq", row->seq),
	};
}

static enum rc entry(struct page *p, struct err *err)
{
	struct record_entry_page v;
	struct record_one_row row;
	struct log_entry e;
	int64_t seq, published;
	bool found;
	TRY(page_arg_i64(p, "seq", &seq, err));
	TRY(record_one(p->db, p->arena, p->group.id, seq, &row, &found, err));
	if (!found)
		return ERR(err, ABSENT, NULL, "The record has no entry {0} yet.", page_i64(p, seq));
	TRY(log_get(p->store, p->arena, p->origin, seq, &e, err));
	TRY(record_is_published(p->db, p->arena, p->group.id, seq, &published, err));
	page_fact(p, "entry", record_one_row_json(p->arena, &row));
	page_fact(p, "text", json_of_str(p->arena, e.text));
	page_title(
	    p, err_fill(p->arena, page_t(p, "Entry {0}"), (const str[]){page_i64(p, seq)}, 1));
	fill_entry(p, &row, &v);
	v.raw = e.text;
	v.leaf = digest_str(p->arena, tree_leaf(e.text));
	TRY(fill_parts(p, &e, published > 0, &v, err));
	TRY(fill_refs(p, &e.entry, &v, err));
	record_entry_html(&p->out, &v);
	return OK;
}

static const struct route routes[] = {
    {"/g/{group}/record", ROLE_PUBLIC, list, "Record"},
    {"/g/{group}/record/{seq}", ROLE_PUBLIC, entry, NULL},
    {"/g/{group}/log/checkpoint", ROLE_PUBLIC, record_checkpoint_file, NULL},
    {"/g/{group}/log/key", ROLE_PUBLIC, record_key_file, NULL},
    {"/g/{group}/log/proof/{seq}", ROLE_PUBLIC, record_proof_file, NULL},
    {"/g/{group}/log/part/{seq}/{part}", ROLE_PUBLIC, record_part_file, NULL},
    {"/g/{group}/log/tile/entries/{n}", ROLE_PUBLIC, record_entries_file, NULL},
    {"/g/{group}/log/tile/{level}/{n}", ROLE_PUBLIC, record_tile_file, NULL},
};

const struct room_pages record_pages = {
    .routes = routes, .routes_n = sizeof routes / sizeof routes[0]};
