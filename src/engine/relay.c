/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "engine/relay.h"

#include "base/hash.h"

#include "base/poison.h"

#define ADDRESS_MAX ((size_t)300)
#define SECRET_MIN  ((size_t)16)
#define SECRET_MAX  ((size_t)256)

/* "turn:HOST", "turns:HOST:PORT", "turn:[2001:db8::1]:3478"; the transports are ours to add. */
static bool is_address(str s)
{
	str rest = s, scheme;
	if (s.n > ADDRESS_MAX || !str_cut(&rest, ':', &scheme) || !rest.n || rest.p[0] == ':')
		return false;
	for (size_t i = 0; i < rest.n; i++) {
		char c = rest.p[i];
		bool good = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
		            (c >= '0' && c <= '9') || c == '.' || c == '-' || c == ':' ||
		            c == '[' || c == ']';
		if (!good)
			return false;
	}
	return str_is(scheme, "turn") || str_is(scheme, "turns");
}

enum rc relay_conf_check(const struct relay_conf *conf, struct err *err)
{
	str rest = conf->addresses, one;
	if (!conf->addresses.n && !conf->secret.n)
		return OK;
	if (!conf->addresses.n)
		return ERR(err, INVALID, "--turn",
		    "--turn-secret needs --turn, which says where the TURN server is.");
	while (str_cut(&rest, ',', &one))
		if (!is_address(one))
			return ERR(err, INVALID, "--turn",
			    "{0} is not an address such as turn:turn.example.org:3478 or "
			    "turns:turn.example.org:443.",
			    one);
	if (conf->secret.n < SECRET_MIN || conf->secret.n > SECRET_MAX)
		return ERR(err, INVALID, "--turn-secret",
		    "The file of --turn-secret needs one line of 16 to 256 characters, the "
		    "static-auth-secret of the TURN server.");
	return OK;
}

static void add_url(struct arena *a, struct json *urls, str address, const char *transport)
{
	str url = arena_printf(a, "%.*s?transport=%s", STR(address), transport);
	json_add(urls, json_of_str(a, url));
}

struct json *relay_servers(struct arena *a, const struct relay_conf *conf, usec now)
{
	struct json *servers = json_new_array(a);
	str rest = conf->addresses, one;
	if (!conf->addresses.n)
		return servers;
	struct json *server = json_add(servers, json_new_object(a));
	struct json *urls = json_put(server, S("urls"), json_new_array(a));
	while (str_cut(&rest, ',', &one)) {
		if (str_starts(one, S("turn:")))
			add_url(a, urls, one, "udp");
		add_url(a, urls, one, "tcp");
	}
	str until = arena_printf(a, "%lld", (long long)((now + RELAY_TIME) / USEC_SECOND));
	uint8_t mac[HMAC_SHA1_SIZE];
	struct buf b = buf_in(a, 0);
	hmac_sha1(conf->secret, until, mac);
	buf_put_base64(&b, str_from(mac, sizeof mac));
	json_put_str(a, server, S("username"), until);
	json_put_str(a, server, S("credential"), buf_str(&b));
	return servers;
}
