/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The doors of a site: signing in, forms that are too much, pages that are kept. */
#include "base/db.h"
#include "engine/house.h"
#include "t.h"
#include "visitor.h"

#include <stdio.h>
#include <unistd.h>

#include "base/poison.h"

/* The token of the last page, as a form writes it. */
static str token_of(const struct visitor *v)
{
	size_t at = str_find(v->at.body, S("name=\"_token\" value=\""));
	if (at == SIZE_MAX)
		return STR_EMPTY;
	str rest = str_skip(v->at.body, at + 21), token = str_head(rest, str_find_char(rest, '"'));
	struct buf b = buf_in(v->site->arena, 0);
	for (size_t i = 0; i < token.n; i++)
		buf_printf(&b, "%%%02X", (unsigned char)token.p[i]);
	return buf_str(&b);
}

static int try_passphrase(struct visitor *v, const char *email, const char *passphrase)
{
	CHECK_EQ(visitor_visit(v, S("/sign-in")), 200);
	str body = arena_printf(v->site->arena, "_token=%.*s&email=%s&passphrase=%s&next=/",
	    STR(token_of(v)), email, passphrase);
	return visitor_post(v, S("/sign-in/passphrase"), body);
}

TEST(guessing_a_passphrase_ends_after_ten_times)
{
	struct site s = site_start("examples/wgec");
	struct visitor thief = visitor_enter(&s, "");
	/* A right one does not count, and a capital letter is no other address. */
	CHECK_EQ(try_passphrase(&thief, "chair@example.org", "chair+of+the+group"), 303);
	thief.session = STR_EMPTY;
	for (int i = 0; i < 10; i++)
		CHECK_EQ(try_passphrase(&thief, i % 2 ? "chair@example.org" : "Chair@Example.org",
		             "a+wrong+guess"),
		    403);
	CHECK_EQ(try_passphrase(&thief, "chair@example.org", "chair+of+the+group"), 429);
	CHECK(visitor_sees(&thief, "too many attempts"));
	CHECK_EQ(thief.session.n, 0);
	/* Whether there is such an account is not told; others are not concerned. */
	for (int i = 0; i < 10; i++)
		CHECK_EQ(try_passphrase(&thief, "nobody@example.org", "a+wrong+guess"), 403);
	CHECK_EQ(try_passphrase(&thief, "nobody@example.org", "a+wrong+guess"), 429);
	CHECK_EQ(try_passphrase(&thief, "delegate@example.org", "delegate+of+a+member"), 303);
	site_stop(&s);
}

TEST(a_new_passphrase_ends_other_sessions)
{
	struct site s = site_start("examples/wgec");
	struct visitor own = visitor_enter(&s, "Delegate"), other = visitor_enter(&s, "Delegate");
	struct visitor chair = visitor_enter(&s, "Chair");
	CHECK_EQ(visitor_visit(&other, S("/sign-in/account")), 200);
	CHECK_EQ(SEND(&own, "/sign-in/account", {"passphrase", S("long enough to keep")}), 200);
	CHECK_EQ(visitor_visit(&other, S("/sign-in/account")), 403);
	CHECK_EQ(visitor_visit(&own, S("/sign-in/account")), 200);
	CHECK_EQ(visitor_visit(&chair, S("/sign-in/account")), 200);
	site_stop(&s);
}

TEST(signing_in_anew_ends_the_session_before)
{
	struct site s = site_start("examples/wgec");
	struct visitor v = visitor_enter(&s, "Delegate"), before = v;
	CHECK_EQ(try_passphrase(&v, "delegate@example.org", "delegate+of+a+member"), 303);
	CHECK(!str_eq(v.session, before.session));
	CHECK_EQ(visitor_visit(&v, S("/sign-in/account")), 200);
	CHECK_EQ(visitor_visit(&before, S("/sign-in/account")), 403);
	site_stop(&s);
}

TEST(nobody_is_led_away_after_signing_in)
{
	struct site s = site_start("examples/wgec");
	static const char *const bad[] = {"//evil.example", "https://evil.example",
	    "/%5Cevil.example", "%2F%2Fevil.example", "/%09/evil.example", "/%C3%A9",
	    "/%0D%0ASet-Cookie:x=1", ""};
	struct visitor v = visitor_enter(&s, "");
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		v.session = STR_EMPTY;
		CHECK_EQ(visitor_visit(&v, S("/sign-in")), 200);
		CHECK_EQ(visitor_post(&v, S("/sign-in/passphrase"),
		             arena_printf(s.arena,
		                 "_token=%.*s&email=observer@example.org&passphrase=observer+of+"
		                 "the+group&next=%s",
		                 STR(token_of(&v)), bad[i])),
		    303);
		CHECK_STR(answer_header(&v.at, S("location")), "/");
	}
	site_stop(&s);
}

/* Each file costs a child: their number is looked at before any of them. */
TEST(too_many_files_are_not_read)
{
	struct site s = site_start("examples/wgec");
	struct visitor anyone = visitor_enter(&s, ""), sec = visitor_enter(&s, "Secretariat");
	struct typed many[200];
	CHECK_EQ(
	    SEND(&sec, "/g/wgec/do/call.draft", {"title", S("Another")}, {"audience", S("all")},
	        {"deadline", S("2030-01-31T23:59")}, {"zone", S("Europe/Zurich")}),
	    200);
	CHECK_EQ(
	    SEND(&sec, "/g/wgec/do/call.question", {"call", S("2")}, {"text", S("What?")}), 200);
	CHECK_EQ(SEND(&sec, "/g/wgec/do/call.open", {"call", S("2")}), 200);
	for (size_t i = 0; i < 200; i++)
		many[i] = (struct typed){"files", S("Some text."), S("a.txt")};
	usec start = clock_monotonic();
	CHECK_EQ(visitor_send(&anyone, S("/g/wgec/do/call.submit"), many, 200), 422);
	CHECK(visitor_sees(&anyone, "files fit"));
	for (size_t i = 0; i < 200; i++)
		many[i].name = "another";
	CHECK_EQ(visitor_send(&anyone, S("/g/wgec/do/call.submit"), many, 200), 422);
	CHECK(clock_monotonic() - start < 5 * USEC_SECOND);
	site_stop(&s);
}

/* The longest text that a field takes, in a script of three bytes a letter, both ways a browser
 * sends it. */
TEST(the_longest_text_is_taken)
{
	struct site s = site_start("examples/wgec");
	struct visitor sec = visitor_enter(&s, "Secretariat");
	struct buf text = buf_in(s.arena, 0), coded = buf_in(s.arena, 0);
	for (int i = 0; i < 199; i++) {
		for (int k = 0; k < 2000; k++)
			buf_put(&text, S("\xE4\xBA\xBA"));
		buf_put(&text, S("\n\n"));
	}
	CHECK_EQ(SEND(&sec, "/g/wgec/do/document.issue", {"kind", S("information")},
	             {"title", S("Long one")}, {"lang", S("zh")}, {"text", buf_str(&text)}),
	    200);
	CHECK(visitor_sees(&sec, "Long one"));
	CHECK_EQ(visitor_visit(&sec, S("/g/wgec/do/document.issue")), 200);
	for (size_t i = 0; i < text.n; i++)
		buf_printf(&coded, "%%%02X", (unsigned char)text.p[i]);
	str body = arena_printf(s.arena,
	    "_token=%.*s&_key=a-key-of-this-test&kind=information&title=Long+two&lang=zh&text=%.*s",
	    STR(token_of(&sec)), STR(buf_str(&coded)));
	CHECK_EQ(visitor_post(&sec, S("/g/wgec/do/document.issue"), body), 303);
	/* And what is wrong with it is said with all of it still there. */
	CHECK_EQ(SEND(&sec, "/g/wgec/do/document.issue", {"kind", S("information")},
	             {"lang", S("zh")}, {"text", buf_str(&text)}),
	    422);
	CHECK(sec.at.body.n > text.n);
	site_stop(&s);
}

/* A checkpoint that was asked for between an act and its signature is not kept for ever. */
TEST(the_checkpoint_follows_the_record)
{
	struct site s = site_start("examples/wgec");
	struct visitor sec = visitor_enter(&s, "Secretariat"), anyone = visitor_enter(&s, "");
	CHECK_EQ(visitor_api(&sec, S("/api/wgec/commands/group.announce"),
	             S("{\"fields\":{\"title\":\"Once\",\"text\":\"Only once.\"}}")),
	    200);
	str seq = str_skip(sec.at.body, str_find(sec.at.body, S("\"seq\":")) + 6);
	int64_t n = 0;
	CHECK(str_to_i64(str_head(seq, str_find_char(seq, ',')), &n));
	str size = arena_printf(s.arena, "\n%lld\n", (long long)n + 1);
	bool seen = false;
	for (int i = 0; i < 100 && !seen; i++) {
		CHECK_EQ(visitor_visit(&anyone, S("/g/wgec/log/checkpoint")), 200);
		seen = str_find(anyone.at.body, size) != SIZE_MAX;
		usleep(20000);
	}
	CHECK(seen);
	site_stop(&s);
}

/* A right-to-left override in a name would turn what stands beside it. */
TEST(a_name_does_not_turn_the_text_around_it)
{
	struct site s = site_start("examples/wgec");
	struct visitor sec = visitor_enter(&s, "Secretariat");
	CHECK_EQ(SEND(&sec, "/g/wgec/do/people.add", {"name", S("Mallory\xE2\x80\xAE riahC")},
	             {"representing", S("Testland")}, {"kind", S("observer")}),
	    422);
	CHECK(visitor_sees(&sec, "invisible characters"));
	CHECK_EQ(SEND(&sec, "/g/wgec/do/people.add", {"name", S("Ends\xE2\x81\xA9 isolates")},
	             {"representing", S("Testland")}, {"kind", S("observer")}),
	    422);
	/* Arabic and Hebrew need none of these; marks and joiners are letters of a kind. */
	CHECK_EQ(SEND(&sec, "/g/wgec/do/people.add",
	             {"name", S("\xD9\x85\xD8\xAD\xD9\x85\xD8\xAF\xE2\x80\x8F (PCT)")},
	             {"representing", S("Testland")}, {"kind", S("observer")}),
	    200);
	site_stop(&s);
}

/* What the database says of a fault is for the log of the server only. */
TEST(a_fault_does_not_tell_of_tables)
{
	struct site s = site_start("examples/wgec");
	struct visitor anyone = visitor_enter(&s, "");
	struct err err = {0};
	AUTO_DB struct db *db = NULL;
	CHECK_EQ(db_open_write(arena_z(s.arena, house_db_path(s.arena, s.dir)), &db, &err), OK);
	CHECK_EQ(db_script(db, S("ALTER TABLE record_entry_view RENAME TO away"), &err), OK);
	CHECK_EQ(visitor_visit(&anyone, S("/g/wgec/record")), 500);
	CHECK(!visitor_sees(&anyone, "record_entry"));
	CHECK(visitor_sees(&anyone, "our side"));
	CHECK_EQ(visitor_facts(&anyone, S("/g/wgec/record")), 500);
	CHECK(!visitor_sees(&anyone, "record_entry"));
	CHECK_EQ(db_script(db, S("ALTER TABLE away RENAME TO record_entry_view"), &err), OK);
	site_stop(&s);
}

TEST(every_page_leads_to_the_source)
{
	struct site s = site_start("examples/wgec");
	struct visitor anyone = visitor_enter(&s, ""), chair = visitor_enter(&s, "Chair");
	static const char *const pages[] = {"/", "/g/wgec", "/g/wgec/record", "/g/wgec/search?q=x",
	    "/sign-in", "/source", "/nothing/here", "/g/wgec/do/call.submit"};
	for (size_t i = 0; i < sizeof pages / sizeof pages[0]; i++) {
		(void)visitor_visit(&anyone, str_of(pages[i]));
		CHECK(str_find(anyone.at.body, S("<a href=\"/source\">")) != SIZE_MAX);
		(void)visitor_visit(&chair, str_of(pages[i]));
		CHECK(str_find(chair.at.body, S("<a href=\"/source\">")) != SIZE_MAX);
	}
	CHECK_EQ(visitor_visit(&anyone, S("/source")), 200);
	CHECK(visitor_sees(&anyone, "Affero General Public License"));
	CHECK(visitor_sees(&anyone, "Comity " COMITY_VERSION));
	CHECK(visitor_sees(&anyone, "its digest"));
	const char *archive = "/source/comity-" COMITY_VERSION ".tar.gz";
	CHECK(str_find(anyone.at.body, str_of(archive)) != SIZE_MAX);
	CHECK_EQ(visitor_visit(&anyone, str_of(archive)), 200);
	CHECK_STR(anyone.at.body, "the source");
	CHECK_STR(answer_header(&anyone.at, S("content-type")), "application/gzip");
	CHECK_EQ(visitor_visit(&anyone, S("/source/comity.tar.gz")), 404);
	CHECK_EQ(visitor_visit(&anyone, S("/source/x/y")), 404);
	site_stop(&s);
}
