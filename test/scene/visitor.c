/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "visitor.h"

#include "base/must.h"
#include "base/say.h"
#include "engine/intake.h"
#include "main/replay.h"
#include "rooms/rooms_list.h"
#include "t.h"

#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include "base/poison.h"

/* Uploaded files are read by a child that is this program again. */
static void __attribute__((constructor)) be_the_child(int argc, char **argv)
{
	intake_child(argc, argv);
}

void site_serve(struct site *s, str sendmail)
{
	struct err err = {0};
	struct web_conf conf = {.dir = s->dir,
	    .rooms = &comity_rooms,
	    .http = http_conf_default(),
	    .demo = sendmail.n == 0,
	    .mail = {.sendmail = sendmail, .from = S("comity@example.org")},
	    .source_archive = S("the source"),
	    .source_sha256 = S("its digest"),
	    .public_address = S("http://127.0.0.1"),
	    .clock = s->clock,
	    .pace = s->pace};
	conf.http.address = S("127.0.0.1");
	conf.http.port = 0;
	conf.http.per_address = s->per_address;
	if (s->streams_per_address)
		conf.http.streams_per_address = s->streams_per_address;
	must(web_start(&conf, &s->web, &err) == OK);
	s->port = web_port(s->web);
}

struct site site_start(const char *script)
{
	struct site s = {.arena = arena_new(0)};
	struct replay_stats stats;
	struct err err = {0};
	s.dir = arena_printf(s.arena, "%s/site", t_tmpdir());
	str folder = arena_printf(s.arena, "%s/%s", t_root(), script);
	say_set_level(SAY_ERROR);
	signal(SIGPIPE, SIG_IGN);
	struct replay_how how = {.folder = folder, .dir = s.dir, .seed = S("a test")};
	if (replay_folder(s.arena, &comity_rooms, &how, &stats, &err) != OK) {
		str text = err_text(&err, s.arena);
		printf("# replay: %.*s\n", STR(text));
		must(!"replayed");
	}
	site_serve(&s, STR_EMPTY);
	return s;
}

static usec at_that_time(void *ctx)
{
	return *(usec *)ctx;
}

void site_wait_until(struct site *s, usec then)
{
	struct house *h;
	struct err err = {0};
	size_t done = 0;
	struct house_conf conf = {.dir = s->dir,
	    .rooms = &comity_rooms,
	    .clock = {at_that_time, &then},
	    .rng = rng_system()};
	web_stop(s->web);
	must(house_open(&conf, &h, &err) == OK);
	must(house_begin(h, &err) == OK);
	must(house_run_due(h, then, &done, &err) == OK);
	must(house_commit(h, &err) == OK);
	house_close(h);
	site_serve(s, STR_EMPTY);
}

/* After every scene: the tables are what the log says, to the byte. */
static void check_rebuild(const struct site *s)
{
	AUTO_HOUSE struct house *h = NULL;
	struct err err = {0};
	digest before, after;
	struct house_conf conf = {
	    .dir = s->dir, .rooms = &comity_rooms, .clock = clock_wall(), .rng = rng_system()};
	must(house_open(&conf, &h, &err) == OK);
	must(house_view_digest(h, &before, &err) == OK);
	must(house_rebuild(h, &err) == OK);
	must(house_view_digest(h, &after, &err) == OK);
	CHECK(digest_eq(before, after));
}

void site_stop(struct site *s)
{
	web_stop(s->web);
	check_rebuild(s);
	arena_free(s->arena);
}

static void keep_cookie(struct visitor *v, str line)
{
	str pair = str_head(line, str_find_char(line, ';'));
	size_t eq = str_find_char(pair, '=');
	str name = str_head(pair, eq), value = str_skip(pair, eq + 1);
	if (str_is(name, "__Host-session"))
		v->session = value;
	if (str_is(name, "__Host-visit"))
		v->visit = value;
}

static void keep_cookies(struct visitor *v)
{
	str rest = str_head(v->at.all, str_find(v->at.all, S("\r\n\r\n"))), line;
	while (str_cut(&rest, '\n', &line))
		if (str_starts(line, S("Set-Cookie: ")))
			keep_cookie(v, str_trim(str_skip(line, 12)));
}

static int ask(
    struct visitor *v, const char *method, str path, const char *accept, str type, str body)
{
	struct arena *a = v->site->arena;
	struct buf b = buf_in(a, 0);
	buf_printf(&b,
	    "%s %.*s HTTP/1.1\r\nHost: 127.0.0.1:%u\r\nConnection: close\r\nAccept: %s\r\n", method,
	    STR(path), v->site->port, accept);
	if (v->session.n || v->visit.n)
		buf_printf(&b, "Cookie: __Host-session=%.*s; __Host-visit=%.*s\r\n",
		    STR(v->session), STR(v->visit));
	if (v->lang)
		buf_printf(&b, "Accept-Language: %s\r\n", v->lang);
	if (type.n)
		buf_printf(&b, "Content-Type: %.*s\r\nContent-Length: %zu\r\n", STR(type), body.n);
	buf_put(&b, S("\r\n"));
	buf_put(&b, body);
	int fd = client_open(v->site->port);
	must(fd >= 0);
	client_send(fd, buf_str(&b));
	v->at = client_drain(a, fd, 20000);
	close(fd);
	v->path = path;
	keep_cookies(v);
	return v->at.status;
}

/* As a browser does, which keeps the fragment to itself. */
static int follow(struct visitor *v)
{
	for (int i = 0; i < 5 && v->at.status == 303; i++) {
		str to = answer_header(&v->at, S("location"));
		ask(v, "GET", str_head(to, str_find_char(to, '#')), "text/html", STR_EMPTY,
		    STR_EMPTY);
	}
	return v->at.status;
}

int visitor_visit(struct visitor *v, str path)
{
	ask(v, "GET", path, "text/html", STR_EMPTY, STR_EMPTY);
	return follow(v);
}

int visitor_facts(struct visitor *v, str path)
{
	return ask(v, "GET", path, "application/json", STR_EMPTY, STR_EMPTY);
}

bool visitor_sees(const struct visitor *v, const char *text)
{
	return str_find(v->at.body, str_of(text)) != SIZE_MAX;
}

int visitor_api(struct visitor *v, str path, str json)
{
	return ask(v, "POST", path, "application/json", S("application/json"), json);
}

int visitor_post(struct visitor *v, str path, str body)
{
	return ask(v, "POST", path, "text/html", S("application/x-www-form-urlencoded"), body);
}

/* The value of an attribute in a tag. */
static str attribute(str tag, const char *name)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	str key = arena_printf(a, "%s=\"", name);
	size_t at = str_find(tag, key);
	if (at == SIZE_MAX)
		return STR_EMPTY;
	str value = str_skip(tag, at + key.n);
	return str_head(value, str_find_char(value, '"'));
}

#define BOUNDARY "----a-boundary-of-the-tests"

static void put_field(struct buf *b, str name, str value, str file_name)
{
	buf_printf(b, "--" BOUNDARY "\r\nContent-Disposition: form-data; name=\"%.*s\"", STR(name));
	if (file_name.n)
		buf_printf(b, "; filename=\"%.*s\"\r\nContent-Type: application/octet-stream",
		    STR(file_name));
	buf_put(b, S("\r\n\r\n"));
	buf_put(b, value);
	buf_put(b, S("\r\n"));
}

/* The last form of the page that goes to a command: its hidden fields, and where it goes. */
static str hidden_fields(str page, struct buf *b, const char *where)
{
	size_t at = str_find(page, str_of(where));
	str rest = at == SIZE_MAX ? STR_EMPTY : str_skip(page, at), action = STR_EMPTY;
	if (rest.n) {
		action = str_skip(rest, str_of("action=\"").n);
		action = str_head(action, str_find_char(action, '"'));
		rest = str_head(rest, str_find(rest, S("</form>")));
	}
	while ((at = str_find(rest, S("<input"))) != SIZE_MAX) {
		rest = str_skip(rest, at + 6);
		str tag = str_head(rest, str_find_char(rest, '>'));
		if (str_eq(attribute(tag, "type"), S("hidden")) &&
		    str_starts(attribute(tag, "name"), S("_")))
			put_field(b, attribute(tag, "name"), attribute(tag, "value"), STR_EMPTY);
	}
	return action;
}

int visitor_send(struct visitor *v, str path, const struct typed *fields, size_t n)
{
	struct buf b = buf_in(v->site->arena, 0);
	if (visitor_visit(v, path) != 200)
		return v->at.status;
	/* Both "/g/x/do/y" and "/sign-in/..." are forms of ours; the search box is not sent to. */
	const char *where = visitor_sees(v, "action=\"/g/") && visitor_sees(v, "/do/")
	                        ? "action=\"/g/"
	                        : "action=\"/sign-in";
	str page = v->at.body;
	while (str_find(page, str_of(where)) != SIZE_MAX && where[9] == 'g') {
		str here = str_skip(page, str_find(page, str_of(where)));
		if (str_find(str_head(here, str_find_char(str_skip(here, 8), '"') + 8),
		        S("/do/")) != SIZE_MAX) {
			page = here;
			break;
		}
		page = str_skip(here, 8);
	}
	str action = hidden_fields(page, &b, where);
	for (size_t i = 0; i < n; i++)
		put_field(&b, str_of(fields[i].name), fields[i].value, fields[i].file_name);
	buf_put(&b, S("--" BOUNDARY "--\r\n"));
	if (v->together)
		pthread_barrier_wait(v->together);
	ask(v, "POST", action, "text/html", S("multipart/form-data; boundary=" BOUNDARY),
	    buf_str(&b));
	return follow(v);
}

/* The passphrases of examples/wgec. */
static const struct {
	const char *role, *email, *passphrase;
} demo[] = {
    {"Chair", "chair@example.org", "chair of the group"},
    {"Secretariat", "secretariat@example.org", "secretariat of the group"},
    {"Delegate", "delegate@example.org", "delegate of a member"},
    {"Observer", "observer@example.org", "observer of the group"},
};

struct visitor visitor_enter(struct site *s, const char *role)
{
	struct visitor v = {.site = s};
	for (size_t i = 0; i < sizeof demo / sizeof demo[0]; i++) {
		if (strcmp(demo[i].role, role) != 0)
			continue;
		must(visitor_visit(&v, S("/sign-in")) == 200);
		size_t at = str_find(v.at.body, S("name=\"_token\""));
		must(at != SIZE_MAX);
		str tag = str_skip(v.at.body, at), token = attribute(tag, "value");
		struct buf b = buf_in(s->arena, 0);
		buf_printf(&b, "_token=");
		for (size_t k = 0; k < token.n; k++)
			buf_printf(&b, "%%%02X", (unsigned char)token.p[k]);
		buf_printf(&b, "&email=%s&passphrase=%s&next=/", demo[i].email, demo[i].passphrase);
		for (size_t k = 0; k < b.n; k++)
			if (b.p[k] == ' ')
				b.p[k] = '+';
		visitor_post(&v, S("/sign-in/passphrase"), buf_str(&b));
		must(v.session.n == 64);
	}
	return v;
}
