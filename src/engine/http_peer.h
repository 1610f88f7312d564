/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * http_peer: the address of who is at the other end.
 *
 * Threads: any. No errors: what is no address is the zero one.
 */
#ifndef ENGINE_HTTP_PEER_H
#define ENGINE_HTTP_PEER_H

#include "base/buf.h"

struct sockaddr;

/* An address in IPv6 form; IPv4 is mapped (::ffff:a.b.c.d). All zero: none. */
typedef struct {
	uint8_t b[16];
} http_peer;

http_peer http_peer_of(const struct sockaddr *sa);
/* From its text, "192.0.2.1" or "2001:db8::1". */
http_peer http_peer_parse(str text);
bool http_peer_eq(http_peer a, http_peer b);
bool http_peer_is_loopback(http_peer p);
/* What one holder holds: an IPv4 address whole, of an IPv6 address the /64. */
http_peer http_peer_holder(http_peer p);
/* As a log may show it: "203.0.113.0/24", "2001:db8:1::/48". In arena. */
str http_peer_text(struct arena *a, http_peer p);

#endif
