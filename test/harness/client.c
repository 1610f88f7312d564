/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "client.h"

#include "base/buf.h"
#include "base/must.h"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/poison.h"

int client_open(uint16_t port)
{
	struct sockaddr_in sa = {.sin_family = AF_INET,
	    .sin_port = htons(port),
	    .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	int yes = 1;

	must(fd >= 0);
	(void)setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
	if (connect(fd, (struct sockaddr *)&sa, sizeof sa) == 0)
		return fd;
	(void)close(fd);
	return -1;
}

bool client_send(int fd, str bytes)
{
	while (bytes.n > 0) {
		ssize_t n = send(fd, bytes.p, bytes.n, MSG_NOSIGNAL);
		if (n <= 0)
			return false;
		bytes = str_skip(bytes, (size_t)n);
	}
	return true;
}

/* The status, and the body after the head. */
static void read_status(struct answer *r)
{
	int64_t status = 0;
	size_t head = str_find(r->all, S("\r\n\r\n"));

	if (!str_starts(r->all, S("HTTP/1.1 ")) || r->all.n < 12)
		return;
	if (str_to_i64(str_head(str_skip(r->all, 9), 3), &status))
		r->status = (int)status;
	r->body = head == SIZE_MAX ? STR_EMPTY : str_skip(r->all, head + 4);
}

str answer_header(const struct answer *r, str name)
{
	str rest = str_head(r->all, str_find(r->all, S("\r\n\r\n")));

	while (rest.n > 0) {
		size_t end = str_find(rest, S("\r\n"));
		str line = str_head(rest, end);
		size_t colon = str_find_char(line, ':');
		rest = end == SIZE_MAX ? STR_EMPTY : str_skip(rest, end + 2);
		if (colon != SIZE_MAX && str_eq_nocase(str_head(line, colon), name))
			return str_trim(str_skip(line, colon + 1));
	}
	return (str){NULL, 0};
}

static bool is_whole(struct answer *r, bool head_only)
{
	int64_t length = 0;

	if (str_find(r->all, S("\r\n\r\n")) == SIZE_MAX)
		return false;
	read_status(r);
	if (head_only || r->status == 304)
		return true;
	return str_to_i64(answer_header(r, S("content-length")), &length) &&
	       r->body.n >= (size_t)length;
}

static struct answer read_until(struct arena *a, int fd, int milliseconds, bool one, bool head_only)
{
	struct answer r = {0};
	struct buf b = buf_in(a, 0);
	char piece[65536];
	usec start = clock_monotonic(), end = start + (usec)milliseconds * 1000, now;

	while ((now = clock_monotonic()) < end) {
		struct pollfd p = {.fd = fd, .events = POLLIN};
		if (poll(&p, 1, (int)((end - now) / 1000) + 1) <= 0)
			continue;
		ssize_t n = recvfrom(fd, piece, sizeof piece, 0, NULL, NULL);
		if (n <= 0) {
			r.closed = true;
			break;
		}
		buf_put(&b, (str){piece, (size_t)n});
		r.all = buf_str(&b);
		if (one && is_whole(&r, head_only))
			break;
	}
	r.all = buf_str(&b);
	read_status(&r);
	r.took = clock_monotonic() - start;
	return r;
}

struct answer client_read(struct arena *a, int fd, bool head_only)
{
	return read_until(a, fd, 60000, true, head_only);
}

struct answer client_drain(struct arena *a, int fd, int milliseconds)
{
	return read_until(a, fd, milliseconds, false, false);
}

struct answer client_ask(struct arena *a, uint16_t port, str bytes)
{
	int fd = client_open(port);

	must(fd >= 0);
	(void)client_send(fd, bytes);
	struct answer r = client_drain(a, fd, 30000);
	(void)close(fd);
	return r;
}
