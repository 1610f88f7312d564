/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* What a jailed child may not do, each forbidden act tried in each kind of jail. */
#include "engine/jail.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <seccomp.h>
#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "engine/jail_attempts.h"
#include "t.h"

#include "base/poison.h"

/* ---- the child ---- */

/* One attempt, named by the input. */
static void attempt_one(struct arena *a, str input, struct buf *out)
{
	(void)a;
	for (size_t i = 0; i < jail_attempts_n; i++)
		if (str_is(input, jail_attempts[i].name))
			buf_put(out, jail_attempts[i].act() < 0 ? S("failed") : S("worked"));
}

static void echo(struct arena *a, str input, struct buf *out)
{
	(void)a;
	buf_put(out, input);
}

static void spin(struct arena *a, str input, struct buf *out)
{
	(void)a;
	(void)input;
	for (volatile int i = 0; !out->failed; i = !i) {
	}
}

static void flood(struct arena *a, str input, struct buf *out)
{
	(void)a;
	(void)out;
	for (;;)
		if (write(STDOUT_FILENO, input.p, input.n) < 0)
			return;
}

static void complain(struct arena *a, str input, struct buf *out)
{
	(void)a;
	for (int i = 0; i < 100; i++)
		if (write(STDERR_FILENO, input.p, input.n) < 0)
			return;
	buf_put(out, S("done"));
}

static const char *const program[] = {"/usr/bin/pdftotext", "-v", NULL};
static const char *const absent[] = {"/usr/bin/comity-has-no-such-program", NULL};
static const char *const data[] = {"/usr/share/poppler", NULL};
static const struct jail_kind kinds[] = {
    {.name = "pure", .profile = JAIL_PURE, .work = attempt_one},
    {.name = "program",
        .profile = JAIL_PROGRAM,
        .work = attempt_one,
        .program = program,
        .data = data},
    {.name = "echo", .profile = JAIL_PURE, .work = echo},
    {.name = "spin", .profile = JAIL_PURE, .work = spin},
    {.name = "flood", .profile = JAIL_PURE, .work = flood},
    {.name = "complain", .profile = JAIL_PURE, .work = complain},
    {.name = "become", .profile = JAIL_PROGRAM, .program = program},
    {.name = "absent", .profile = JAIL_PROGRAM, .program = absent},
};

__attribute__((constructor)) static void be_a_child(int argc, char **argv)
{
	jail_child(argc, argv, kinds, sizeof kinds / sizeof *kinds);
}

/* ---- the parent ---- */

static struct jail_job job_of(const char *kind, str input)
{
	return (struct jail_job){
	    .kind = kind, .input = input, .output_max = 1 << 20, .deadline = 8 * USEC_SECOND};
}

static const char *what_happened(const struct jail_answer *answer)
{
	/* A forbidden call, or a byte written to a file (limit of size). */
	if (answer->end == JAIL_KILLED && (answer->signal == SIGSYS || answer->signal == SIGXFSZ))
		return "died";
	if (answer->end == JAIL_DONE && answer->exit_code == 0 && str_is(answer->output, "failed"))
		return "failed";
	if (answer->end == JAIL_DONE && answer->exit_code == 0 && str_is(answer->output, "worked"))
		return "worked";
	return "something else";
}

static bool sanitized(void)
{
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
	return true;
#elif defined(__has_feature)
	return __has_feature(address_sanitizer) || __has_feature(thread_sanitizer);
#else
	return false;
#endif
}

static void walk(const char *kind, bool pure)
{
	static const char *const words[] = {
	    [DIES] = "died", [FAILS] = "failed", [WORKS] = "worked"};
	AUTO_ARENA struct arena *a = arena_new(0);
	for (size_t i = 0; i < jail_attempts_n; i++) {
		/* The limit on address space cannot hold in a sanitized child. */
		if (sanitized() && str_is(str_of(jail_attempts[i].name), "memory"))
			continue;
		struct jail_job job = job_of(kind, str_of(jail_attempts[i].name));
		struct jail_answer answer;
		struct err err = {0};
		if (jail_run(a, &job, &answer, &err) != OK) {
			t_fail(__FILE__, __LINE__, "%s: %s", jail_attempts[i].name, err.msg);
			return;
		}
		enum fate fate = pure ? jail_attempts[i].pure : jail_attempts[i].program;
		if (str_is(str_of(what_happened(&answer)), words[fate]))
			continue;
		t_fail(__FILE__, __LINE__, "%s in %s: %s, not %s (end %d, exit %d, signal %d)",
		    jail_attempts[i].name, kind, what_happened(&answer), words[fate], answer.end,
		    answer.exit_code, answer.signal);
	}
}

TEST(jail_pure_forbids)
{
	CHECK(dup2(1, 7) == 7); /* without close-on-exec, as a careless library would */
	walk("pure", true);
}

TEST(jail_program_forbids)
{
	CHECK(dup2(1, 7) == 7);
	walk("program", false);
}

TEST(jail_holds_for_an_ordinary_user)
{
	if (geteuid() == 0)
		NEED(setresgid(1234, 1234, 1234) == 0 && setresuid(1234, 1234, 1234) == 0);
	CHECK(dup2(1, 7) == 7);
	walk("pure", true);
	walk("program", false);
}

TEST(jail_has_landlock_where_the_kernel_has)
{
	/* Not a property of the code: if this fails, the tests above did not test Landlock. */
	CHECK(jail_landlock_abi() >= 1);
}

/* Makes this test's process, and so its children, live on a kernel that lacks a call. */
static bool without(int call, int argument, bool any)
{
	scmp_filter_ctx f = seccomp_init(SCMP_ACT_ALLOW);
	uint64_t value = (uint64_t)argument;
	int bad =
	    any ? seccomp_rule_add(f, SCMP_ACT_ERRNO(ENOSYS), call, 0)
	        : seccomp_rule_add(f, SCMP_ACT_ERRNO(ENOSYS), call, 1, SCMP_A0(SCMP_CMP_EQ, value));
	bad = bad || seccomp_load(f) != 0;
	seccomp_release(f);
	return bad == 0;
}

TEST(jail_holds_without_landlock)
{
	NEED(without(SCMP_SYS(landlock_create_ruleset), 0, true));
	CHECK_EQ(jail_landlock_abi(), 0);
	CHECK(dup2(1, 7) == 7);
	walk("pure", true);
}

TEST(jail_that_cannot_be_closed_is_not_entered)
{
	NEED(
	    without(SCMP_SYS(prctl), PR_SET_SECCOMP, false) && without(SCMP_SYS(seccomp), 0, true));
	AUTO_ARENA struct arena *a = arena_new(0);
	struct jail_job job = job_of("echo", S("x"));
	struct jail_answer answer;
	struct err err = {0};
	CHECK_EQ(jail_run(a, &job, &answer, &err), FAULT);
	CHECK(err.msg && str_find(str_of(err.msg), S("could not be closed")) != SIZE_MAX);
}

TEST(jail_hands_over_large_input_and_output)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	size_t n = (size_t)20 << 20;
	char *bytes = arena_push(a, n);
	for (size_t i = 0; i < n; i++)
		bytes[i] = (char)(i * 2654435761U >> 13);
	struct jail_job job = job_of("echo", str_from(bytes, n));
	job.output_max = n;
	struct jail_answer answer;
	NEED(jail_run(a, &job, &answer, NULL) == OK);
	CHECK_EQ(answer.end, JAIL_DONE);
	CHECK(str_eq(answer.output, job.input));
	job.input = STR_EMPTY;
	NEED(jail_run(a, &job, &answer, NULL) == OK);
	CHECK_EQ(answer.end, JAIL_DONE);
	CHECK_EQ(answer.output.n, 0);
}

TEST(jail_ends_at_the_deadline)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct jail_job job = job_of("spin", S("x"));
	job.deadline = 300000;
	struct jail_answer answer;
	usec from = clock_monotonic();
	NEED(jail_run(a, &job, &answer, NULL) == OK);
	CHECK_EQ(answer.end, JAIL_LATE);
	CHECK(clock_monotonic() - from < 3 * USEC_SECOND);
}

TEST(jail_ends_a_flood)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct jail_job job = job_of("flood", S("0123456789abcdef0123456789abcdef"));
	struct jail_answer answer;
	NEED(jail_run(a, &job, &answer, NULL) == OK);
	CHECK_EQ(answer.end, JAIL_TOO_MUCH);
	CHECK(answer.output.n <= job.output_max);
}

TEST(jail_keeps_the_head_of_a_complaint)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	char *line = arena_push(a, 4096);
	for (size_t i = 0; i < 4096; i++)
		line[i] = 'c';
	struct jail_job job = job_of("complain", str_from(line, 4096));
	struct jail_answer answer;
	NEED(jail_run(a, &job, &answer, NULL) == OK);
	CHECK_EQ(answer.end, JAIL_DONE);
	CHECK_STR(answer.output, "done");
	CHECK_EQ(answer.complaint.n, 8192);
}

TEST(jail_becomes_its_program_only)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct jail_job job = job_of("become", STR_EMPTY);
	struct jail_answer answer;
	NEED(jail_run(a, &job, &answer, NULL) == OK);
	CHECK_EQ(answer.end, JAIL_DONE);
	CHECK(str_find(answer.complaint, S("pdftotext version")) != SIZE_MAX);
	job.kind = "absent";
	NEED(jail_run(a, &job, &answer, NULL) == OK);
	CHECK_EQ(answer.end, JAIL_DONE);
	CHECK_EQ(answer.exit_code, JAIL_EXIT_PROGRAM);
}

TEST(jail_of_an_unknown_kind_is_a_fault)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct jail_job job = job_of("no-such-kind", STR_EMPTY);
	struct jail_answer answer;
	struct err err = {0};
	CHECK_EQ(jail_run(a, &job, &answer, &err), FAULT);
}

static void *many(void *p)
{
	int *bad = p;
	AUTO_ARENA struct arena *a = arena_new(0);
	for (int i = 0; i < 12; i++) {
		str text = arena_printf(a, "%p %d", p, i);
		struct jail_job job = job_of("echo", text);
		struct jail_answer answer;
		if (jail_run(a, &job, &answer, NULL) != OK || answer.end != JAIL_DONE ||
		    !str_eq(answer.output, text))
			++*bad;
	}
	return NULL;
}

static size_t open_files(void)
{
	size_t n = 0;
	for (int fd = 0; fd < 256; fd++)
		n += fcntl(fd, F_GETFD) >= 0;
	return n;
}

TEST(jail_runs_from_many_threads_and_leaves_nothing_open)
{
	size_t before = open_files();
	pthread_t t[6];
	int bad[6] = {0};
	for (int i = 0; i < 6; i++)
		NEED(pthread_create(&t[i], NULL, many, &bad[i]) == 0);
	for (int i = 0; i < 6; i++) {
		pthread_join(t[i], NULL);
		CHECK_EQ(bad[i], 0);
	}
	CHECK_EQ(open_files(), before);
}
