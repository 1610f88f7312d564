/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * http_bench: what a kept page costs beside a bare libmicrohttpd handler that sends the same bytes.
 *
 * Both servers stand in one child process each, with one thread; a client in the parent asks over
 * keep-alive connections. Measured is the CPU time of the child (user and system), in rounds that
 * alternate, so that a busy machine is unjust to both. Prints one line a row; exit 1 when the ratio
 * is above the goal given as the first argument (hundredths; 0: never).
 */
#include <microhttpd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/must.h"
#include "hostile/world.h"
#include "base/poison.h"

#define PAGE        8192
#define PAGE_MAX    (1 << 20)
#define CONNECTIONS 8
#define ROUNDS      7
#define REQUESTS    6000 /* a round, over all connections */
#define REQUEST                                                                                  \
	"GET /page HTTP/1.1\r\nHost: localhost:8080\r\n"                                         \
	"User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:115.0) Gecko/20100101 Firefox/115.0\r\n" \
	"Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8\r\n"            \
	"Accept-Language: en-US,en;q=0.5\r\nConnection: keep-alive\r\n\r\n"

/* A server in a process of its own. */
struct server {
	pid_t pid;
	int ask, told; /* a byte into ask: CPU nanoseconds so far come out of told */
	uint16_t port;
	int fd[CONNECTIONS];
};

static char page[PAGE_MAX];

static enum MHD_Result bare_step(void *arg, struct MHD_Connection *c, const char *url,
    const char *method, const char *version, const char *bytes, size_t *n, void **context)
{
	(void)url;
	(void)method;
	(void)version;
	(void)bytes;
	(void)n;
	if (!*context) {
		*context = arg;
		return MHD_YES;
	}
	return MHD_queue_response(c, 200, arg);
}

static uint16_t start_bare_at(uint16_t port, size_t bytes)
{
	struct MHD_Response *r =
	    MHD_create_response_from_buffer(bytes, page, MHD_RESPMEM_PERSISTENT);

	must(MHD_add_response_header(r, "Content-Type", "text/html; charset=utf-8") == MHD_YES);
	struct MHD_Daemon *d = MHD_start_daemon(
	    MHD_USE_EPOLL_INTERNAL_THREAD, port, NULL, NULL, bare_step, r, MHD_OPTION_END);
	must(d != NULL);
	return MHD_get_daemon_info(d, MHD_DAEMON_INFO_BIND_PORT)->port;
}

static uint16_t start_bare(void)
{
	return start_bare_at(0, PAGE);
}

/* The bare handler alone, for whoever measures it from outside; until standard input ends. */
static int serve_bare(str bytes, str port)
{
	int64_t n, at;
	char scrap;

	if (!str_to_i64(bytes, &n) || n < 1 || n > PAGE_MAX || !str_to_i64(port, &at))
		return 2;
	start_bare_at((uint16_t)at, (size_t)n);
	while (read(STDIN_FILENO, &scrap, 1) == 1)
		;
	return 0;
}

static uint16_t start_ours(void)
{
	static struct world w;
	struct http_conf conf = world_conf();
	struct http_response r = {.status = 200,
	    .type = S("text/html; charset=utf-8"),
	    .body = {page, PAGE},
	    .may_compress = true};

	conf.threads = 1;
	world_start(&w, &conf);
	w.page = http_blob_new(&r);
	return w.port;
}

static int64_t cpu_now(void)
{
	struct timespec t;

	must(clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t) == 0);
	return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static noreturn void serve(uint16_t (*start)(void), int asked, int tell)
{
	uint16_t port = start();
	char byte;

	must(write(tell, &port, sizeof port) == (ssize_t)sizeof port);
	while (read(asked, &byte, 1) == 1) {
		int64_t cpu = cpu_now();
		must(write(tell, &cpu, sizeof cpu) == (ssize_t)sizeof cpu);
	}
	_exit(0);
}

static void start(struct server *s, uint16_t (*how)(void))
{
	int ask[2], told[2];

	must(pipe(ask) == 0 && pipe(told) == 0);
	s->pid = fork();
	must(s->pid >= 0);
	if (s->pid == 0) {
		(void)close(ask[1]);
		(void)close(told[0]);
		serve(how, ask[0], told[1]);
	}
	(void)close(ask[0]);
	(void)close(told[1]);
	s->ask = ask[1];
	s->told = told[0];
	must(read(s->told, &s->port, sizeof s->port) == (ssize_t)sizeof s->port);
	for (int i = 0; i < CONNECTIONS; i++) {
		s->fd[i] = client_open(s->port);
		must(s->fd[i] >= 0);
	}
}

static int64_t cpu_of(struct server *s)
{
	int64_t cpu = 0;

	must(write(s->ask, "", 1) == 1);
	must(read(s->told, &cpu, sizeof cpu) == (ssize_t)sizeof cpu);
	return cpu;
}

/* One answer; its length is known after the first. */
static void ask(int fd, size_t *length)
{
	static char scrap[65536];
	size_t got = 0;

	must(client_send(fd, S(REQUEST)));
	if (*length == 0) {
		AUTO_ARENA struct arena *a = arena_new(0);
		struct answer r = client_read(a, fd, false);
		must(r.status == 200 && r.body.n == PAGE);
		*length = r.all.n;
		return;
	}
	while (got < *length) {
		ssize_t n = recvfrom(fd, scrap, sizeof scrap, 0, NULL, NULL);
		must(n > 0);
		got += (size_t)n;
	}
}

/* Nanoseconds of CPU a request. */
static int64_t round_of(struct server *s)
{
	size_t length = 0;

	ask(s->fd[0], &length);
	int64_t before = cpu_of(s);
	for (int i = 0; i < REQUESTS; i++)
		ask(s->fd[i % CONNECTIONS], &length);
	return (cpu_of(s) - before) / REQUESTS;
}

static void stop(struct server *s)
{
	/* The other child holds a copy of our end of the pipe, so closing it says nothing. */
	(void)kill(s->pid, SIGKILL);
	(void)waitpid(s->pid, NULL, 0);
}

static int compare(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return x < y ? -1 : x > y;
}

int main(int argc, char **argv)
{
	struct server bare = {0}, ours = {0};
	int64_t b[ROUNDS], o[ROUNDS], goal = 0;

	for (size_t i = 0; i < PAGE_MAX; i++)
		page[i] = (char)('a' + i % 26);
	if (argc > 3)
		return serve_bare(str_of(argv[2]), str_of(argv[3]));
	if (argc > 1)
		must(str_to_i64(str_of(argv[1]), &goal));
	start(&bare, start_bare);
	start(&ours, start_ours);
	for (int i = -1; i < ROUNDS; i++) {
		int64_t x = round_of(&bare), y = round_of(&ours);
		if (i < 0)
			continue; /* warming up */
		b[i] = x;
		o[i] = y;
	}
	stop(&bare);
	stop(&ours);
	qsort(b, ROUNDS, sizeof *b, compare);
	qsort(o, ROUNDS, sizeof *o, compare);
	int64_t x = b[ROUNDS / 2], y = o[ROUNDS / 2];
	printf("http cached page, %d bytes, keep-alive: bare libmicrohttpd %.2f us CPU, comity "
	       "%.2f us, "
	       "ratio %.2f (medians of %d rounds)\n",
	    PAGE, (double)x / 1e3, (double)y / 1e3, (double)y / (double)x, ROUNDS);
	return goal > 0 && y * 100 > x * goal;
}
