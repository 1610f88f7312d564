/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Which meeting of a script is played: the first that it opens, or the one that was asked for. */
#include "main/replay_inner.h"

#include "base/poison.h"

/* A meeting of the script. */
struct meeting_told {
	str group, title;
	int64_t number;
	bool opened;
};

struct choosing {
	struct arena *arena;
	VEC(struct meeting_told) meetings;
};

static int64_t announced(const struct choosing *x, str group)
{
	int64_t n = 0;
	for (size_t i = 0; i < x->meetings.n; i++)
		n += str_eq(x->meetings.p[i].group, group);
	return n;
}

static enum rc gather(
    struct replay *r, str folder, const struct json *line, bool *taken, struct err *err)
{
	struct choosing *x = r->ctx;
	const struct json *with = json_get(line, S("with"));
	str what = json_get_str(line, S("do"));
	(void)folder;
	(void)err;
	*taken = true;
	if (str_is(what, "group.create"))
		r->group = arena_str(r->arena, json_get_str(with, S("slug")));
	if (str_is(what, "meeting.announce"))
		*vec_push(r->arena, &x->meetings) = (struct meeting_told){.group = r->group,
		    .number = announced(x, r->group) + 1,
		    .title = arena_str(r->arena, json_get_str(with, S("title")))};
	for (size_t i = 0; str_is(what, "meeting.open") && i < x->meetings.n; i++) {
		struct meeting_told *m = &x->meetings.p[i];
		m->opened |=
		    str_eq(m->group, r->group) && m->number == json_get_i64(with, S("meeting"), 0);
	}
	return OK;
}

/* "1. First meeting; 2. Second meeting": all but one. */
static str listed(struct choosing *x, const struct meeting_told *but)
{
	struct buf b = buf_in(x->arena, 0);
	for (size_t i = 0; i < x->meetings.n; i++) {
		const struct meeting_told *m = &x->meetings.p[i];
		if (!m->opened || m == but)
			continue;
		buf_sep(&b, S("; "));
		buf_printf(&b, "%lld. %.*s", (long long)m->number, STR(m->title));
	}
	return buf_str(&b);
}

static bool is_part(str title, str words)
{
	for (size_t i = 0; i + words.n <= title.n; i++)
		if (str_eq_nocase(str_head(str_skip(title, i), words.n), words))
			return true;
	return false;
}

static bool is_wanted(const struct meeting_told *m, str wanted)
{
	int64_t number;
	if (str_to_i64(wanted, &number))
		return m->number == number;
	return is_part(m->title, wanted);
}

static enum rc choose(struct choosing *x, struct replay_live *l, struct err *err)
{
	str wanted = str_trim(l->wanted);
	const struct meeting_told *chosen = NULL;
	for (size_t i = 0; i < x->meetings.n; i++) {
		const struct meeting_told *m = &x->meetings.p[i];
		if (!m->opened || (wanted.n && !is_wanted(m, wanted)) || (chosen && !wanted.n))
			continue;
		if (chosen)
			return ERR(err, INVALID, "--meeting",
			    "Several meetings are called {0}; give the number of one: {1}.", wanted,
			    listed(x, NULL));
		chosen = m;
	}
	str all = listed(x, chosen);
	if (!chosen && !all.n)
		return ERR(err, ABSENT, "--meeting", "The script opens no meeting.");
	if (!chosen)
		return ERR(err, ABSENT, "--meeting",
		    "The script opens no meeting {0}. Give the number or a part of the title of "
		    "one "
		    "that it opens: {1}.",
		    wanted, all);
	l->meeting = chosen->number;
	l->title = chosen->title;
	l->others = all;
	l->group = chosen->group;
	return OK;
}

enum rc replay_choose(struct replay *r, struct replay_live *live, str folder, struct err *err)
{
	struct choosing x = {.arena = r->arena};
	r->ctx = &x;
	r->take = gather;
	enum rc rc = replay_all(r, folder, err);
	r->ctx = NULL;
	r->take = NULL;
	r->at = 0;
	r->group = STR_EMPTY;
	return rc == OK ? choose(&x, live, err) : rc;
}
