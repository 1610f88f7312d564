/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* What a newcomer does: contribute with a file, have it published, find it, check it. */
#include "base/db.h"
#include "engine/house.h"
#include "record/store_sqlite.h"
#include "record/verify.h"
#include "rooms/rooms_list.h"
#include "t.h"
#include "visitor.h"

#include <stdio.h>

#include "base/poison.h"

static uint64_t findings(const struct site *s, str log)
{
	AUTO_STORE struct store *store = NULL;
	struct store_sqlite_how how = {.path = house_db_path(s->arena, s->dir),
	    .parts = house_parts_path(s->arena, s->dir),
	    .read_only = true};
	struct verify_how plain = {0};
	struct verify_result r = {0};
	struct err err = {0};
	CHECK_EQ(store_sqlite_open(&how, &store, &err), OK);
	CHECK_EQ(verify_store(s->arena, store, log, &plain, &r, &err), OK);
	return r.findings;
}

TEST(a_newcomer_contributes_and_is_found)
{
	struct site s = site_start("examples/wgec");
	struct visitor sec = visitor_enter(&s, "Secretariat"),
	               delegate = visitor_enter(&s, "Delegate");
	struct visitor anyone = visitor_enter(&s, "");
	str docx =
	    t_read_file(s.arena, "../shared/data/mixed-documents/docx/testWORD_various.docx");

	/* The secretariat asks; a delegate answers with a DOCX. */
	CHECK_EQ(SEND(&sec, "/g/wgec/do/call.draft", {"title", S("A further question")},
	             {"audience", S("all")}, {"deadline", S("2030-01-31T23:59")},
	             {"zone", S("Europe/Zurich")}),
	    200);
	CHECK(visitor_sees(&sec, "A further question"));
	CHECK_EQ(SEND(&sec, "/g/wgec/do/call.question", {"call", S("2")},
	             {"text", S("What should be kept?")}),
	    200);
	CHECK_EQ(SEND(&sec, "/g/wgec/do/call.open", {"call", S("2")}), 200);
	CHECK_EQ(visitor_visit(&anyone, S("/g/wgec/calls/2")), 200);
	CHECK(visitor_sees(&anyone, "What should be kept?"));
	CHECK_EQ(
	    SEND(&delegate, "/g/wgec/do/call.submit", {"call", S("2")},
	        {"author", S("Newcomer Delegate")}, {"organisation", S("Testland")},
	        {"category", S("government")}, {"email", S("delegate@example.org")},
	        {"lang", S("en")}, {"answer1", S("The quokkaphone of the record must be kept.")},
	        {"publish_wish", S("publish")}, {"cite", S("1")},
	        {"files", docx, S("position.docx")}),
	    200);
	CHECK(visitor_sees(&delegate, "38"));
	/* Nobody else sees a word of it before it is published. */
	CHECK_EQ(visitor_visit(&anyone, S("/g/wgec/contributions/38")), 200);
	CHECK(!visitor_sees(&anyone, "quokkaphone"));
	CHECK_EQ(visitor_visit(&anyone, S("/g/wgec/search?q=quokkaphone")), 200);
	CHECK(!visitor_sees(&anyone, "quokkaphone</mark>"));
	CHECK_EQ(visitor_visit(&sec, S("/g/wgec/inbox")), 200);
	CHECK(visitor_sees(&sec, "38"));
	CHECK_EQ(SEND(&sec, "/g/wgec/do/call.publish", {"contribution", S("38")}), 200);
	CHECK_EQ(visitor_visit(&anyone, S("/g/wgec/contributions/38")), 200);
	CHECK(visitor_sees(&anyone, "quokkaphone"));
	CHECK(visitor_sees(&anyone, "position.docx"));
	CHECK_EQ(visitor_visit(&anyone, S("/g/wgec/search?q=quokkaphone")), 200);
	CHECK(visitor_sees(&anyone, "/g/wgec/contributions/38"));
	CHECK_EQ(findings(&s, S("demo.example.org/g/wgec")), 0);
	site_stop(&s);
}

TEST(what_was_typed_is_never_lost)
{
	struct site s = site_start("examples/wgec");
	struct visitor sec = visitor_enter(&s, "Secretariat");
	str long_text = S("A sentence that took a long time to write, with <angles> & \"quotes\".");
	CHECK_EQ(SEND(&sec, "/g/wgec/do/meeting.announce", {"title", long_text},
	             {"starts", S("2030-02-30")}),
	    422);
	CHECK(visitor_sees(&sec, "A sentence that took a long time to write, with &lt;angles&gt; "
	                         "&amp; &quot;quotes&quot;."));
	CHECK(visitor_sees(&sec, "This is not a date such as 2018-01-31."));
	CHECK(visitor_sees(&sec, "Please fill in"));
	site_stop(&s);
}

TEST(sending_twice_is_one_act)
{
	struct site s = site_start("examples/wgec");
	struct visitor sec = visitor_enter(&s, "Secretariat");
	str body = S(
	    "{\"key\":\"a-key-of-mine\",\"fields\":{\"title\":\"Once\",\"text\":\"Only once.\"}}");
	str other = S(
	    "{\"key\":\"a-key-of-mine\",\"fields\":{\"title\":\"Another\",\"text\":\"Another.\"}}");
	CHECK_EQ(visitor_api(&sec, S("/api/wgec/commands/group.announce"), body), 200);
	str first =
	    arena_str(s.arena, str_head(sec.at.body, str_find(sec.at.body, S("\"repeated\""))));
	CHECK(visitor_sees(&sec, "\"repeated\":false"));
	CHECK_EQ(visitor_api(&sec, S("/api/wgec/commands/group.announce"), body), 200);
	CHECK(visitor_sees(&sec, "\"repeated\":true"));
	CHECK(str_starts(sec.at.body, first));
	CHECK_EQ(visitor_api(&sec, S("/api/wgec/commands/group.announce"), other), 409);
	site_stop(&s);
}

TEST(a_stale_formal_act_is_refused)
{
	struct site s = site_start("examples/wgec");
	struct visitor chair = visitor_enter(&s, "Chair");
	CHECK_EQ(visitor_api(&chair, S("/api/wgec/commands/report.decide"),
	             S("{\"expect\":3,\"fields\":{\"report\":1,\"outcome\":\"adopted\",\"words\":"
	               "\"It is so decided.\"}}")),
	    409);
	CHECK(visitor_sees(&chair, "\"error\":\"conflict\""));
	site_stop(&s);
}

TEST(a_registered_person_signs_in_and_chooses_a_passphrase)
{
	struct site s = site_start("examples/wgec");
	struct visitor sec = visitor_enter(&s, "Secretariat"), late = visitor_enter(&s, "");
	/* The secretariat registers somebody with an address; there is no account of it yet. */
	CHECK_EQ(SEND(&sec, "/g/wgec/do/people.add", {"name", S("Late Arrival")},
	             {"representing", S("Testland")}, {"kind", S("observer")},
	             {"email", S("late@example.org")}),
	    200);
	CHECK_EQ(
	    SEND(&late, "/sign-in", {"email", S("late@example.org")}, {"next", S("/g/wgec")}), 200);
	size_t at = str_find(late.at.body, S("/sign-in/link/"));
	CHECK(at != SIZE_MAX);
	str link = arena_str(s.arena, str_head(str_skip(late.at.body, at), 14 + 64));
	/* Looking at the link does not use it up. */
	CHECK_EQ(visitor_visit(&late, link), 200);
	CHECK_EQ(SEND(&late, "/sign-in/link/0000", {"link_token", str_skip(link, 14)}), 200);
	CHECK(late.session.n == 64);
	CHECK(visitor_sees(&late, "Late Arrival"));
	/* Once only. */
	struct visitor thief = visitor_enter(&s, "");
	CHECK_EQ(SEND(&thief, "/sign-in/link/0000", {"link_token", str_skip(link, 14)}), 403);
	CHECK(thief.session.n == 0);
	CHECK_EQ(SEND(&late, "/sign-in/account", {"passphrase", S("too short")}), 422);
	CHECK_EQ(SEND(&late, "/sign-in/account", {"passphrase", S("long enough to keep")}), 200);
	CHECK(visitor_sees(&late, "Your passphrase is set."));
	site_stop(&s);
}
