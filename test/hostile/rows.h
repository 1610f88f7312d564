/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * rows: requests that are well-formed though odd, and requests that must be refused.
 *
 * Used twice: on the guard alone, and over a socket on the whole server. Every refusal is due
 * as soon as the last byte of its row is there, or before.
 */
#ifndef HOSTILE_ROWS_H
#define HOSTILE_ROWS_H

#include "engine/guard.h"

#define HOST   "Host: a\r\n"
#define GET    "GET / HTTP/1.1\r\n" HOST
#define POST   "POST / HTTP/1.1\r\n" HOST
#define CHUNKS POST "Transfer-Encoding: chunked\r\n\r\n"

struct hostile_row {
	str bytes;
	int status;             /* 0: well-formed */
	unsigned requests;      /* complete ones */
	enum guard_phase phase; /* at the end, of the well-formed */
};

#define GOOD(text, n, end)                                \
	{                                                 \
		{(text), sizeof(text) - 1}, 0, (n), (end) \
	}
#define BAD(text, code)                                             \
	{                                                           \
		{(text), sizeof(text) - 1}, (code), 0, GUARD_BROKEN \
	}

static const struct hostile_row hostile_rows[] = {
    GOOD("", 0, GUARD_IDLE),
    GOOD("G", 0, GUARD_HEAD),
    GOOD("\r\n", 0, GUARD_HEAD),
    GOOD(GET "\r\n", 1, GUARD_IDLE),
    GOOD("\r\n" GET "\r\n", 1, GUARD_IDLE),
    GOOD(GET "\r\n" GET "\r\n" GET, 2, GUARD_HEAD),
    GOOD("GET / HTTP/1.0\r\n\r\n", 1, GUARD_IDLE),
    GOOD("GET http://a/b?c HTTP/1.1\r\n" HOST "\r\n", 1, GUARD_IDLE),
    GOOD("OPTIONS * HTTP/1.1\r\n" HOST "\r\n", 1, GUARD_IDLE),
    GOOD(GET "x:\r\n\r\n", 1, GUARD_IDLE),
    GOOD(GET "x:\t y\t\r\n\r\n", 1, GUARD_IDLE),
    GOOD(GET "Accept: a\r\nAccept: b\r\n\r\n", 1, GUARD_IDLE),
    GOOD(GET "x: \xc3\xa9\r\n\r\n", 1, GUARD_IDLE),
    GOOD("GET / HTTP/1.1\r\nHOST:[::1]:8080 \r\n\r\n", 1, GUARD_IDLE),
    GOOD(GET "Content-Length: 0\r\n\r\n", 1, GUARD_IDLE),
    GOOD(POST "\r\n", 1, GUARD_IDLE),
    GOOD(POST "Content-Length: 3\r\n\r\nabc" GET "\r\n", 2, GUARD_IDLE),
    GOOD(POST "Content-Length: 3\r\n\r\nab", 0, GUARD_BODY),
    GOOD(POST "Content-Length: 00003\r\n\r\na\nb", 1, GUARD_IDLE),
    GOOD(POST "Expect: 100-Continue\r\nContent-Length: 1\r\n\r\n1", 1, GUARD_IDLE),
    GOOD(CHUNKS "3\r\nabc\r\n0\r\n\r\n", 1, GUARD_IDLE),
    GOOD(CHUNKS "003\r\n\r\n\r\r\nB\r\n01234567890\r\n0\r\nx: y\r\n\r\n" GET "\r\n", 2, GUARD_IDLE),
    GOOD(CHUNKS "3\r\nabc\r\n0\r\n", 0, GUARD_BODY),
    GOOD(POST "Transfer-Encoding: \tCHUNKED\r\n\r\n0\r\n\r\n", 1, GUARD_IDLE),
    /* the request line */
    BAD("\n", 400),
    BAD("\r\n\r\n", 400),
    BAD("\rG", 400),
    BAD(" GET / HTTP/1.1\r\n", 400),
    BAD("GET  / HTTP/1.1\r\n", 400),
    BAD("GET / \r\n", 400),
    BAD("GET /\r\n", 400),
    BAD("GET\r\n", 400),
    BAD("GET / HTTP/1.1\n", 400),
    BAD("GET / HTTP/1.1 \r\n", 400),
    BAD("GET / HTTP/1.1\rX", 400),
    BAD("GET / http/1.1\r\n", 400),
    BAD("GET / HTTP/11\r\n", 400),
    BAD("GET / HTTP/1.10\r\n", 400),
    BAD("GET / HTTP/1.2\r\n", 505),
    BAD("GET / HTTP/0.9\r\n", 505),
    BAD("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505),
    BAD("GET\t/ HTTP/1.1\r\n", 400),
    BAD("G(T / HTTP/1.1\r\n", 400),
    BAD("G\0T / HTTP/1.1\r\n", 400),
    BAD("GET /\0 HTTP/1.1\r\n", 400),
    BAD("GET /\x7f HTTP/1.1\r\n", 400),
    BAD("GET /\xc3\xa9 HTTP/1.1\r\n", 400),
    BAD("GET /#a HTTP/1.1\r\n", 400),
    BAD("AAAAAAAAAAAAAAAAAAAAA / HTTP/1.1\r\n", 501),
    BAD("\x16\x03\x01\x02", 400),
    /* fields */
    BAD("GET / HTTP/1.1\r\n Host: a\r\n\r\n", 400),
    BAD(GET "x: y\n\r\n", 400),
    BAD(GET "x: y\r\r\n", 400),
    BAD(GET "x: y\rz\r\n", 400),
    BAD(GET "x: y\r\n z\r\n\r\n", 400),
    BAD(GET "x: y\r\n\tz\r\n\r\n", 400),
    BAD(GET "x : y\r\n\r\n", 400),
    BAD(GET "x\t: y\r\n\r\n", 400),
    BAD(GET ": y\r\n\r\n", 400),
    BAD(GET "x y: z\r\n\r\n", 400),
    BAD(GET "x\r\n\r\n", 400),
    BAD(GET "x\0: y\r\n\r\n", 400),
    BAD(GET "x\xc3: y\r\n\r\n", 400),
    BAD(GET "x(): y\r\n\r\n", 400),
    BAD(GET "x: y\0z\r\n\r\n", 400),
    BAD(GET "x: \x7f\r\n\r\n", 400),
    BAD(GET "x: \x1b[0m\r\n\r\n", 400),
    BAD(GET "\r\r", 400),
    BAD(GET "\n", 400),
    /* the host */
    BAD("GET / HTTP/1.1\r\n\r\n", 400),
    BAD("GET / HTTP/1.1\r\nHost:\r\n\r\n", 400),
    BAD("GET / HTTP/1.1\r\nHost: a b\r\n\r\n", 400),
    BAD("GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", 400),
    BAD("GET / HTTP/1.1\r\nHost: a@b\r\n\r\n", 400),
    BAD("GET / HTTP/1.1\r\nHost: :80\r\n\r\n", 400),
    BAD("GET / HTTP/1.1\r\nHost: a,b\r\n\r\n", 400),
    BAD(GET "Host: a\r\n\r\n", 400),
    BAD(GET "host: b\r\n\r\n", 400),
    /* the framing */
    BAD(POST "Content-Length: 1\r\nContent-Length: 1\r\n\r\na", 400),
    BAD(POST "Content-Length: 1\r\ncontent-length: 2\r\n\r\na", 400),
    BAD(POST "Content-Length: 1, 1\r\n\r\na", 400),
    BAD(POST "Content-Length: +1\r\n\r\na", 400),
    BAD(POST "Content-Length: -1\r\n\r\na", 400),
    BAD(POST "Content-Length: 0x1\r\n\r\na", 400),
    BAD(POST "Content-Length: 1 1\r\n\r\na", 400),
    BAD(POST "Content-Length:\r\n\r\na", 400),
    BAD(POST "Content-Length: 18446744073709551617\r\n\r\na", 400),
    BAD(POST "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n", 400),
    BAD(POST "Transfer-Encoding: chunked\r\nContent-Length: 1\r\n\r\n", 400),
    BAD(POST "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n", 400),
    BAD(POST "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n", 400),
    BAD(POST "Transfer-Encoding: gzip, chunked\r\n\r\n", 501),
    BAD(POST "Transfer-Encoding: chunked, chunked\r\n\r\n", 501),
    BAD(POST "Transfer-Encoding: identity\r\n\r\n", 501),
    BAD(POST "Transfer-Encoding: xchunked\r\n\r\n", 501),
    BAD(POST "Transfer-Encoding: \"chunked\"\r\n\r\n", 501),
    BAD(POST "Transfer-Encoding: chunked;q=1\r\n\r\n", 501),
    BAD(POST "Transfer-Encoding:\x0b"
             "chunked\r\n\r\n",
        400),
    BAD(POST "Transfer-Encoding:\r\n\r\n", 501),
    BAD("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n", 400),
    BAD(POST "Expect: 200-ok\r\n\r\n", 417),
    BAD(GET "Content-Length: 1\r\n\r\na", 400),
    BAD(GET "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400),
    BAD("HEAD / HTTP/1.1\r\n" HOST "Content-Length: 1\r\n\r\na", 400),
    BAD(POST "Content-Type: a/b\r\nContent-Type: c/d\r\n\r\n", 400),
    BAD(GET "Cookie: a=b\r\nCookie: a=c\r\n\r\n", 400),
    BAD(GET "Origin: http://a\r\nOrigin: http://b\r\n\r\n", 400),
    /* chunks */
    BAD(CHUNKS "\r\n", 400),
    BAD(CHUNKS "g\r\n", 400),
    BAD(CHUNKS "-1\r\n", 400),
    BAD(CHUNKS "0x1\r\na\r\n", 400),
    BAD(CHUNKS " 1\r\na\r\n", 400),
    BAD(CHUNKS "1 \r\na\r\n", 400),
    BAD(CHUNKS "1;a=b\r\na\r\n", 400),
    BAD(CHUNKS "1\na\r\n", 400),
    BAD(CHUNKS "1\rXa", 400),
    BAD(CHUNKS "1\r\nab\r\n", 400),
    BAD(CHUNKS "1\r\na\n", 400),
    BAD(CHUNKS "1\r\na\rX", 400),
    BAD(CHUNKS "2\r\na\r\n0\r\n\r\n", 400),
    BAD(CHUNKS "123456789\r\n", 400),
    BAD(CHUNKS "FFFFFFFFFFFFFFFFF\r\n", 400),
    BAD(CHUNKS "0\r\nx: y\n", 400),
    BAD(CHUNKS "0\r\n x: y\r\n", 400),
    BAD(CHUNKS "0\r\nContent-Length: 5\r\n\r\n", 400),
    BAD(CHUNKS "0\r\nHost: b\r\n\r\n", 400),
    BAD(CHUNKS "0\r\n\rX", 400),
    /* the second of two, smuggled behind a good one */
    BAD(GET "\r\nGET / HTTP/1.1\r\nHost: b\n\r\n", 400),
    BAD(POST "Content-Length: 1\r\n\r\nab / HTTP/1.1\r\n\r\n", 400),
};

#define HOSTILE_ROWS (sizeof hostile_rows / sizeof *hostile_rows)

#endif
