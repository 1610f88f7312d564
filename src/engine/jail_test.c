/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* What a jailed child may not do, each forbidden act tried in each kind of jail. */
#include "engine/jail.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/shm.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "t.h"

#include "base/poison.h"

/* ---- the child: one attempt, named by the input ---- */

static long try_execve(void)
{
	char *argv[] = {NULL}, *env[] = {NULL};
	return execve("/bin/true", argv, env);
}
static long try_execveat(void)
{
	char *argv[] = {NULL}, *env[] = {NULL};
	return syscall(SYS_execveat, 0, "", argv, env, AT_EMPTY_PATH);
}
static long try_socket(void)
{
	return socket(AF_INET, SOCK_STREAM, 0);
}
static long try_socket_unix(void)
{
	return socket(AF_UNIX, SOCK_STREAM, 0);
}
static long try_socket_netlink(void)
{
	return socket(AF_NETLINK, SOCK_RAW, 0);
}
static long try_socketpair(void)
{
	int fd[2];
	return socketpair(AF_UNIX, SOCK_STREAM, 0, fd);
}
static long try_connect(void)
{
	struct sockaddr a = {.sa_family = AF_INET};
	return connect(0, &a, sizeof a);
}
static long try_ptrace(void)
{
	return ptrace(PTRACE_ATTACH, getpid() - 1, NULL, NULL);
}
static long try_traceme(void)
{
	return ptrace(PTRACE_TRACEME, 0, NULL, NULL);
}
static long try_read_passwd(void)
{
	return open("/etc/passwd", O_RDONLY);
}
static long try_read_shadow(void)
{
	return open("/etc/shadow", O_RDONLY);
}
static long try_read_memory(void)
{
	return open("/proc/self/mem", O_RDONLY);
}
static long try_read_environ(void)
{
	return open("/proc/1/environ", O_RDONLY);
}
static long try_list_root(void)
{
	return open("/", O_RDONLY | O_DIRECTORY);
}
static long try_read_library(void)
{
	return open("/lib/x86_64-linux-gnu/libc.so.6", O_RDONLY);
}
static long try_write_file(void)
{
	return open("/dev/shm/comity-jail", O_WRONLY | O_CREAT, 0600);
}
static long try_write_existing(void)
{
	return open("/dev/null", O_RDWR);
}
static long try_append(void)
{
	return open("/usr/lib/os-release", O_WRONLY | O_APPEND);
}
static long try_tmpfile(void)
{
	return open("/tmp", O_TMPFILE | O_RDWR, 0600);
}
static long try_truncate_open(void)
{
	return open("/usr/lib/os-release", O_RDONLY | O_TRUNC);
}
static long try_openat2(void)
{
	uint64_t how[3] = {O_RDONLY, 0, 0};
	return syscall(SYS_openat2, AT_FDCWD, "/etc/passwd", how, sizeof how);
}
static long try_mkdir(void)
{
	return mkdir("/tmp/comity-jail", 0700);
}
static long try_unlink(void)
{
	return unlink("/tmp/comity-jail-none");
}
static long try_rename(void)
{
	return rename("/tmp/comity-jail-a", "/tmp/comity-jail-b");
}
static long try_link(void)
{
	return link("/etc/passwd", "/tmp/comity-jail");
}
static long try_symlink(void)
{
	return symlink("/etc/passwd", "/tmp/comity-jail");
}
static long try_chmod(void)
{
	return chmod("/tmp", 0777);
}
static long try_chown(void)
{
	return chown("/tmp", 0, 0);
}
static long try_truncate(void)
{
	return truncate("/tmp/comity-jail-none", 0);
}
static long try_chdir(void)
{
	return chdir("/");
}
static long try_chroot(void)
{
	return chroot("/");
}
static long try_mount(void)
{
	return mount("none", "/tmp", "tmpfs", 0, NULL);
}
static long try_setxattr(void)
{
	return setxattr("/tmp", "user.a", "b", 1, 0);
}
static long try_kill_parent(void)
{
	return kill(getppid(), SIGTERM);
}
static long try_kill_all(void)
{
	return kill(-1, SIGKILL);
}
static long try_kill_server(void)
{
	return syscall(SYS_tkill, 1, SIGTERM);
}
static long try_pidfd(void)
{
	return syscall(SYS_pidfd_open, 1, 0);
}
static long try_fork(void)
{
	return fork();
}
static long try_vfork(void)
{
	return syscall(SYS_vfork);
}
static long try_clone(void)
{
	return syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0);
}
static long try_clone3(void)
{
	uint64_t args[11] = {0};
	return syscall(SYS_clone3, args, sizeof args);
}
static void *thread(void *p)
{
	return p;
}
static long try_thread(void)
{
	pthread_t t;
	return pthread_create(&t, NULL, thread, NULL) == 0 ? 0 : -1;
}
static long try_unshare(void)
{
	return unshare(CLONE_NEWUSER);
}
static long try_setns(void)
{
	return setns(0, 0);
}
static long try_setuid(void)
{
	return setuid(0);
}
static long try_setgroups(void)
{
	return syscall(SYS_setgroups, 0, NULL);
}
static long try_capset(void)
{
	return syscall(SYS_capset, NULL, NULL);
}
static long try_prctl(void)
{
	return prctl(PR_SET_DUMPABLE, 1, 0, 0, 0);
}
static long try_seccomp(void)
{
	return syscall(SYS_seccomp, 0, 0, NULL);
}
static long try_rlimit(void)
{
	struct rlimit l = {4096, 4096};
	return setrlimit(RLIMIT_NOFILE, &l);
}
static long try_executable_map(void)
{
	void *p = mmap(
	    NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	return p == MAP_FAILED ? -1 : 0;
}
static long try_executable_turn(void)
{
	void *p = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	return mprotect(p, 4096, PROT_READ | PROT_EXEC);
}
static long try_memfd(void)
{
	return memfd_create("x", 0);
}
static long try_pipe(void)
{
	int fd[2];
	return pipe(fd);
}
static long try_dup(void)
{
	return dup(0);
}
static long try_fcntl(void)
{
	return fcntl(0, F_DUPFD, 10);
}
static long try_change_input(void)
{
	return pwrite(0, "x", 1, 0);
}
static long try_write_input(void)
{
	return write(0, "x", 1);
}
static long try_grow_input(void)
{
	return ftruncate(0, 1 << 20);
}
static long try_inherited(void)
{
	char c;
	return read(7, &c, 1);
}
static long try_process_vm(void)
{
	return process_vm_readv(1, NULL, 0, NULL, 0, 0);
}
static long try_shm(void)
{
	return shmget(IPC_PRIVATE, 4096, IPC_CREAT | 0600);
}
static long try_keys(void)
{
	return syscall(SYS_keyctl, 0, 0, 0, 0, 0);
}
static long try_bpf(void)
{
	return syscall(SYS_bpf, 0, NULL, 0);
}
static long try_perf(void)
{
	return syscall(SYS_perf_event_open, NULL, 0, -1, -1, 0);
}
static long try_uring(void)
{
	return syscall(SYS_io_uring_setup, 1, NULL);
}
static long try_userfault(void)
{
	return syscall(SYS_userfaultfd, 0);
}
static long try_module(void)
{
	return syscall(SYS_init_module, NULL, 0, "");
}
static long try_reboot(void)
{
	return syscall(SYS_reboot, 0, 0, 0, NULL);
}
static long try_sleep(void)
{
	return usleep(1);
}
static long try_poll(void)
{
	return poll(NULL, 0, 0);
}
static long try_ioctl(void)
{
	char c = 'x';
	return syscall(SYS_ioctl, 2, 0x5412 /* TIOCSTI */, &c);
}
static long try_old_call(void)
{
	/* getpid, asked for in the 32-bit way: another architecture's numbers are not ours. */
	long r = -1;
#ifdef __x86_64__
	__asm__ volatile("int $0x80" : "=a"(r) : "a"(20) : "memory");
#else
	kill(getpid(), SIGSYS);
#endif
	return r;
}
static long try_environment(void)
{
	return getenv("PATH") || getenv("HOME") ? 0 : -1;
}
static long try_memory(void)
{
	void *p = mmap(
	    NULL, (size_t)600 << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	return p == MAP_FAILED ? -1 : 0;
}
static long try_nothing(void)
{
	return 0;
}

/* The end that is expected of an attempt. */
enum fate { DIES, FAILS, WORKS };

struct attempt {
	const char *name;
	long (*act)(void);
	enum fate pure;
	enum fate program;
};

#define ATTEMPT(name, pure, program)             \
	{                                        \
#name, try_##name, pure, program \
	}
static const struct attempt attempts[] = {
    ATTEMPT(execve, DIES, DIES),
    ATTEMPT(execveat, DIES, DIES),
    ATTEMPT(socket, DIES, DIES),
    ATTEMPT(socket_unix, DIES, DIES),
    ATTEMPT(socket_netlink, DIES, DIES),
    ATTEMPT(socketpair, DIES, DIES),
    ATTEMPT(connect, DIES, DIES),
    ATTEMPT(ptrace, DIES, DIES),
    ATTEMPT(traceme, DIES, DIES),
    ATTEMPT(read_passwd, DIES, FAILS),
    ATTEMPT(read_shadow, DIES, FAILS),
    ATTEMPT(read_memory, DIES, FAILS),
    ATTEMPT(read_environ, DIES, FAILS),
    ATTEMPT(list_root, DIES, FAILS),
    ATTEMPT(read_library, DIES, WORKS),
    ATTEMPT(write_file, DIES, DIES),
    ATTEMPT(write_existing, DIES, DIES),
    ATTEMPT(append, DIES, DIES),
    ATTEMPT(tmpfile, DIES, DIES),
    ATTEMPT(truncate_open, DIES, DIES),
    ATTEMPT(openat2, DIES, DIES),
    ATTEMPT(mkdir, DIES, DIES),
    ATTEMPT(unlink, DIES, DIES),
    ATTEMPT(rename, DIES, DIES),
    ATTEMPT(link, DIES, DIES),
    ATTEMPT(symlink, DIES, DIES),
    ATTEMPT(chmod, DIES, DIES),
    ATTEMPT(chown, DIES, DIES),
    ATTEMPT(truncate, DIES, DIES),
    ATTEMPT(chdir, DIES, DIES),
    ATTEMPT(chroot, DIES, DIES),
    ATTEMPT(mount, DIES, DIES),
    ATTEMPT(setxattr, DIES, DIES),
    ATTEMPT(kill_parent, DIES, DIES),
    ATTEMPT(kill_all, DIES, DIES),
    ATTEMPT(kill_server, DIES, DIES),
    ATTEMPT(pidfd, DIES, DIES),
    ATTEMPT(fork, DIES, DIES),
    ATTEMPT(vfork, DIES, DIES),
    ATTEMPT(clone, DIES, DIES),
    ATTEMPT(clone3, DIES, DIES),
    ATTEMPT(thread, DIES, DIES),
    ATTEMPT(unshare, DIES, DIES),
    ATTEMPT(setns, DIES, DIES),
    ATTEMPT(setuid, DIES, DIES),
    ATTEMPT(setgroups, DIES, DIES),
    ATTEMPT(capset, DIES, DIES),
    ATTEMPT(prctl, DIES, DIES),
    ATTEMPT(seccomp, DIES, DIES),
    ATTEMPT(rlimit, DIES, DIES),
    ATTEMPT(executable_map, DIES, WORKS), /* the loader of a program must */
    ATTEMPT(executable_turn, DIES, WORKS),
    ATTEMPT(memfd, DIES, DIES),
    ATTEMPT(pipe, DIES, DIES),
    ATTEMPT(dup, DIES, DIES),
    ATTEMPT(fcntl, DIES, DIES),
    ATTEMPT(change_input, DIES, DIES),
    ATTEMPT(write_input, DIES, DIES),
    ATTEMPT(grow_input, DIES, DIES),
    ATTEMPT(inherited, FAILS, FAILS),
    ATTEMPT(process_vm, DIES, DIES),
    ATTEMPT(shm, DIES, DIES),
    ATTEMPT(keys, DIES, DIES),
    ATTEMPT(bpf, DIES, DIES),
    ATTEMPT(perf, DIES, DIES),
    ATTEMPT(uring, DIES, DIES),
    ATTEMPT(userfault, DIES, DIES),
    ATTEMPT(module, DIES, DIES),
    ATTEMPT(reboot, DIES, DIES),
    ATTEMPT(sleep, DIES, DIES),
    ATTEMPT(poll, DIES, DIES),
    ATTEMPT(ioctl, DIES, FAILS),
    ATTEMPT(old_call, DIES, DIES),
    ATTEMPT(environment, FAILS, FAILS),
    ATTEMPT(memory, FAILS, FAILS),
    ATTEMPT(nothing, WORKS, WORKS),
};
#define ATTEMPTS (sizeof attempts / sizeof *attempts)

static void attempt_one(struct arena *a, str input, struct buf *out)
{
	(void)a;
	for (size_t i = 0; i < ATTEMPTS; i++)
		if (str_is(input, attempts[i].name))
			buf_put(out, attempts[i].act() < 0 ? S("failed") : S("worked"));
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
	for (size_t i = 0; i < ATTEMPTS; i++) {
		/* The limit on address space cannot hold in a sanitized child. */
		if (sanitized() && str_is(str_of(attempts[i].name), "memory"))
			continue;
		struct jail_job job = job_of(kind, str_of(attempts[i].name));
		struct jail_answer answer;
		struct err err = {0};
		if (jail_run(a, &job, &answer, &err) != OK) {
			t_fail(__FILE__, __LINE__, "%s: %s", attempts[i].name, err.msg);
			return;
		}
		enum fate fate = pure ? attempts[i].pure : attempts[i].program;
		if (str_is(str_of(what_happened(&answer)), words[fate]))
			continue;
		t_fail(__FILE__, __LINE__, "%s in %s: %s, not %s (end %d, exit %d, signal %d)",
		    attempts[i].name, kind, what_happened(&answer), words[fate], answer.end,
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
