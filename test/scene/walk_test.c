/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Every route and every command by every role, generated from the tables. */
#include "engine/page.h"
#include "engine/route.h"
#include "rooms/rooms_list.h"
#include "t.h"
#include "visitor.h"

#include <stdio.h>

#include "base/poison.h"

static const char *const role_names[] = {"", "Chair", "Secretariat", "Delegate", "Observer"};
#define ROLES (sizeof role_names / sizeof role_names[0])

/* The roles that each has in the sample group; in the other one the administrator's only. */
static const unsigned role_sets[ROLES] = {
    ROLE_PUBLIC,
    ROLE_PUBLIC | ROLE_ACCOUNT | ROLE_PARTICIPANT | ROLE_CHAIR,
    ROLE_PUBLIC | ROLE_ACCOUNT | ROLE_PARTICIPANT | ROLE_SECRETARIAT | ROLE_ADMIN,
    ROLE_PUBLIC | ROLE_ACCOUNT | ROLE_PARTICIPANT | ROLE_MEMBER,
    ROLE_PUBLIC | ROLE_ACCOUNT | ROLE_PARTICIPANT | ROLE_OBSERVER,
};

/* Something that exists under each name of a pattern. */
static str sample(struct visitor *v, str name)
{
	struct arena *a = v->site->arena;
	if (str_is(name, "symbol")) {
		visitor_facts(v, S("/g/wgec/documents"));
		size_t at = str_find(v->at.body, S("\"symbol\":\""));
		str symbol = at == SIZE_MAX ? S("-") : str_skip(v->at.body, at + 10);
		symbol = arena_str(a, str_head(symbol, str_find_char(symbol, '"')));
		struct buf b = buf_in(a, 0);
		for (size_t i = 0; i < symbol.n; i++)
			buf_putc(&b, symbol.p[i] == '/' ? '-' : symbol.p[i]);
		return buf_str(&b);
	}
	if (str_is(name, "person")) {
		visitor_facts(v, S("/g/wgec/people"));
		size_t at = str_find(v->at.body, S("\"m_"));
		return at == SIZE_MAX ? S("-")
		                      : arena_str(a, str_head(str_skip(v->at.body, at + 1), 28));
	}
	if (str_is(name, "lang"))
		return S("en");
	return str_is(name, "level") || str_is(name, "n") || str_is(name, "seq") ||
	               str_is(name, "part")
	           ? S("0")
	           : S("1");
}

static str address(struct visitor *v, const char *pattern, str group)
{
	struct buf b = buf_in(v->site->arena, 0);
	str rest = str_skip(str_of(pattern), 1), piece;
	while (rest.n && str_cut(&rest, '/', &piece)) {
		buf_putc(&b, '/');
		if (str_is(piece, "{group}"))
			buf_put(&b, group);
		else if (piece.n && piece.p[0] == '{')
			buf_put(&b, sample(v, (str){piece.p + 1, piece.n - 2}));
		else
			buf_put(&b, piece);
	}
	return b.n ? buf_str(&b) : S("/");
}

static void check_page(
    struct visitor *who, size_t role, const struct route *r, struct visitor *anyone)
{
	str path = address(anyone, r->pattern, S("wgec"));
	int status = visitor_visit(who, path);
	bool may = (role_sets[role] & r->may) != 0;
	/* A sample may not exist for every pattern (404), but who may not is always told so. */
	if (may ? status != 200 && status != 404 : status != 403)
		t_fail(__FILE__, __LINE__, "%s at %.*s: %d",
		    role_names[role][0] ? role_names[role] : "anyone", STR(path), status);
	/* The sample was captioned afterwards: of live lines test/scene/captions_test.c tells. */
	if (may && status == 404 && !strstr(r->pattern, "files") && !strstr(r->pattern, "/lines/"))
		t_fail(__FILE__, __LINE__, "nothing to see at %.*s", STR(path));
}

TEST(every_page_by_every_role)
{
	struct site s = site_start("examples/wgec");
	struct visitor anyone = visitor_enter(&s, "");
	size_t pages = 0;
	for (size_t role = 0; role < ROLES; role++) {
		struct visitor who = visitor_enter(&s, role_names[role]);
		for (size_t i = 0; i < comity_rooms.n; i++) {
			const struct room_pages *p = comity_rooms.v[i].pages;
			for (size_t k = 0; k < p->routes_n; k++, pages++) {
				CHECK(p->routes[k].may);
				check_page(&who, role, &p->routes[k], &anyone);
			}
		}
	}
	printf("# %zu pages by role\n", pages);
	CHECK(pages > 100);
	site_stop(&s);
}

static bool acts_here(const struct command *c)
{
	return !(c->flags & COMMAND_SITE) && (c->may & ~(unsigned)ROLE_SYSTEM);
}

static void check_command(
    struct visitor *who, size_t role, const struct command *c, const char *group, unsigned roles)
{
	struct arena *a = who->site->arena;
	bool may = (roles & c->may) != 0;
	int form = visitor_visit(who, arena_printf(a, "/g/%s/do/%s", group, c->name));
	if (form != (may ? 200 : 403))
		t_fail(__FILE__, __LINE__, "the form of %s in %s for %s: %d", c->name, group,
		    role_names[role], form);
	/* Without the token of a form nobody gets through, whoever they are. */
	int forged = visitor_post(who, arena_printf(a, "/g/%s/do/%s", group, c->name), S("_key=x"));
	if (forged != 403)
		t_fail(__FILE__, __LINE__, "a forged %s for %s: %d", c->name, role_names[role],
		    forged);
	/* A field that does not exist: nothing is done, but who may is told so (422) and who may
	 * not, too. */
	int api = visitor_api(who, arena_printf(a, "/api/%s/commands/%s", group, c->name),
	    S("{\"no such field\":1}"));
	if (api != (may ? 422 : 403))
		t_fail(__FILE__, __LINE__, "the API of %s in %s for %s: %d", c->name, group,
		    role_names[role], api);
}

/* The number of commands checked: those of the clock and of the instance are not. */
static size_t walk_command(
    struct visitor *who, size_t role, const struct command *c, const char *group, unsigned roles)
{
	if (!acts_here(c))
		return 0;
	check_command(who, role, c, group, roles);
	return 1;
}

static void walk_commands(struct site *s, const char *group, bool own)
{
	size_t n = 0;
	for (size_t role = 0; role < ROLES; role++) {
		struct visitor who = visitor_enter(s, role_names[role]);
		unsigned roles = own ? role_sets[role]
		                     : role_sets[role] & (ROLE_PUBLIC | ROLE_ACCOUNT | ROLE_ADMIN);
		for (size_t i = 0; i < comity_rooms.n; i++) {
			const struct room_commands *c = comity_rooms.v[i].commands;
			for (size_t k = 0; k < c->n; k++)
				n += walk_command(&who, role, &c->rows[k], group, roles);
		}
	}
	printf("# %zu commands by role\n", n);
	CHECK(n > 200);
}

TEST(every_command_by_every_role)
{
	struct site s = site_start("examples/wgec");
	walk_commands(&s, "wgec", true);
	site_stop(&s);
}

TEST(nobody_has_a_role_in_another_group)
{
	struct site s = site_start("test/fixtures/two-groups");
	walk_commands(&s, "other", false);
	site_stop(&s);
}

TEST(every_row_of_the_tables_is_complete)
{
	struct err err = {0};
	AUTO_ARENA struct arena *a = arena_new(0);
	for (size_t i = 0; i < comity_rooms.n; i++) {
		const struct room_commands *c = comity_rooms.v[i].commands;
		for (size_t k = 0; k < c->n; k++) {
			if (command_check_row(&c->rows[k], &err) != OK) {
				str text = err_text(&err, a);
				t_fail(__FILE__, __LINE__, "%.*s", STR(text));
			}
			if (rooms_command(&comity_rooms, str_of(c->rows[k].name), NULL) !=
			    &c->rows[k])
				t_fail(__FILE__, __LINE__, "%s is there twice", c->rows[k].name);
		}
	}
}
