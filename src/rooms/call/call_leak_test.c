/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * Nothing unpublished leaves: the whole program with all its rooms is walked as the public walks
 * it, every page as HTML and as JSON, and no withheld or waiting word may be on any of them.
 */
#include "base/map.h"
#include "engine/web.h"
#include "harness/t.h"
#include "rooms/call/call_trial.h"
#include "rooms/rooms_list.h"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/poison.h"

#define PAGES_MAX 400

/* ---- a reader ---- */

static str ask(struct arena *a, uint16_t port, str path, const char *accept)
{
	struct buf b = buf_in(a, 0);
	struct sockaddr_in to = {.sin_family = AF_INET,
	    .sin_port = htons(port),
	    .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	str q = arena_printf(a,
	    "GET %.*s HTTP/1.1\r\nHost: 127.0.0.1:%u\r\nAccept: %s\r\nConnection: close\r\n\r\n",
	    STR(path), port, accept);
	char piece[8192];
	ssize_t n = -1;
	if (connect(fd, (struct sockaddr *)&to, sizeof to) == 0 &&
	    write(fd, q.p, q.n) == (ssize_t)q.n)
		while ((n = read(fd, piece, sizeof piece)) > 0)
			buf_put(&b, str_from(piece, (size_t)n));
	close(fd);
	CHECK_EQ(n, 0);
	return buf_str(&b);
}

struct walk {
	struct arena *a;
	uint16_t port;
	struct map seen;
	VEC(str) todo;
	size_t pages;
	struct buf all; /* every byte that was answered */
};

static void note_link(struct walk *w, str link)
{
	link = str_head(
	    link, str_find_char(link, '#') == SIZE_MAX ? link.n : str_find_char(link, '#'));
	if (!str_starts(link, S("/g/")) || map_get(&w->seen, link) || w->todo.n >= PAGES_MAX)
		return;
	map_put(&w->seen, link, w);
	*vec_push(w->a, &w->todo) = link;
}

static void note_links(struct walk *w, str page)
{
	size_t at;
	while ((at = str_find(page, S("href=\""))) != SIZE_MAX) {
		page = str_skip(page, at + 6);
		size_t end = str_find_char(page, '"');
		if (end == SIZE_MAX)
			return;
		note_link(w, str_head(page, end));
	}
}

static void walk_all(struct walk *w, struct arena *a, uint16_t port)
{
	*w = (struct walk){.a = a, .port = port, .seen = map_in(a), .all = buf_in(a, 0)};
	note_link(w, S("/g/wgec"));
	note_link(w, S("/g/wgec/search?q=canary"));
	for (int i = 1; i <= 3; i++)
		note_link(w, arena_printf(a, "/g/wgec/contributions/%d/files/1", i));
	for (size_t i = 0; i < w->todo.n; i++) {
		str page = ask(a, port, w->todo.p[i], "text/html");
		note_links(w, page);
		buf_put(&w->all, page);
		buf_put(&w->all, ask(a, port, w->todo.p[i], "application/json"));
		w->pages++;
	}
}

static bool leaks(const struct walk *w, str word)
{
	return str_find(buf_str(&w->all), word) != SIZE_MAX;
}

/* ---- the group ---- */

#define OFFICE(...)                                                                      \
	CHECK_EQ(trial_act(t, ACTOR_SYSTEM, ROLE_SECRETARIAT | ROLE_SYSTEM | ROLE_ADMIN, \
	             __VA_ARGS__, NULL),                                                 \
	    OK)

static void submit(
    struct trial *t, const char *who, const char *mail, const char *wish, const char *text)
{
	t->file = (struct attachment){.name = arena_printf(t->a, "file-%s.txt", who),
	    .media_type = S("text/plain"),
	    .bytes = arena_printf(t->a, "filebytes-%s", who),
	    .text = arena_printf(t->a, "filetext-%s", who)};
	enum rc rc = trial_act(t, ACTOR_PUBLIC, 0, "call.submit", "call", "1", "author", who,
	    "organisation", arena_z(t->a, arena_printf(t->a, "org-%s", who)), "category",
	    "academic", "email", mail, "lang", "en", "publish_wish", wish, "answer1", text, NULL);
	CHECK_EQ(rc, OK);
}

static void make_group(struct trial *t)
{
	trial_found(t, &comity_rooms);
	OFFICE("call.draft", "title", "Input", "audience", "all", "zone", "UTC", "deadline",
	    "2090-12-07T23:59");
	OFFICE("call.question", "call", "1", "text", "What is it?");
	OFFICE("call.open", "call", "1");
	submit(t, "Published", "mail-published@example.org", "publish", "words-published canary");
	submit(t, "Withheld", "mail-withheld@example.org", "withhold", "words-withheld canary");
	submit(t, "Waiting", "mail-waiting@example.org", "publish", "words-waiting canary");
	OFFICE("call.publish", "contribution", "1");
	OFFICE("call.withhold", "contribution", "2");
	OFFICE("document.issue", "kind", "crp", "title", "Paper", "lang", "en", "text", "Words");
	OFFICE("analysis.theme", "title", "Theme");
	for (const char *const *c = (const char *const[]){"1", "2", "3", NULL}; *c; c++)
		CHECK_EQ(
		    trial_act(t, ACTOR_SYSTEM, ROLE_SECRETARIAT, "analysis.mark", "contribution",
		        *c, "question", "1", "paragraph", "1", "theme", "1", NULL),
		    **c == '1' ? OK : REFUSED);
	OFFICE("analysis.open", "call", "1", "title", "Synthesis", "lang", "en");
	OFFICE("analysis.state", "synthesis", "1", "question", "1", "text", "Statement");
	OFFICE("analysis.cite", "statement", "1", "side", "so", "passages", "1");
}

static struct web *serve(struct trial *t)
{
	struct web *web = NULL;
	struct web_conf conf = {.dir = t->dir, .rooms = &comity_rooms, .http = http_conf_default()};
	house_close(t->house);
	t->house = NULL;
	conf.http.address = S("127.0.0.1");
	conf.http.port = 0;
	conf.public_address = S("http://127.0.0.1");
	CHECK_EQ(web_start(&conf, &web, &t->err), OK);
	return web;
}

TEST(nothing_unpublished_leaves)
{
	struct trial trial, *t = &trial;
	struct walk w;
	make_group(t);
	struct web *web = serve(t);
	NEED(web);
	walk_all(&w, t->a, web_port(web));
	web_stop(web);
	CHECK(w.pages > 15);

	/* What is public is found, so that the walk is known to look. */
	CHECK(leaks(&w, S("words-published")));
	CHECK(leaks(&w, S("org-Published")));
	CHECK(leaks(&w, S("filebytes-Published")));
	CHECK(leaks(&w, S("filetext-Published")));
	CHECK(leaks(&w, S("Withheld on request")));
	CHECK(leaks(&w, S("statement-1")));
	CHECK(leaks(&w, S("cited_nowhere")));

	static const char *const secrets[] = {"@example.org", "words-withheld", "words-waiting",
	    "org-Withheld", "org-Waiting", "file-Withheld", "file-Waiting", "filebytes-Withheld",
	    "filebytes-Waiting", "filetext-Withheld", "filetext-Waiting"};
	for (size_t i = 0; i < sizeof secrets / sizeof secrets[0]; i++)
		if (leaks(&w, str_of(secrets[i])))
			t_fail(__FILE__, __LINE__, "%s was on a page", secrets[i]);
	trial_close(t);
}
