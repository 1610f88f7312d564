/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * People are told: an adoption leaves amendments to their authors, each gets one message, a restart
 * sends none again, and what the mail system did not take is tried again.
 */
#include "base/db.h"
#include "base/must.h"
#include "t.h"
#include "visitor.h"

#include <dirent.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/poison.h"

#define FIELDS(...)                          \
	(const struct typed[]){__VA_ARGS__}, \
	    sizeof((const struct typed[]){__VA_ARGS__}) / sizeof(struct typed)
#define DO(who, command, ...) \
	CHECK_EQ(visitor_send((who), S("/g/wgec/do/" command), FIELDS(__VA_ARGS__)), 200)

struct people {
	struct site site;
	struct visitor chair, office, kenya;
	str box, program, stop;
};

/*
 * A mail program that keeps each message in a file of the box named by its receiver; while there is
 * a file "stop" it takes nothing, and keeps that it was asked.
 */
static void write_program(struct people *p)
{
	struct arena *a = p->site.arena;
	p->box = arena_printf(a, "%s/box", t_tmpdir());
	p->program = arena_printf(a, "%s/sendmail", t_tmpdir());
	p->stop = arena_printf(a, "%s/stop", t_tmpdir());
	must(mkdir(arena_z(a, p->box), 0700) == 0);
	FILE *f = fopen(arena_z(a, p->program), "w");
	must(f);
	fprintf(f,
	    "#!/bin/sh\nif [ -e %.*s ]; then cat > %.*s.asked; exit 75; fi\n"
	    "cat > %.*s/part.$$ && mv %.*s/part.$$ %.*s/to.$5.$$\n",
	    STR(p->stop), STR(p->stop), STR(p->box), STR(p->box), STR(p->box));
	must(fclose(f) == 0 && chmod(arena_z(a, p->program), 0700) == 0);
}

static void touch(struct people *p, str path)
{
	FILE *f = fopen(arena_z(p->site.arena, path), "w");
	must(f && fclose(f) == 0);
}

/* Messages in the box to this address; "": to anybody. *last: the text of one of them. */
static size_t in_box(struct people *p, const char *to, str *last)
{
	struct arena *a = p->site.arena;
	DIR *d = opendir(arena_z(a, p->box));
	struct dirent *e;
	size_t n = 0;
	must(d);
	while ((e = readdir(d))) {
		if (!str_starts(str_of(e->d_name), arena_printf(a, "to.%s", to)))
			continue;
		n++;
		if (last)
			*last = t_read_file(
			    a, arena_z(a, arena_printf(a, "%.*s/%s", STR(p->box), e->d_name)));
	}
	closedir(d);
	return n;
}

/* Waits until there are that many messages in all, and a little longer for one too many. */
static size_t wait_for(struct people *p, size_t n)
{
	for (int i = 0; i < 300 && in_box(p, "", NULL) < n; i++)
		usleep(50 * 1000);
	usleep(400 * 1000);
	return in_box(p, "", NULL);
}

static void add_member(struct people *p, const char *name, const char *seat)
{
	struct arena *a = p->site.arena;
	str email = arena_printf(a, "%s@example.net", name);
	DO(&p->office, "people.add", {"name", str_of(name)}, {"representing", S("A State")},
	    {"kind", S("delegate")}, {"email", email});
	str path = p->office.path;
	size_t at = str_find(path, S("m_"));
	must(at != SIZE_MAX);
	DO(&p->office, "members.assign", {"seat", str_of(seat)}, {"person", str_skip(path, at)},
	    {"role", S("adviser")});
}

static void serve(struct people *p, bool mails)
{
	site_serve(&p->site, mails ? p->program : STR_EMPTY);
	p->chair = visitor_enter(&p->site, "Chair");
	p->office = visitor_enter(&p->site, "Secretariat");
	p->kenya = visitor_enter(&p->site, "Delegate");
}

/* The sample group with three more members who have addresses, and a draft of one sentence. */
static void meet(struct people *p)
{
	p->site = site_start("examples/wgec");
	write_program(p);
	web_stop(p->site.web);
	serve(p, true);
	add_member(p, "ghana", "1");
	add_member(p, "bangladesh", "6");
	add_member(p, "fiji", "7");
	DO(&p->chair, "draft.open", {"title", S("Text on reports")}, {"lang", S("en")},
	    {"text", S("States may report on their progress every two years.")});
}

#define TABLE(who, words, ...)                                                         \
	DO((who), "draft.amend", {"draft", S("2")}, {"paragraph", S("p1")},            \
	    {"text", S("States may report on their progress every " words " years.")}, \
	    __VA_ARGS__)

/* Kenya's is adopted, three others stand against it. */
static void adopt(struct people *p)
{
	TABLE(&p->kenya, "three", {"reason", S("Time.")});
	TABLE(&p->office, "four", {"seat", S("1")});
	TABLE(&p->office, "five", {"seat", S("6")});
	TABLE(&p->office, "six", {"seat", S("7")});
	TABLE(&p->office, "seven", {"seat", S("7")});
	DO(&p->chair, "draft.accept", {"draft", S("2")}, {"amendments", S("1")});
}

static void check_message(struct people *p)
{
	str text = STR_EMPTY;
	CHECK_EQ(in_box(p, "fiji@example.net", &text), 1);
	CHECK(str_find(text, S("\nMessage-ID: <comity.")) != SIZE_MAX);
	CHECK(str_find(text, S("\nList-Id: <wgec.example.org>\n")) != SIZE_MAX);
	CHECK(str_find(text, S("\nAuto-Submitted: auto-generated\n")) != SIZE_MAX);
	CHECK(str_find(text, S("Amendment 4 to draft 2 needs its author")) != SIZE_MAX);
	CHECK(str_find(text, S("Amendment 5 to draft 2 needs its author")) != SIZE_MAX);
	CHECK(str_find(text, S("http://127.0.0.1/g/wgec/drafts/2/amendments/5\n")) != SIZE_MAX);
	CHECK(str_find(text, S("http://127.0.0.1/g/wgec/notices\n")) != SIZE_MAX);
}

/* Everybody whom the adoption concerns gets one message, also Kenya, whose amendment it was. */
TEST(sponsors_are_written_to_once)
{
	struct people p;
	meet(&p);
	CHECK_EQ(wait_for(&p, 0), 0); /* nobody is told of what was before */
	adopt(&p);
	size_t all = wait_for(&p, 4);
	CHECK_EQ(in_box(&p, "ghana@example.net", NULL), 1);
	CHECK_EQ(in_box(&p, "bangladesh@example.net", NULL), 1);
	CHECK_EQ(in_box(&p, "delegate@example.org", NULL), 1);
	CHECK_EQ(all, 4);
	check_message(&p);

	/* Its page says the same, and nobody else's. */
	CHECK_EQ(visitor_visit(&p.kenya, S("/g/wgec/notices")), 200);
	CHECK(visitor_sees(&p.kenya, "Amendment 1 to draft 2 was accepted."));
	CHECK(!visitor_sees(&p.kenya, "Amendment 4 to draft 2"));
	struct visitor anyone = visitor_enter(&p.site, "");
	CHECK_EQ(visitor_visit(&anyone, S("/g/wgec/notices")), 403);

	/* A restart sends nothing again. */
	web_stop(p.site.web);
	serve(&p, true);
	CHECK_EQ(wait_for(&p, all + 1), all);
	site_stop(&p.site);
}

/* What the mail system refuses waits, and goes out with the Message-ID of the first try. */
TEST(what_was_not_taken_is_tried_again)
{
	struct people p;
	meet(&p);
	touch(&p, p.stop);
	adopt(&p);
	str asked = arena_printf(p.site.arena, "%.*s.asked", STR(p.stop));
	for (int i = 0; i < 200 && access(arena_z(p.site.arena, asked), F_OK) != 0; i++)
		usleep(50 * 1000);
	CHECK_EQ(wait_for(&p, 0), 0);
	/* It is forgotten neither by a stop. */
	web_stop(p.site.web);
	must(unlink(arena_z(p.site.arena, p.stop)) == 0);
	str first = t_read_file(p.site.arena, arena_z(p.site.arena, asked));
	serve(&p, true);
	CHECK_EQ(wait_for(&p, 4), 4);
	check_message(&p);
	size_t to = str_find(first, S("To: ")) + 4;
	str who = str_head(str_skip(first, to), str_find_char(str_skip(first, to), '\n')), text;
	CHECK_EQ(in_box(&p, arena_z(p.site.arena, who), &text), 1);
	CHECK(str_eq(first, text));
	site_stop(&p.site);
}

/* Who wants no mail gets none, and finds it on the page. */
TEST(mail_can_be_refused)
{
	struct people p;
	meet(&p);
	CHECK_EQ(visitor_send(&p.kenya, S("/sign-in/account"), FIELDS({"mail", S("no")})), 200);
	CHECK(visitor_sees(&p.kenya, "You are not told by mail."));
	adopt(&p);
	CHECK_EQ(wait_for(&p, 3), 3);
	CHECK_EQ(in_box(&p, "delegate@example.org", NULL), 0);
	CHECK_EQ(visitor_visit(&p.kenya, S("/g/wgec/notices")), 200);
	CHECK(visitor_sees(&p.kenya, "Amendment 1 to draft 2 was accepted."));
	site_stop(&p.site);
}
