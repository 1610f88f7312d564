/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "docx/scan_body.h"

#include "docx/ids.h"

#include "base/poison.h"

static struct word_par *par_of(struct scanning *s)
{
	return s->pars ? &s->open[s->pars - 1].par : NULL;
}

/* --- words --- */

static bool same_state(const struct word_state *x, const struct word_state *y)
{
	for (uint32_t i = 0; i < x->n && i < y->n; i++)
		if (x->change[i] != y->change[i])
			return false;
	return x->n == y->n;
}

/* The first change that a remark is about. */
static void tell_comments(struct scanning *s, const struct word_state *state)
{
	if (!state->n)
		return;
	for (size_t i = 0; i < s->comments.n; i++) {
		struct word_comment *c = &s->out->stream.comments.p[s->comments.p[i]];
		if (c->change == WORD_NONE)
			c->change = state->change[state->n - 1];
	}
}

static void put(struct scanning *s, str text)
{
	struct scan_frame *f = scan_above(s, 0);
	struct word_par *p = par_of(s);
	if (!text.n || !f || !p)
		return;
	if (s->alt_n)
		buf_put(&s->alt, text);
	if (f->dropped)
		return;
	tell_comments(s, &f->state);
	struct scan_open *o = &s->open[s->pars - 1];
	struct word_run *last = p->runs.n ? &p->runs.p[p->runs.n - 1] : NULL;
	if (last && same_state(&last->state, &f->state) && last->strong == o->strong &&
	    last->emphasis == o->emphasis && str_eq(last->link, f->link)) {
		struct buf b = buf_in(s->arena, 0);
		buf_put(&b, last->text);
		buf_put(&b, text);
		last->text = buf_str(&b);
		return;
	}
	*vec_push(s->arena, &p->runs) = (struct word_run){.text = arena_str(s->arena, text),
	    .state = f->state,
	    .strong = o->strong,
	    .emphasis = o->emphasis,
	    .link = f->link};
}

void scan_text(void *ctx, str text)
{
	struct scanning *s = ctx;
	struct scan_frame *f = scan_above(s, 0);
	if (!f || f->act != SCAN_T)
		return;
	/* A line feed inside w:t is the file's layout, not the author's. */
	str piece;
	for (bool first = true; str_cut(&text, '\n', &piece); first = false) {
		if (!first)
			put(s, S(" "));
		str cell;
		for (bool whole = true; str_cut(&piece, '\t', &cell); whole = false) {
			if (!whole)
				put(s, S(" "));
			put(s, cell);
		}
	}
}

/* --- changes --- */

static enum word_layer layer_of(str name)
{
	if (str_is(name, "del") || str_is(name, "cellDel"))
		return WORD_DEL;
	if (str_is(name, "moveFrom"))
		return WORD_MOVE_FROM;
	return str_is(name, "moveTo") ? WORD_MOVE_TO : WORD_INS;
}

static usec date_of(const struct xml_in *e)
{
	usec t = 0;
	str date = xml_in_get(e, "date");
	return when_parse(date, "date", &t, NULL) == OK ? t : 0;
}

/* The open range of moves of this direction that began last. */
static uint32_t move_of(const struct scanning *s, bool to)
{
	for (size_t i = s->ranges.n; i-- > 0;)
		if (s->ranges.p[i].to == to)
			return s->ranges.p[i].move;
	return WORD_NONE;
}

static uint32_t add_change(struct scanning *s, const struct xml_in *e, bool fixed)
{
	struct word_change c = {.layer = layer_of(e->name), .move = WORD_NONE, .fixed = fixed};
	if (!scan_number(xml_in_get(e, "id"), &c.id))
		c.id = WORD_NONE;
	c.author = xml_in_copy(s->arena, xml_in_get(e, "author"));
	c.date = date_of(e);
	if (c.layer == WORD_MOVE_FROM || c.layer == WORD_MOVE_TO)
		c.move = move_of(s, c.layer == WORD_MOVE_TO);
	*vec_push(s->arena, &s->out->stream.changes) = c;
	return (uint32_t)s->out->stream.changes.n - 1;
}

/* False: more changes in each other than anybody writes. */
static bool add_layer(struct word_state *state, uint32_t change)
{
	if (state->n == WORD_NEST)
		return false;
	state->change[state->n++] = change;
	return true;
}

/* w:ins, w:del, w:moveFrom, w:moveTo: what they are depends on where they stand. */
static bool on_layer(struct scanning *s, const struct xml_in *e)
{
	struct scan_frame *self = scan_self(s), *parent = scan_above(s, 1),
	                  *above = scan_above(s, 2);
	if (self->dropped || !parent)
		return true;
	if (parent->act == SCAN_RPR && above && above->act == SCAN_PPR && s->pars)
		return add_layer(&s->open[s->pars - 1].par.mark, add_change(s, e, false));
	if (parent->act == SCAN_ROW_PR && above)
		return add_layer(&above->state, add_change(s, e, false));
	if (parent->act == SCAN_RPR || !par_of(s)) {
		s->out->stream.ignored++; /* of a sign in a formula, or of what has no words */
		return true;
	}
	return add_layer(&self->state, add_change(s, e, false));
}

static bool on_cell_layer(struct scanning *s, const struct xml_in *e)
{
	struct scan_frame *above = scan_above(s, 2);
	if (scan_self(s)->dropped || !above || above->act != SCAN_CELL)
		return true;
	return add_layer(&above->state, add_change(s, e, true));
}

static bool on_range(struct scanning *s, const struct xml_in *e)
{
	struct scan_range r = {.to = scan_self(s)->act == SCAN_RANGE_TO};
	str name = xml_in_copy(s->arena, xml_in_get(e, "name"));
	if (scan_self(s)->dropped || !scan_number(xml_in_get(e, "id"), &r.id))
		return true;
	uint32_t *known = map_get(&s->moves, name);
	if (!known) {
		known = arena_new_of(s->arena, uint32_t);
		*known = (uint32_t)s->out->stream.moves.n;
		*vec_push(s->arena, &s->out->stream.moves) = name;
		map_put(&s->moves, name, known);
	}
	r.move = *known;
	*vec_push(s->arena, &s->ranges) = r;
	return true;
}

static bool on_range_end(struct scanning *s, const struct xml_in *e)
{
	bool to = scan_self(s)->act == SCAN_RANGE_TO_END;
	uint32_t id;
	if (!scan_number(xml_in_get(e, "id"), &id))
		return true;
	for (size_t i = s->ranges.n; i-- > 0;)
		if (s->ranges.p[i].to == to && s->ranges.p[i].id == id) {
			for (size_t k = i + 1; k < s->ranges.n; k++)
				s->ranges.p[k - 1] = s->ranges.p[k];
			s->ranges.n--;
			break;
		}
	return true;
}

/* --- paragraphs --- */

static bool on_paragraph(struct scanning *s, const struct xml_in *e)
{
	if (s->pars == SCAN_PARS)
		return false;
	struct scan_frame *self = scan_self(s);
	struct scan_open *o = &s->open[s->pars++];
	*o = (struct scan_open){.par.mark = self->state};
	o->par.para_id = xml_in_copy(s->arena, xml_in_get(e, "paraId"));
	o->par.in_note = s->in_notes ? s->note : 0;
	return true;
}

static void tell_mark(struct scanning *s, const struct word_par *p)
{
	tell_comments(s, &p->mark);
	for (size_t i = 0; i < s->bare.n && p->mark.n; i++) {
		struct word_comment *c = &s->out->stream.comments.p[s->bare.p[i]];
		if (c->change == WORD_NONE)
			c->change = p->mark.change[p->mark.n - 1];
	}
	s->bare.n = 0;
}

static void add_to_comment(struct scanning *s, const struct word_par *p)
{
	struct buf b = buf_in(s->arena, 0);
	struct word_comment *c = &s->out->stream.comments.p[s->comment - 1];
	if (c->text.p) {
		buf_put(&b, c->text);
		buf_put(&b, S("\n"));
	}
	for (size_t i = 0; i < p->runs.n; i++)
		if (word_is_there(&s->out->stream, &p->runs.p[i].state, NULL))
			buf_put(&b, p->runs.p[i].text);
	c->text = buf_str(&b);
}

/* The mark stands before the beginning of its range, in the properties. */
static void tell_moves(struct scanning *s, const struct word_par *p)
{
	for (uint32_t i = 0; i < p->mark.n; i++) {
		struct word_change *c = &s->out->stream.changes.p[p->mark.change[i]];
		if (c->move == WORD_NONE &&
		    (c->layer == WORD_MOVE_FROM || c->layer == WORD_MOVE_TO))
			c->move = move_of(s, c->layer == WORD_MOVE_TO);
	}
}

static void close_paragraph(struct scanning *s, const struct scan_frame *f)
{
	struct word_par *p = &s->open[--s->pars].par;
	tell_moves(s, p);
	if (f->dropped)
		return;
	if (s->in_comments) {
		if (s->comment)
			add_to_comment(s, p);
		return;
	}
	tell_mark(s, p);
	*vec_push(s->arena, &s->out->stream.par) = *p;
}

/* The last paragraph of what ends here cannot be joined with what follows. */
static void close_block(struct scanning *s, const struct scan_frame *f)
{
	struct word_stream *out = &s->out->stream;
	if (out->par.n > f->began)
		out->par.p[out->par.n - 1].ends = true;
}

static bool on_bookmark(struct scanning *s, const struct xml_in *e)
{
	struct word_par *p = par_of(s);
	str name = xml_in_get(e, "name");
	if (!p || !str_starts(name, S(DOCX_MARK)))
		return true;
	if (str_is(name, DOCX_END_MARK))
		p->is_end = true;
	else
		*vec_push(s->arena, &p->bookmarks) = xml_in_copy(s->arena, name);
	return true;
}

/* --- controls: ours are not part of the text --- */

static bool on_tag(struct scanning *s, const struct xml_in *e)
{
	struct scan_frame *sdt = scan_above(s, 2);
	str value = xml_in_get(e, "val"), prefix = S("comity:alt:");
	if (!sdt || sdt->act != SCAN_SDT || !str_starts(value, S("comity:")))
		return true;
	if (str_starts(value, prefix) && !s->alt_n &&
	    scan_number(str_skip(value, prefix.n), &sdt->alt) && sdt->alt) {
		s->alt_n = sdt->alt;
		s->alt = buf_in(s->arena, 0);
	}
	sdt->dropped = true;
	return true;
}

static void close_control(struct scanning *s, const struct scan_frame *f)
{
	if (!f->alt)
		return;
	*vec_push(s->arena, &s->out->alts) =
	    (struct scan_alt){.n = f->alt, .text = buf_str(&s->alt)};
	s->alt_n = 0;
}

/* --- remarks --- */

struct word_comment *scan_comment(struct scanning *s, uint32_t id)
{
	str key = arena_printf(s->arena, "%u", id);
	size_t *known = map_get(&s->comment_at, key);
	if (!known) {
		known = arena_new_of(s->arena, size_t);
		*known = s->out->stream.comments.n;
		struct word_comment *c = vec_push(s->arena, &s->out->stream.comments);
		*c = (struct word_comment){
		    .id = id, .change = WORD_NONE, .par = SIZE_MAX, .who = SIZE_MAX};
		map_put(&s->comment_at, key, known);
	}
	return &s->out->stream.comments.p[*known];
}

static bool on_comment_place(struct scanning *s, const struct xml_in *e)
{
	uint32_t id;
	if (!scan_number(xml_in_get(e, "id"), &id))
		return true;
	struct word_comment *c = scan_comment(s, id);
	size_t place = (size_t)(c - s->out->stream.comments.p);
	if (c->par == SIZE_MAX)
		c->par = s->out->stream.par.n;
	if (scan_self(s)->act == SCAN_COMMENT_START) {
		*vec_push(s->arena, &s->comments) = place;
		return true;
	}
	for (size_t i = 0; i < s->comments.n; i++)
		if (s->comments.p[i] == place)
			s->comments.p[i] = s->comments.p[--s->comments.n];
	if (c->change == WORD_NONE)
		*vec_push(s->arena, &s->bare) = place;
	return true;
}

/* comments.xml */
static bool on_comment(struct scanning *s, const struct xml_in *e)
{
	uint32_t id;
	if (!s->in_comments || !scan_number(xml_in_get(e, "id"), &id))
		return true;
	struct word_comment *c = scan_comment(s, id);
	c->author = xml_in_copy(s->arena, xml_in_get(e, "author"));
	c->date = date_of(e);
	s->comment = 1 + (size_t)(c - s->out->stream.comments.p);
	return true;
}

/* --- runs --- */

static bool is_on(const struct xml_in *e)
{
	str v = xml_in_get(e, "val");
	return !(str_is(v, "0") || str_is(v, "false") || str_is(v, "off"));
}

static bool on_look(struct scanning *s, const struct xml_in *e)
{
	struct scan_frame *parent = scan_above(s, 1), *above = scan_above(s, 2);
	if (!s->pars || !parent || !above || parent->act != SCAN_RPR || above->act != SCAN_R)
		return true;
	struct scan_open *o = &s->open[s->pars - 1];
	if (scan_self(s)->act == SCAN_BOLD)
		o->strong = is_on(e);
	else
		o->emphasis = is_on(e);
	return true;
}

static bool on_link(struct scanning *s, const struct xml_in *e)
{
	str *address = map_get(&s->out->links, xml_in_copy(s->arena, xml_in_get(e, "id")));
	if (address)
		scan_self(s)->link = *address;
	return true;
}

static bool on_note(struct scanning *s, const struct xml_in *e)
{
	/* Separators are not notes. */
	str type = xml_in_get(e, "type");
	if (type.n && !str_is(type, "normal"))
		scan_self(s)->dropped = true;
	s->note++;
	return true;
}

static bool on_run(struct scanning *s, const struct xml_in *e)
{
	(void)e;
	if (s->pars) {
		s->open[s->pars - 1].strong = false;
		s->open[s->pars - 1].emphasis = false;
	}
	return true;
}

/* Tabs and breaks of a run; tabs are also settings of a paragraph. */
static bool on_tab(struct scanning *s, const struct xml_in *e)
{
	const struct scan_frame *parent = scan_above(s, 1);
	bool in_run = parent && parent->act == SCAN_R;
	bool breaks = scan_self(s)->act == SCAN_BREAK;
	(void)e;
	put(s, !in_run ? STR_EMPTY : breaks ? S("\n") : S("\t"));
	return true;
}

static bool on_hyphen(struct scanning *s, const struct xml_in *e)
{
	(void)e;
	put(s, scan_self(s)->act == SCAN_SOFT ? S("\xc2\xad") : S("\xe2\x80\x91"));
	return true;
}

static bool on_root(struct scanning *s, const struct xml_in *e)
{
	(void)e;
	s->is_word = s->is_word || s->frames.n == 1;
	return true;
}

static bool on_property(struct scanning *s, const struct xml_in *e)
{
	struct scan_frame *self = scan_self(s);
	(void)e;
	if (!self->dropped)
		s->out->stream.ignored++;
	self->dropped = true;
	return true;
}

/* What stands before a table cannot be joined with its first cell. */
static bool on_table(struct scanning *s, const struct xml_in *e)
{
	struct word_stream *out = &s->out->stream;
	(void)e;
	if (out->par.n && !s->pars)
		out->par.p[out->par.n - 1].ends = true;
	return true;
}

static bool on_drop(struct scanning *s, const struct xml_in *e)
{
	(void)e;
	scan_self(s)->dropped = true;
	return true;
}

static bool on_style(struct scanning *s, const struct xml_in *e)
{
	const struct scan_frame *parent = scan_above(s, 1);
	if (par_of(s) && parent && parent->act == SCAN_PPR && !scan_self(s)->dropped)
		scan_style(xml_in_get(e, "val"), par_of(s));
	return true;
}

static bool (*const handlers[SCAN_DROP + 1])(struct scanning *s, const struct xml_in *e) = {
    [SCAN_ROOT] = on_root,
    [SCAN_P] = on_paragraph,
    [SCAN_R] = on_run,
    [SCAN_TABLE] = on_table,
    [SCAN_TAB] = on_tab,
    [SCAN_BREAK] = on_tab,
    [SCAN_HYPHEN] = on_hyphen,
    [SCAN_SOFT] = on_hyphen,
    [SCAN_LAYER] = on_layer,
    [SCAN_CELL_LAYER] = on_cell_layer,
    [SCAN_PROPERTY] = on_property,
    [SCAN_RANGE_FROM] = on_range,
    [SCAN_RANGE_TO] = on_range,
    [SCAN_RANGE_FROM_END] = on_range_end,
    [SCAN_RANGE_TO_END] = on_range_end,
    [SCAN_BOOKMARK] = on_bookmark,
    [SCAN_STYLE] = on_style,
    [SCAN_BOLD] = on_look,
    [SCAN_ITALIC] = on_look,
    [SCAN_LINK] = on_link,
    [SCAN_TAG] = on_tag,
    [SCAN_NOTE] = on_note,
    [SCAN_COMMENT] = on_comment,
    [SCAN_COMMENT_START] = on_comment_place,
    [SCAN_COMMENT_END] = on_comment_place,
    [SCAN_COMMENT_REF] = on_comment_place,
    [SCAN_DROP] = on_drop,
};

bool scan_start(void *ctx, const struct xml_in *e)
{
	struct scanning *s = ctx;
	struct scan_frame *parent = scan_above(s, 0);
	struct scan_frame f = {.act = scan_act_of(e), .began = s->out->stream.par.n};
	if (parent) {
		f.dropped = parent->dropped;
		f.state = parent->state;
		f.link = parent->link;
	}
	*vec_push(s->arena, &s->frames) = f;
	return !handlers[f.act] || handlers[f.act](s, e);
}

void scan_end(void *ctx)
{
	struct scanning *s = ctx;
	struct scan_frame f = s->frames.p[--s->frames.n];
	if (f.act == SCAN_P)
		close_paragraph(s, &f);
	else if (f.act == SCAN_CELL || f.act == SCAN_BOX || f.act == SCAN_NOTE ||
	         f.act == SCAN_ROOT)
		close_block(s, &f);
	else if (f.act == SCAN_SDT)
		close_control(s, &f);
	if (f.act == SCAN_COMMENT)
		s->comment = 0;
}
