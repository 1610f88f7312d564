/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "engine/mail.h"

#include "base/buf.h"
#include "t.h"

#include <signal.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/poison.h"

TEST(a_message_has_its_headers_and_nothing_else_can)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct err err = {0};
	str out;
	struct mail_message m = {S("kenya@example.org"), S("Sign in"), S("Open this.\n")};
	CHECK_EQ(mail_compose(a, S("comity@example.org"), &m, &out, &err), OK);
	CHECK(str_starts(out, S("From: comity@example.org\nTo: kenya@example.org\nSubject: "
	                        "=?utf-8?B?U2lnbiBpbg==?=\n")));
	CHECK(str_ends(out, S("\n\nOpen this.\n")));
	m.message_id = S("comity.1.ab@example.org");
	m.list_id = S("wgec.example.org");
	CHECK_EQ(mail_compose(a, S("comity@example.org"), &m, &out, &err), OK);
	CHECK(str_find(out, S("\nMessage-ID: <comity.1.ab@example.org>\n")) != SIZE_MAX);
	CHECK(str_find(out, S("\nList-Id: <wgec.example.org>\n")) != SIZE_MAX);
	m.list_id = S("x>\nBcc: x@y.z");
	CHECK_EQ(mail_compose(a, S("comity@example.org"), &m, &out, &err), INVALID);
	m.list_id = S("wgec.example.org");
	static const char *const bad[] = {"a@b.c\nBcc: x@y.z", "a@b.c, x@y.z", "<a@b.c>",
	    "-oQ/tmp@b.c", "", "a b@c.d", "\xC3@c.d"};
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		m.to = str_of(bad[i]);
		CHECK_EQ(mail_compose(a, S("comity@example.org"), &m, &out, &err), INVALID);
	}
	m.to = S("a@b.cd");
	m.subject = S("One\nBcc: x@y.z");
	CHECK_EQ(mail_compose(a, S("comity@example.org"), &m, &out, &err), INVALID);
}

static str program(struct arena *a, const char *script)
{
	str path = arena_printf(a, "%s/sendmail", t_tmpdir());
	FILE *f = fopen(arena_z(a, path), "w");
	CHECK(f && fputs(script, f) >= 0 && fclose(f) == 0);
	CHECK(chmod(arena_z(a, path), 0700) == 0);
	return path;
}

TEST(the_mail_program_gets_the_message_and_its_refusal_is_seen)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct err err = {0};
	struct mail_message m = {S("kenya@example.org"), S("Sign in"), S("Open this.\n")};
	str box = arena_printf(a, "%s/box", t_tmpdir());
	str script = arena_printf(a, "#!/bin/sh\n{ echo \"$@\"; cat; } > %.*s\n", STR(box));
	struct mail_conf conf = {program(a, arena_z(a, script)), S("comity@example.org")};
	CHECK_EQ(mail_send(&conf, &m, &err), OK);
	str got = t_read_file(a, arena_z(a, box));
	CHECK(str_starts(
	    got, S("-i -f comity@example.org -- kenya@example.org\nFrom: comity@example.org\n")));
	CHECK(str_ends(got, S("\n\nOpen this.\n")));
	conf.sendmail = program(a, "#!/bin/sh\ncat >/dev/null\nexit 75\n");
	CHECK_EQ(mail_send(&conf, &m, &err), FAULT);
	conf.sendmail = S("/nowhere/sendmail");
	CHECK_EQ(mail_send(&conf, &m, &err), FAULT);
}

/* The process whose number the program wrote down is gone, or nobody has asked for its end yet. */
static bool has_ended(struct arena *a, str path)
{
	char state = 'Z';
	str pid = str_trim(t_read_file(a, arena_z(a, path)));
	FILE *f = fopen(arena_z(a, arena_printf(a, "/proc/%.*s/stat", STR(pid))), "r");
	if (!f)
		return true;
	if (fscanf(f, "%*d %*s %c", &state) != 1)
		state = 'Z';
	fclose(f);
	return state == 'Z';
}

TEST(a_mail_program_that_hangs_is_ended_with_its_children)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct err err = {0};
	struct mail_message m = {S("kenya@example.org"), S("Sign in"), S("Open this.\n")};
	str box = arena_printf(a, "%s/pid", t_tmpdir());
	str script = arena_printf(a,
	    "#!/bin/sh\ncat >/dev/null\nsleep 1000 &\necho $! > %.*s.new\n"
	    "mv %.*s.new %.*s\nwait\n",
	    STR(box), STR(box), STR(box));
	struct mail_conf conf = {.sendmail = program(a, arena_z(a, script)),
	    .from = S("comity@example.org"),
	    .limit = 2 * USEC_SECOND};
	CHECK_EQ(mail_send(&conf, &m, &err), FAULT);
	CHECK_STR(err_text(&err, a), "The mail program took too long and was ended.");
	for (int i = 0; i < 100 && !has_ended(a, box); i++)
		usleep(100000); /* a signal takes its time */
	CHECK(has_ended(a, box));

	/* Nor does one that reads nothing of a long message. */
	signal(SIGPIPE, SIG_IGN);
	conf.limit = USEC_SECOND / 5;
	conf.sendmail = program(a, "#!/bin/sh\nexec sleep 1000\n");
	struct buf long_text = buf_in(a, 0);
	for (int i = 0; i < 100000; i++)
		buf_put(&long_text, S("words\n"));
	m.text = buf_str(&long_text);
	CHECK_EQ(mail_send(&conf, &m, &err), FAULT);
	CHECK_STR(err_text(&err, a), "The mail program took too long to read the message.");

	/* The time is enough for one that reads slowly. */
	conf.limit = 20 * USEC_SECOND;
	conf.sendmail = program(a, "#!/bin/sh\nsleep 0.3\ncat >/dev/null\n");
	CHECK_EQ(mail_send(&conf, &m, &err), OK);
}
