/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * Listeners of one live text: the servers, the one who speaks, and those who listen, each a process
 * of its own, so that what a server costs can be told from the rest.
 *
 *     live_bench comity             serves; prints its port; a line every 250 ms until stdin ends
 *     live_bench bare               the same by a bare epoll loop
 *     live_bench speak PORT PATH    posts the lines to another server until stdin ends
 *     live_bench say                prints the lines until stdin ends
 *     live_bench listen PORT PATH N STALLED SECONDS
 *                                   N listeners, of whom STALLED never read; prints the
 * microseconds from the moment a line was made to its arrival: p50, p99, and how many came
 *
 * A line has 120 bytes and the time at which it was made, by the clock that all processes share.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/must.h"
#include "engine/http.h"
#include "engine/live.h"
#include "base/poison.h"

#define LINE     120
#define EVERY    250 /* ms */
#define MOST     20000
#define SAMPLES  4000000
#define IN_HOUSE 16   /* listeners */
#define NAP      2000 /* microseconds */

static void make_line(char *line)
{
	memset(line, 'x', LINE);
	int n = snprintf(line, LINE, "T%lldT", (long long)clock_monotonic());
	line[n] = ' ';
	line[LINE] = 0;
}

/* Until the other end of stdin is closed. True: so many milliseconds are over. */
static bool rest(int milliseconds)
{
	struct pollfd p = {.fd = 0, .events = POLLIN};
	return poll(&p, 1, milliseconds) == 0;
}

/* The same until the next line is due, however long the last one took. */
static bool rest_until_line(usec *due)
{
	usec now = clock_monotonic();
	*due = *due ? *due + EVERY * 1000 : now + EVERY * 1000;
	return rest(*due > now ? (int)((*due - now) / 1000) : 0);
}

static void raise_limit(void)
{
	struct rlimit l;
	must(getrlimit(RLIMIT_NOFILE, &l) == 0);
	l.rlim_cur = l.rlim_max;
	must(setrlimit(RLIMIT_NOFILE, &l) == 0);
}

/* --- ours ------------------------------------------------------------------------------------ */

static bool begin(void *ctx, struct http_request *q, struct http_response *r, size_t *limit)
{
	(void)ctx;
	(void)q;
	(void)r;
	(void)limit;
	return true;
}

static enum http_next handle(void *ctx, struct http_request *q, struct http_response *r)
{
	r->feed = live_follow(ctx, q->path);
	r->type = S("text/event-stream");
	return HTTP_DONE;
}

static int serve_comity(void)
{
	struct http_conf conf = http_conf_default();
	struct live *live = live_new(LIVE_FOLLOWERS);
	struct http_app app = {.ctx = live, .begin = begin, .handle = handle};
	struct http_server *server;
	struct err err;
	char line[LINE + 1];
	int64_t seq = 0;
	usec due = 0;

	conf.port = 0;
	conf.per_address = 0;
	must(http_start(&conf, &app, &server, &err) == OK);
	printf("%u\n", http_port(server));
	(void)fflush(stdout);
	while (rest_until_line(&due)) {
		make_line(line);
		(void)live_put(live, S("/line"), str_from(line, LINE), &seq);
	}
	http_stop(server, 1000);
	live_free(live);
	return 0;
}

/* --- the bare loop -----------------------------------------------------------------------------
 */

static int listener(void)
{
	struct sockaddr_in in = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t n = sizeof in;
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), yes = 1;

	must(setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) == 0);
	must(bind(fd, (struct sockaddr *)&in, sizeof in) == 0 && listen(fd, 4096) == 0);
	must(getsockname(fd, (struct sockaddr *)&in, &n) == 0);
	printf("%u\n", ntohs(in.sin_port));
	(void)fflush(stdout);
	return fd;
}

struct bare {
	int epoll, listener;
	int fd[MOST];
	size_t n;
};

static void bare_events(struct bare *b, int milliseconds)
{
	static const char head[] =
	    "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n:\n\n";
	struct epoll_event e[256];
	char scrap[4096];
	int n = epoll_wait(b->epoll, e, 256, milliseconds);

	for (int i = 0; i < n; i++) {
		if (e[i].data.fd == b->listener) {
			int fd = accept4(b->listener, NULL, NULL, SOCK_NONBLOCK);
			struct epoll_event in = {.events = EPOLLIN, .data.fd = fd};
			if (fd >= 0)
				must(epoll_ctl(b->epoll, EPOLL_CTL_ADD, fd, &in) == 0);
			continue;
		}
		if (recv(e[i].data.fd, scrap, sizeof scrap, 0) > 0) {
			(void)!write(e[i].data.fd, head, sizeof head - 1);
			b->fd[b->n++] = e[i].data.fd;
		} else {
			(void)epoll_ctl(b->epoll, EPOLL_CTL_DEL, e[i].data.fd, NULL);
		}
	}
}

static int serve_bare(void)
{
	static struct bare b;
	char line[LINE + 1], out[256];
	usec next = clock_monotonic();

	b.listener = listener();
	b.epoll = epoll_create1(0);
	struct epoll_event in = {.events = EPOLLIN, .data.fd = b.listener};
	must(epoll_ctl(b.epoll, EPOLL_CTL_ADD, b.listener, &in) == 0);
	while (rest(0)) {
		usec left = next - clock_monotonic();
		bare_events(&b, left > 0 ? (int)(left / 1000) + 1 : 0);
		if (clock_monotonic() < next)
			continue;
		next += EVERY * 1000;
		make_line(line);
		int n = snprintf(out, sizeof out, "data: %s\n\n", line);
		for (size_t i = 0; i < b.n; i++)
			(void)send(b.fd[i], out, (size_t)n, MSG_DONTWAIT | MSG_NOSIGNAL);
	}
	return 0;
}

/* --- those who speak and listen ------------------------------------------------------------------
 */

/* From the nth house: a server allows so many connections from one address. */
static int dial(int port, int house)
{
	struct sockaddr_in in = {.sin_family = AF_INET,
	    .sin_port = htons((uint16_t)port),
	    .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	struct sockaddr_in from = {.sin_family = AF_INET,
	    .sin_addr.s_addr = htonl(INADDR_LOOPBACK + ((uint32_t)house << 8))};
	int fd = socket(AF_INET, SOCK_STREAM, 0), late = 1;

	must(fd >= 0);
	must(setsockopt(fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &late, sizeof late) == 0);
	must(bind(fd, (struct sockaddr *)&from, sizeof from) == 0);
	if (connect(fd, (struct sockaddr *)&in, sizeof in) == 0)
		return fd;
	perror("connect");
	exit(1);
}

static int speak(int port, const char *path)
{
	char line[LINE + 1], out[512], scrap[4096];
	int fd = dial(port, 0);
	usec due = 0;

	while (rest_until_line(&due)) {
		make_line(line);
		int n = snprintf(out, sizeof out,
		    "POST %s HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\nContent-Length: "
		    "%d\r\n\r\n%s",
		    path, LINE, line);
		must(write(fd, out, (size_t)n) == n);
		if (read(fd, scrap, sizeof scrap) <= 0)
			return 1;
	}
	return 0;
}

static int say_lines(void)
{
	char line[LINE + 1];
	usec due = 0;

	while (rest_until_line(&due)) {
		make_line(line);
		(void)puts(line);
		(void)fflush(stdout);
	}
	return 0;
}

struct ears {
	int epoll;
	uint32_t *took;
	size_t took_n;
	usec since; /* what was made before does not count; nothing does while they come in */
};

/* Every time in the bytes that came. */
static void hear(struct ears *x, str s, usec now)
{
	str piece;
	int64_t made = 0;
	while (str_cut(&s, 'T', &piece))
		if (piece.n > 0 && piece.n < 20 && str_to_i64(piece, &made) && made >= x->since &&
		    x->took_n < SAMPLES)
			x->took[x->took_n++] = (uint32_t)(now - made);
}

static void open_ears(struct ears *x, int port, const char *path, int n, int stalled)
{
	char ask[256];
	int ask_n = snprintf(ask, sizeof ask,
	    "GET %s HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n", path);
	int small = 4096;

	for (int i = 0; i < n; i++) {
		int fd = dial(port, 1 + i / IN_HOUSE);
		struct epoll_event e = {.events = EPOLLIN, .data.fd = fd};
		if (i < stalled)
			(void)setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &small, sizeof small);
		must(write(fd, ask, (size_t)ask_n) == ask_n);
		must(fcntl(fd, F_SETFL, O_NONBLOCK) == 0);
		if (i >= stalled)
			must(epoll_ctl(x->epoll, EPOLL_CTL_ADD, fd, &e) == 0);
	}
}

static int by_size(const void *a, const void *b)
{
	uint32_t x, y;
	mem_copy(&x, sizeof x, a, sizeof x);
	mem_copy(&y, sizeof y, b, sizeof y);
	return x < y ? -1 : x > y;
}

/*
 * Never asleep at a socket: whoever sends a line on the same machine pays for waking the one it is
 * for, and in truth they sit at other machines.
 */
static void listen_until(struct ears *x, usec end)
{
	struct epoll_event e[512];
	char some[4096];

	while (clock_monotonic() < end) {
		int n = epoll_wait(x->epoll, e, 512, 0);
		if (n == 0)
			(void)usleep(NAP);
		for (int i = 0; i < n; i++) {
			ssize_t got = recv(e[i].data.fd, some, sizeof some, 0);
			if (got <= 0) {
				(void)epoll_ctl(x->epoll, EPOLL_CTL_DEL, e[i].data.fd, NULL);
				continue;
			}
			hear(x, str_from(some, (size_t)got), clock_monotonic());
		}
	}
}

static int listen_to(int port, const char *path, int n, int stalled, int seconds)
{
	struct ears x = {
	    .epoll = epoll_create1(0), .took = calloc(SAMPLES, sizeof *x.took), .since = INT64_MAX};

	must(x.took != NULL);
	open_ears(&x, port, path, n, stalled);
	listen_until(&x, clock_monotonic() + USEC_SECOND); /* all are in, and have the first */
	printf("open\n");
	(void)fflush(stdout);
	x.since = clock_monotonic();
	listen_until(&x, x.since + seconds * USEC_SECOND);
	qsort(x.took, x.took_n, sizeof *x.took, by_size);
	printf("p50 %u p99 %u came %zu\n", x.took_n ? x.took[x.took_n / 2] : 0,
	    x.took_n ? x.took[x.took_n * 99 / 100] : 0, x.took_n);
	free(x.took);
	return 0;
}

/* A number that was given, or the end. */
static int number(const char *z)
{
	int64_t n = 0;
	must(str_to_i64(str_of(z), &n) && n >= 0 && n <= 65535);
	return (int)n;
}

int main(int argc, char **argv)
{
	raise_limit();
	if (argc == 2 && strcmp(argv[1], "comity") == 0)
		return serve_comity();
	if (argc == 2 && strcmp(argv[1], "bare") == 0)
		return serve_bare();
	if (argc == 4 && strcmp(argv[1], "speak") == 0)
		return speak(number(argv[2]), argv[3]);
	if (argc == 2 && strcmp(argv[1], "say") == 0)
		return say_lines();
	if (argc == 7 && strcmp(argv[1], "listen") == 0)
		return listen_to(
		    number(argv[2]), argv[3], number(argv[4]), number(argv[5]), number(argv[6]));
	(void)fprintf(stderr, "live_bench comity | bare | say | speak PORT PATH | "
	                      "listen PORT PATH N STALLED SECONDS\n");
	return 2;
}
