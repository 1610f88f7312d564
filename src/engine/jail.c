/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "engine/jail.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/must.h"
#include "base/say.h"
#include "engine/jail_close.h"

#include "base/poison.h"

#define COMPLAINT_MAX ((size_t)8 << 10)
#define READ_STEP     ((size_t)64 << 10)

/* The parent's ends of one child. -1: closed. */
struct child {
	pid_t pid;
	int pidfd;
	int out;
	int complaints;
};

static void fd_drop(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}
#define AUTO_DROP __attribute__((cleanup(fd_drop)))

/* A child that is still there when its owner leaves is ended and waited for. */
static void child_end(struct child *c)
{
	if (c->pid > 0) {
		kill(c->pid, SIGKILL);
		while (waitpid(c->pid, NULL, 0) < 0 && errno == EINTR) {
		}
	}
	fd_drop(&c->pidfd);
	fd_drop(&c->out);
	fd_drop(&c->complaints);
}
#define AUTO_CHILD __attribute__((cleanup(child_end)))

static enum rc no_child(struct err *err, struct arena *a, const char *what)
{
	return ERR(err, FAULT, NULL, "The jailed child could not be started: {0} ({1}).",
	    str_of(what), arena_printf(a, "errno %d", errno));
}

/* A memory file with the input that nobody, the child included, can change. -1 on failure. */
static int sealed_input(str input)
{
	int fd = memfd_create(
	    "jail-input", MFD_CLOEXEC | MFD_ALLOW_SEALING | 0x0008U /* MFD_NOEXEC_SEAL */);
	if (fd < 0 && errno == EINVAL) /* kernels before 6.3 */
		fd = memfd_create("jail-input", MFD_CLOEXEC | MFD_ALLOW_SEALING);
	if (fd < 0)
		return -1;
	for (size_t at = 0; at < input.n;) {
		ssize_t n = pwrite(fd, input.p + at, input.n - at, (off_t)at);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0) {
			close(fd);
			return -1;
		}
		at += (size_t)n;
	}
	if (fcntl(fd, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL) != 0) {
		close(fd);
		return -1;
	}
	return fd;
}

/* Signals at their defaults, none blocked; a session of its own, away from any terminal. */
static int set_attributes(posix_spawnattr_t *attr)
{
	sigset_t none, all;
	sigemptyset(&none);
	sigfillset(&all);
	sigdelset(&all, SIGKILL);
	sigdelset(&all, SIGSTOP);
	int bad = posix_spawnattr_setsigmask(attr, &none);
	bad |= posix_spawnattr_setsigdefault(attr, &all);
	bad |= posix_spawnattr_setflags(
	    attr, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSID);
	return bad;
}

static int set_files(posix_spawn_file_actions_t *files, int in, int out, int complaints)
{
	int bad = posix_spawn_file_actions_adddup2(files, in, STDIN_FILENO);
	bad |= posix_spawn_file_actions_adddup2(files, out, STDOUT_FILENO);
	bad |= posix_spawn_file_actions_adddup2(files, complaints, STDERR_FILENO);
	bad |= posix_spawn_file_actions_addclosefrom_np(files, STDERR_FILENO + 1);
	return bad;
}

/* Sets errno on failure. posix_spawn, since a fork of a threaded server inherits its locks. */
static bool spawn(const char *kind, int in, int out, int complaints, pid_t *pid)
{
	posix_spawnattr_t attr;
	posix_spawn_file_actions_t files;
	if ((errno = posix_spawnattr_init(&attr)) != 0)
		return false;
	if ((errno = posix_spawn_file_actions_init(&files)) != 0) {
		posix_spawnattr_destroy(&attr);
		return false;
	}
	char name[] = "comity";
	char verb[] = "jail-child";
	char kind_z[32];
	size_t kind_n = strlen(kind) + 1;
	mem_copy(kind_z, sizeof kind_z, kind, kind_n);
	char *argv[] = {name, verb, kind_z, NULL};
	char zone[] = "TZ=UTC0"; /* all of its environment: see jail_child */
	char *env[] = {zone, NULL};
	int bad = set_attributes(&attr) | set_files(&files, in, out, complaints);
	if (!bad)
		bad = posix_spawn(pid, "/proc/self/exe", &files, &attr, argv, env);
	posix_spawn_file_actions_destroy(&files);
	posix_spawnattr_destroy(&attr);
	errno = bad;
	return bad == 0;
}

static enum rc start(struct arena *a, const struct jail_job *job, struct child *c, struct err *err)
{
	AUTO_DROP int in = sealed_input(job->input);
	if (in < 0)
		return no_child(err, a, "no memory for its input");
	int out[2], complaints[2];
	if (pipe2(out, O_CLOEXEC) != 0)
		return no_child(err, a, "no pipe");
	c->out = out[0];
	AUTO_DROP int out_theirs = out[1];
	if (pipe2(complaints, O_CLOEXEC) != 0)
		return no_child(err, a, "no pipe");
	c->complaints = complaints[0];
	AUTO_DROP int complaints_theirs = complaints[1];
	/* spawn() moves these onto 0, 1 and 2: a server that runs without its own would be
	 * overwritten. */
	must(in > STDERR_FILENO && out_theirs > STDERR_FILENO && complaints_theirs > STDERR_FILENO);
	if (!spawn(job->kind, in, out_theirs, complaints_theirs, &c->pid)) {
		c->pid = 0;
		return no_child(err, a, "spawn failed");
	}
	c->pidfd = (int)syscall(SYS_pidfd_open, c->pid, 0);
	if (c->pidfd < 0)
		return no_child(err, a, "no handle for it");
	return OK;
}

/* Takes what is there into b; at its end closes *fd. False when b has taken its limit. */
static bool take(int *fd, struct buf *b, char *step)
{
	ssize_t n = read(*fd, step, READ_STEP);
	if (n < 0 && errno == EINTR)
		return true;
	if (n <= 0) {
		fd_drop(fd);
		return true;
	}
	buf_put(b, str_from(step, (size_t)n));
	return buf_ok(b);
}

/* The rest of a complaint is read, so that the child does not block on it, and dropped. */
static void take_complaint(int *fd, struct buf *b, char *step)
{
	ssize_t n = read(*fd, step, READ_STEP);
	if (n < 0 && errno == EINTR)
		return;
	if (n <= 0) {
		fd_drop(fd);
		return;
	}
	size_t room = COMPLAINT_MAX - b->n;
	buf_put(b, str_head(str_from(step, (size_t)n), room));
}

/* Until both pipes are at their end and the child is gone, or it has had its time or its space. */
static enum jail_end listen_to(
    struct child *c, usec until, struct buf *out, struct buf *complaint, char *step)
{
	bool gone = false;
	while (!gone || c->out >= 0 || c->complaints >= 0) {
		usec left = until - clock_monotonic();
		if (left <= 0)
			return JAIL_LATE;
		struct pollfd p[3] = {{.fd = c->out, .events = POLLIN},
		    {.fd = c->complaints, .events = POLLIN},
		    {.fd = gone ? -1 : c->pidfd, .events = POLLIN}};
		if (poll(p, 3, (int)(left / 1000) + 1) < 0 && errno != EINTR)
			return JAIL_LATE;
		if (p[0].revents && !take(&c->out, out, step))
			return JAIL_TOO_MUCH;
		if (p[1].revents)
			take_complaint(&c->complaints, complaint, step);
		if (p[2].revents)
			gone = true;
	}
	return JAIL_DONE;
}

enum rc jail_run(
    struct arena *a, const struct jail_job *job, struct jail_answer *answer, struct err *err)
{
	usec until = clock_monotonic() + job->deadline;
	*answer = (struct jail_answer){0};
	AUTO_CHILD struct child c = {.pid = 0, .pidfd = -1, .out = -1, .complaints = -1};
	TRY(start(a, job, &c, err));
	struct buf out = buf_in(a, job->output_max);
	struct buf complaint = buf_in(a, COMPLAINT_MAX);
	answer->end = listen_to(&c, until, &out, &complaint, arena_push(a, READ_STEP));
	answer->output = buf_str(&out);
	answer->complaint = buf_str(&complaint);
	if (answer->end != JAIL_DONE)
		return OK;

	int status = 0;
	while (waitpid(c.pid, &status, 0) < 0)
		if (errno != EINTR)
			return no_child(err, a, "it was not ours to wait for");
	c.pid = 0;
	if (WIFSIGNALED(status)) {
		answer->end = JAIL_KILLED;
		answer->signal = WTERMSIG(status);
		return OK;
	}
	answer->exit_code = WEXITSTATUS(status);
	if (answer->exit_code == JAIL_EXIT_OPEN)
		return ERR(err, FAULT, NULL, "The jail could not be closed on this system.");
	if (answer->exit_code == JAIL_EXIT_UNKNOWN)
		return ERR(err, FAULT, NULL, "This program knows no jail of the kind {0}.",
		    str_of(job->kind));
	return OK;
}

void jail_say_state(void)
{
	int abi = jail_landlock_abi();
	if (abi == 0)
		say(SAY_NOTICE, "jail", "landlock=none seccomp=yes limits=yes");
	else
		say(SAY_DEBUG, "jail", "landlock=%d seccomp=yes limits=yes", abi);
}
