/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "engine/http_peer.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include "base/poison.h"

static const uint8_t mapped[12] = {[10] = 0xff, [11] = 0xff};

static bool is_v4(http_peer p)
{
	return memcmp(p.b, mapped, sizeof mapped) == 0;
}

http_peer http_peer_of(const struct sockaddr *sa)
{
	http_peer p = {0};

	if (sa && sa->sa_family == AF_INET6) {
		const struct sockaddr_in6 *in6 = (const void *)sa;
		mem_copy(p.b, sizeof p.b, &in6->sin6_addr, sizeof p.b);
	}
	if (sa && sa->sa_family == AF_INET) {
		const struct sockaddr_in *in = (const void *)sa;
		mem_copy(p.b, sizeof p.b, mapped, sizeof mapped);
		mem_copy(p.b + 12, 4, &in->sin_addr, 4);
	}
	return p;
}

http_peer http_peer_parse(str text)
{
	char z[INET6_ADDRSTRLEN] = {0};
	struct sockaddr_in in = {.sin_family = AF_INET};
	struct sockaddr_in6 in6 = {.sin6_family = AF_INET6};

	if (text.n >= sizeof z)
		return (http_peer){0};
	mem_copy(z, sizeof z, text.p, text.n);
	if (inet_pton(AF_INET, z, &in.sin_addr) == 1)
		return http_peer_of((const void *)&in);
	if (inet_pton(AF_INET6, z, &in6.sin6_addr) == 1)
		return http_peer_of((const void *)&in6);
	return (http_peer){0};
}

bool http_peer_eq(http_peer a, http_peer b)
{
	return memcmp(a.b, b.b, sizeof a.b) == 0;
}

bool http_peer_is_loopback(http_peer p)
{
	static const http_peer one = {.b = {[15] = 1}};

	return is_v4(p) ? p.b[12] == 127 : http_peer_eq(p, one);
}

static http_peer keep(http_peer p, size_t bytes)
{
	for (size_t i = bytes; i < sizeof p.b; i++)
		p.b[i] = 0;
	return p;
}

http_peer http_peer_holder(http_peer p)
{
	return is_v4(p) ? p : keep(p, 8);
}

str http_peer_text(struct arena *a, http_peer p)
{
	char z[INET6_ADDRSTRLEN] = {0};

	if (is_v4(p))
		return arena_printf(a, "%d.%d.%d.0/24", p.b[12], p.b[13], p.b[14]);
	p = keep(p, 6);
	if (!inet_ntop(AF_INET6, p.b, z, sizeof z))
		return S("unknown");
	return arena_printf(a, "%s/48", z);
}
