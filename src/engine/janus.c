/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "engine/janus.h"

#include "base/buf.h"
#include "base/must.h"
#include "base/say.h"
#include "base/when.h"
#include "engine/http_peer.h"
#include "engine/janus_cage.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/close_range.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/poison.h"

/*
 * The thread of its socket ends at once if it is quicker than the one that made it (Janus 1.1, the
 * flag "initialized" of the transport): then Janus ends, or goes on without a socket.
 */
#define TRIES      12
#define START_TIME (3 * USEC_SECOND)  /* of one try */
#define ALL_TIME   (10 * USEC_SECOND) /* of all */
#define END_TIME   (3 * USEC_SECOND)
#define STEP_MS    20

/* What lies in its folder. */
#define LOG    "janus.log"
#define SOCKET "socket"

static const char *const files[] = {
    "janus.jcfg", "janus.transport.pfunix.jcfg", "janus.plugin.audiobridge.jcfg", LOG, SOCKET};

struct janus {
	struct arena *arena;
	str folder;
	pid_t pid; /* 0: not started */
	int socket;
	bool keep; /* the folder, for who wants to know what went wrong */
};

/* --- configuration --- */

static bool read_ports(str s, int64_t *first, int64_t *last)
{
	str rest = s, piece;
	return str_cut(&rest, '-', &piece) && str_to_i64(piece, first) && rest.p &&
	       str_to_i64(rest, last);
}

enum rc janus_conf_check(const struct janus_conf *conf, struct err *err)
{
	int64_t first, last;
	if (!read_ports(conf->ports, &first, &last) || first < 1024 || last > 65535 || last < first)
		return ERR(err, INVALID, "--audio-ports",
		    "{0} is not a range of ports such as 20000-21999.", conf->ports);
	if (conf->address.n &&
	    http_peer_eq(http_peer_parse(conf->address), http_peer_parse(STR_EMPTY)))
		return ERR(err, INVALID, "--audio-address",
		    "{0} is not an address such as 192.0.2.1.", conf->address);
	return OK;
}

/* Plug-ins that are named are not loaded; the folders are those that it was built with. */
#define NO_PLUGINS                                                                           \
	"libjanus_duktape.so,libjanus_echotest.so,libjanus_lua.so,libjanus_nosip.so,"        \
	"libjanus_recordplay.so,libjanus_sip.so,libjanus_streaming.so,libjanus_textroom.so," \
	"libjanus_videocall.so,libjanus_videoroom.so,libjanus_voicemail.so"
#define NO_TRANSPORTS                                                                 \
	"libjanus_http.so,libjanus_mqtt.so,libjanus_nanomsg.so,libjanus_rabbitmq.so," \
	"libjanus_websockets.so"

static str path_of(struct janus *j, const char *name)
{
	return arena_printf(j->arena, "%.*s/%s", STR(j->folder), name);
}

static enum rc write_file(struct janus *j, const char *name, str text, struct err *err)
{
	str path = path_of(j, name);
	int fd = open(arena_z(j->arena, path), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	bool good = fd >= 0 && write(fd, text.p, text.n) == (ssize_t)text.n;
	if (fd >= 0)
		good = close(fd) == 0 && good;
	return good ? OK : ERR(err, FAULT, NULL, "{0} cannot be written.", path);
}

static str main_file(struct janus *j, const struct janus_conf *conf)
{
	struct buf b = buf_in(j->arena, 0);
	buf_printf(&b,
	    "general: {\n\tconfigs_folder = \"%.*s\"\n\tdebug_level = 2\n\tdebug_colors = false\n"
	    "\tsession_timeout = 60\n\treclaim_session_timeout = 0\n}\n",
	    STR(j->folder));
	buf_printf(&b, "media: {\n\trtp_port_range = \"%.*s\"\n}\n", STR(conf->ports));
	buf_put(&b, S("nat: {\n\tignore_mdns = true\n"));
	/* Its own address as well: many routers do not let those inside back in from outside. */
	if (conf->address.n)
		buf_printf(&b, "\tnat_1_1_mapping = \"%.*s\"\n\tkeep_private_host = true\n",
		    STR(conf->address));
	buf_put(&b, S("}\nplugins: {\n\tdisable = \"" NO_PLUGINS "\"\n}\n"
	              "transports: {\n\tdisable = \"" NO_TRANSPORTS "\"\n}\n"
	              "loggers: {\n\tdisable = \"libjanus_jsonlog.so\"\n}\n"
	              "events: {\n\tbroadcast = false\n}\n"));
	return buf_str(&b);
}

static enum rc write_files(struct janus *j, const struct janus_conf *conf, struct err *err)
{
	str socket = arena_printf(j->arena,
	    "general: {\n\tenabled = true\n\tjson = \"compact\"\n\tpath = \"%.*s/" SOCKET "\"\n"
	    "\ttype = \"SOCK_SEQPACKET\"\n}\nadmin: {\n\tadmin_enabled = false\n}\n",
	    STR(j->folder));
	TRY(write_file(j, files[0], main_file(j, conf), err));
	TRY(write_file(j, files[1], socket, err));
	return write_file(j, files[2], S("general: {\n\tstring_ids = true\n}\n"), err);
}

/* Not below the data: it is neither kept nor backed up, and the path of a socket must be short. */
static enum rc make_folder(struct janus *j, struct err *err)
{
	const char *where = getenv("RUNTIME_DIRECTORY");
	if (!where || !*where)
		where = getenv("TMPDIR");
	if (!where || !*where)
		where = "/tmp";
	char *path = arena_z(j->arena, arena_printf(j->arena, "%s/comity-audio-XXXXXX", where));
	struct sockaddr_un room;
	if (!mkdtemp(path))
		return ERR(
		    err, FAULT, NULL, "No folder for Janus can be made in {0}.", str_of(where));
	j->folder = str_of(path);
	if (j->folder.n + sizeof "/" SOCKET > sizeof room.sun_path)
		return ERR(
		    err, FAULT, NULL, "The path of {0} is too long for a socket.", j->folder);
	return OK;
}

/* --- the process --- */

/* In the child, which shares nothing with us any more but has one thread: only system calls. */
static _Noreturn void become(char *const *argv, int log, int cage, pid_t parent)
{
	char *const envp[] = {NULL};
	sigset_t none;
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	(void)signal(SIGPIPE, SIG_DFL);
	/* Out of the reach of Ctrl-C: it is ended when those who use it are done. */
	(void)setsid();
	(void)prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
	int empty = open("/dev/null", O_RDONLY);
	if (getppid() != parent || empty < 0 || dup2(empty, 0) < 0 || dup2(log, 1) < 0 ||
	    dup2(log, 2) < 0 || !janus_cage_enter(cage))
		_exit(127);
	(void)syscall(SYS_close_range, 3u, ~0u, CLOSE_RANGE_CLOEXEC);
	execve(argv[0], argv, envp);
	_exit(127);
}

static enum rc spawn(struct janus *j, const struct janus_conf *conf, struct err *err)
{
	struct arena *a = j->arena;
	str log = path_of(j, LOG);
	char *argv[] = {
	    arena_z(a, conf->program), arena_z(a, S("-F")), arena_z(a, j->folder), NULL};
	int fd = open(arena_z(a, log), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (fd < 0)
		return ERR(err, FAULT, NULL, "{0} cannot be written.", log);
	int cage = janus_cage_new(a, conf->program, j->folder);
	pid_t parent = getpid(), pid = fork();
	if (pid == 0)
		become(argv, fd, cage, parent);
	close(fd);
	if (cage >= 0)
		close(cage);
	if (pid < 0)
		return ERR(err, FAULT, NULL, "There is no room for another process.");
	j->pid = pid;
	return OK;
}

static bool has_ended(struct janus *j)
{
	int status;
	if (j->pid && waitpid(j->pid, &status, WNOHANG) == j->pid)
		j->pid = 0;
	return !j->pid;
}

static bool try_connect(struct janus *j)
{
	struct sockaddr_un to = {.sun_family = AF_UNIX};
	str path = path_of(j, SOCKET);
	mem_copy(to.sun_path, sizeof to.sun_path - 1, path.p, path.n);
	int fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd >= 0 && connect(fd, (struct sockaddr *)&to, sizeof to) == 0) {
		j->socket = fd;
		return true;
	}
	if (fd >= 0)
		close(fd);
	return false;
}

static bool await_socket(struct janus *j)
{
	usec until = clock_monotonic() + START_TIME;
	while (!try_connect(j)) {
		if (has_ended(j) || clock_monotonic() > until)
			return false;
		(void)poll(NULL, 0, STEP_MS);
	}
	return true;
}

static void end_process(struct janus *j, int signal_first)
{
	usec until = clock_monotonic() + END_TIME;
	if (has_ended(j))
		return;
	kill(j->pid, signal_first);
	while (!has_ended(j)) {
		if (clock_monotonic() > until)
			kill(j->pid, SIGKILL);
		(void)poll(NULL, 0, STEP_MS);
	}
}

static enum rc try_often(struct janus *j, const struct janus_conf *conf, struct err *err)
{
	usec until = clock_monotonic() + ALL_TIME;
	for (int i = 0; i < TRIES && clock_monotonic() < until; i++) {
		TRY(spawn(j, conf, err));
		if (await_socket(j))
			return OK;
		end_process(j, SIGKILL);
		(void)unlink(arena_z(j->arena, path_of(j, SOCKET)));
	}
	j->keep = true;
	return ERR(err, FAULT, NULL, "{0} did not start; what it says is in {1}.", conf->program,
	    path_of(j, LOG));
}

enum rc janus_start(const struct janus_conf *conf, struct janus **out, struct err *err)
{
	struct arena *a = arena_new(0);
	struct janus *j = arena_new_of(a, struct janus);
	j->arena = a;
	j->socket = -1;
	enum rc rc = make_folder(j, err);
	if (rc == OK)
		rc = write_files(j, conf, err);
	if (rc == OK)
		rc = try_often(j, conf, err);
	if (rc == OK) {
		*out = j;
		return OK;
	}
	/* The words of the error lie in the arena that ends now. */
	if (j->keep)
		say_err("janus", err);
	janus_stop(j);
	return ERR(
	    err, FAULT, NULL, "Janus, which carries the sound of meetings, cannot be started.");
}

int janus_socket(const struct janus *j)
{
	return j->socket;
}

void janus_stop(struct janus *j)
{
	if (!j)
		return;
	if (j->socket >= 0)
		close(j->socket);
	end_process(j, SIGTERM);
	for (size_t i = 0; j->folder.n && !j->keep && i < sizeof files / sizeof files[0]; i++)
		(void)unlink(arena_z(j->arena, path_of(j, files[i])));
	if (j->folder.n && !j->keep)
		(void)rmdir(arena_z(j->arena, j->folder));
	arena_free(j->arena);
}
