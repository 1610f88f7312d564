/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * The rolling text as it would read if one amendment were adopted, read from the tree alone.
 */
#include "base/buf.h"
#include "text/rolling.h"

#include "base/poison.h"

struct reader {
	const struct text_rolling *r;
	size_t who;
	struct arena *arena;
	struct text_reads out;
	struct buf b; /* the paragraph that is being read */
	str id;
	bool open; /* what comes next is joined to it */
};

static bool backs(const struct reader *rd, const struct text_backers *by)
{
	return rd->who != TEXT_START && text_backs(by, rd->who);
}

static void begin(struct reader *rd, str id)
{
	rd->b = buf_in(rd->arena, 0);
	rd->id = id;
}

static void end(struct reader *rd)
{
	*vec_push(rd->arena, &rd->out.list) = (struct text_read){rd->id, buf_str(&rd->b)};
}

/* The branch of a bracket that the reader takes. */
static const struct text_nodes *branch(const struct reader *rd, const struct text_node *span)
{
	for (size_t i = 0; i < span->alternatives_n; i++)
		if (backs(rd, &span->alternative[i].by))
			return &span->alternative[i].content;
	return &span->base;
}

/* Brackets nest TEXT_ROLL_DEPTH deep at most, so that this ends soon. */
static void read_nodes(struct reader *rd, const struct text_nodes *nodes)
{
	for (size_t i = 0; i < nodes->n; i++) {
		const struct text_node *n = &nodes->p[i];
		switch (n->kind) {
		case TEXT_NODE_TEXT:
			buf_put(&rd->b, n->text);
			break;
		case TEXT_NODE_SPAN:
			read_nodes(rd, branch(rd, n));
			break;
		case TEXT_NODE_SPLIT:
			if (!backs(rd, &n->by))
				break;
			end(rd);
			begin(rd, n->id);
			break;
		}
	}
}

static const struct text_joining *joining(const struct reader *rd, const struct text_rolling_par *p)
{
	for (size_t i = 0; i < p->joins_n; i++)
		if (backs(rd, &p->join[i].by))
			return &p->join[i];
	return NULL;
}

static void read_words(struct reader *rd, const struct text_rolling_par *p)
{
	const struct text_par *par = &rd->r->doc->par[p->par];
	bool is_there = par->is_gone ? backs(rd, &p->restored) : !backs(rd, &p->deleted);
	if (!is_there)
		return;
	if (!rd->open)
		begin(rd, par->id);
	rd->open = false;
	read_nodes(rd, &p->content);
	const struct text_joining *j = joining(rd, p);
	if (j) {
		buf_put(&rd->b, j->text);
		rd->open = true;
		return;
	}
	end(rd);
}

static void read_place(struct reader *rd, size_t place);

/* What comes behind a paragraph: those moved there, then new ones. */
static void read_behind(struct reader *rd, const struct text_rolling_par *p)
{
	for (size_t i = 0; i < p->ins_n; i++)
		if (backs(rd, &p->in[i].by))
			for (size_t j = p->in[i].par; j <= p->in[i].last; j++)
				read_place(rd, j + 1);
	for (size_t i = 0; i < p->proposed_n; i++)
		if (backs(rd, &p->proposed[i].by))
			for (size_t j = 0; j < p->proposed[i].news_n; j++) {
				begin(rd, p->proposed[i].news[j].id);
				buf_put(&rd->b, p->proposed[i].news[j].text);
				end(rd);
			}
}

static void read_place(struct reader *rd, size_t place)
{
	const struct text_rolling_par *p = &rd->r->par[place];
	if (p->par != TEXT_START)
		read_words(rd, p);
	read_behind(rd, p);
}

/* The last paragraph of the run that the reader moves away and that begins here. */
static size_t moved_away(const struct reader *rd, const struct text_rolling_par *p)
{
	for (size_t i = 0; i < p->outs_n; i++)
		if (backs(rd, &p->out[i].by))
			return p->out[i].last;
	return TEXT_START;
}

struct text_reads text_roll_read(struct arena *a, const struct text_rolling *r, size_t who)
{
	struct reader rd = {.r = r, .who = who, .arena = a};
	for (size_t i = 0; i < r->n; i++) {
		size_t last = moved_away(&rd, &r->par[i]);
		if (last == TEXT_START)
			read_place(&rd, i);
		else
			i = last + 1;
	}
	return rd.out;
}
