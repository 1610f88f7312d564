/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Verbs that make and serve a data folder. */
#include "base/say.h"
#include "engine/html.h"
#include "engine/jail.h"
#include "engine/live.h"
#include "engine/session.h"
#include "engine/web.h"
#include "main/serve.h"
#include "main/source.h"
#include "rooms/rooms_list.h"

#include <fcntl.h>
#include <inttypes.h>
#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/poison.h"

#define FILES           256 /* descriptors of databases, parts, letters */
#define FOLLOWERS_LEAST 256

static enum rc parse_listen(str s, struct http_conf *conf, struct err *err)
{
	size_t colon = SIZE_MAX;
	int64_t port;
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] == ':')
			colon = i;
	if (colon == SIZE_MAX || !str_to_i64(str_skip(s, colon + 1), &port) || port < 0 ||
	    port > 65535)
		return ERR(err, INVALID, "--listen",
		    "{0} is not an address and port such as 127.0.0.1:8080.", s);
	conf->address = str_head(s, colon);
	if (conf->address.n > 2 && conf->address.p[0] == '[')
		conf->address = (str){conf->address.p + 1, conf->address.n - 2};
	conf->port = (uint16_t)port;
	return OK;
}

static void print_demo(struct arena *a, str dir, str address)
{
	struct err err = {0};
	AUTO_DB struct db *db = NULL;
	session_demos demos = {0};
	if (db_open_read(arena_z(a, house_db_path(a, dir)), &db, &err) != OK ||
	    session_demos_of(db, a, &demos, &err) != OK || !demos.n)
		return;
	printf("\nSign in at %.*s/sign-in\n", STR(address));
	for (size_t i = 0; i < demos.n; i++)
		printf("  %-12.*s %-26.*s passphrase: %.*s\n", STR(demos.p[i].role),
		    STR(demos.p[i].email), STR(demos.p[i].passphrase));
	printf("or ask there for a link: in a demonstration it is shown instead of mailed.\n");
}

/*
 * One descriptor a connection, one for each that looks on, and some for files: up to what the
 * system allows. Where that is less, those who look on are fewer, and pages are served as before.
 */
static void raise_descriptors(struct web_conf *conf)
{
	struct rlimit lim;
	rlim_t others = (rlim_t)conf->http.max_connections + FILES, want = others + LIVE_FOLLOWERS;
	if (getrlimit(RLIMIT_NOFILE, &lim) != 0)
		return;
	if (lim.rlim_cur < want) {
		lim.rlim_cur = want < lim.rlim_max ? want : lim.rlim_max;
		(void)setrlimit(RLIMIT_NOFILE, &lim); /* what it has become is asked below */
	}
	if (getrlimit(RLIMIT_NOFILE, &lim) != 0 || lim.rlim_cur >= want)
		return;
	conf->followers =
	    lim.rlim_cur > others + FOLLOWERS_LEAST ? lim.rlim_cur - others : FOLLOWERS_LEAST;
	/* Worth a line only where a public meeting would feel it. */
	say(conf->followers < LIVE_FOLLOWERS / 4 ? SAY_NOTICE : SAY_DEBUG, "descriptors",
	    "have=%llu want=%llu followers=%zu", (unsigned long long)lim.rlim_cur,
	    (unsigned long long)want, conf->followers);
}

static str host_of(str address)
{
	size_t at = str_find(address, S("://"));
	str host = at == SIZE_MAX ? address : str_skip(address, at + 3);
	host = str_head(host, str_find_char(host, '/'));
	return host.n && host.p[0] == '[' ? str_head(host, str_find_char(host, ']') + 1)
	                                  : str_head(host, str_find_char(host, ':'));
}

/* The names that requests may ask for: this machine's own, and the public one. Others get 421. */
static void set_hosts(struct arena *a, struct web_conf *conf)
{
	str *v = arena_array(a, str, 5);
	size_t n = 0;
	v[n++] = S("localhost");
	v[n++] = S("127.0.0.1");
	v[n++] = S("[::1]");
	v[n++] = conf->http.address;
	if (conf->public_address.n)
		v[n++] = host_of(conf->public_address);
	conf->http.hosts = v;
	conf->http.host_count = n;
}

/* Signals are blocked before any thread starts, so that only this one gets them. */
static void wait_for_signal(sigset_t *set)
{
	int sig;
	sigwait(set, &sig);
	say(SAY_NOTICE, "stop", "signal=%d", sig);
}

void serve_hold_signals(sigset_t *set)
{
	sigemptyset(set);
	sigaddset(set, SIGTERM);
	sigaddset(set, SIGINT);
	pthread_sigmask(SIG_BLOCK, set, NULL);
	signal(SIGPIPE, SIG_IGN);
}

void serve_ready(struct web_conf *conf)
{
	/* What one thread allocates another frees; a heap for each thread would keep the gaps of
	 * all. */
	(void)mallopt(M_ARENA_MAX, 2);
	raise_descriptors(conf);
}

void serve_say(struct arena *a, const struct web_conf *conf, const struct web *web)
{
	str address = arena_printf(a, "http://%.*s:%u", STR(conf->http.address), web_port(web));
	printf("Comity serves %.*s at %.*s/\n", STR(conf->dir), STR(address));
	if (conf->demo)
		print_demo(a, conf->dir, address);
	printf("Stop with Ctrl-C.\n");
	fflush(stdout);
	jail_say_state();
}

static int run(struct cli_args *args, struct web_conf *conf)
{
	struct err err = {0};
	struct web *web;
	sigset_t set;

	serve_hold_signals(&set);
	serve_ready(conf);
	if (web_start(conf, &web, &err) != OK)
		return cli_fail(&err);
	serve_say(args->arena, conf, web);
	wait_for_signal(&set);
	web_stop(web);
	return 0;
}

static void set_mail(struct cli_args *args, struct web_conf *conf)
{
	str sendmail = cli_option(args, "sendmail"), from = cli_option(args, "from");
	conf->mail.sendmail = sendmail.p ? sendmail : S("/usr/sbin/sendmail");
	conf->mail.from =
	    from.n ? from
	           : arena_printf(args->arena, "comity@%.*s", STR(host_of(conf->public_address)));
}

static enum rc set_sound(struct cli_args *args, struct web_conf *conf, struct err *err)
{
	str ports = cli_option(args, "audio-ports");
	conf->janus.program = cli_option(args, "janus");
	conf->janus.ports = ports.n ? ports : S("20000-21999");
	conf->janus.address = cli_option(args, "audio-address");
	if (conf->janus.program.n && access(arena_z(args->arena, conf->janus.program), X_OK) != 0)
		return ERR(err, INVALID, "--janus",
		    "{0} is not a program. On Debian it is /usr/bin/janus, of the package janus.",
		    conf->janus.program);
	return janus_conf_check(&conf->janus, err);
}

/* A secret on the command line could be read by everybody on this machine. */
static enum rc read_secret(struct arena *a, str path, str *out, struct err *err)
{
	char text[512];
	int fd = open(arena_z(a, path), O_RDONLY | O_CLOEXEC);
	ssize_t n = fd < 0 ? -1 : read(fd, text, sizeof text);
	if (fd >= 0)
		close(fd);
	if (n < 0)
		return ERR(err, INVALID, "--turn-secret", "{0} cannot be read.", path);
	*out = arena_str(a, str_trim(str_from(text, (size_t)n)));
	return OK;
}

static enum rc set_relay(struct cli_args *args, struct web_conf *conf, struct err *err)
{
	str path = cli_option(args, "turn-secret");
	conf->relay.addresses = cli_option(args, "turn");
	if (path.n)
		TRY(read_secret(args->arena, path, &conf->relay.secret, err));
	return relay_conf_check(&conf->relay, err);
}

static enum rc set_source(struct cli_args *args, struct web_conf *conf, struct err *err)
{
	url u;
	conf->source_url = cli_option(args, "source");
	conf->source_archive = source_archive();
	conf->source_sha256 = source_sha256();
	if (conf->source_url.n && !url_external(args->arena, conf->source_url, &u))
		return ERR(err, INVALID, "--source",
		    "{0} is not an address such as https://example.org/comity.", conf->source_url);
	return OK;
}

enum rc serve_conf(struct cli_args *args, str dir, bool demo, struct web_conf *out, struct err *err)
{
	str listen = cli_option(args, "listen");
	*out = (struct web_conf){
	    .dir = dir,
	    .rooms = &comity_rooms,
	    .http = http_conf_default(),
	    .demo = demo,
	};
	TRY(parse_listen(listen.p ? listen : S("127.0.0.1:8080"), &out->http, err));
	TRY(set_source(args, out, err));
	TRY(set_sound(args, out, err));
	TRY(set_relay(args, out, err));
	out->http.behind_proxy = cli_option(args, "proxy").p != NULL;
	out->public_address = cli_option(args, "public").p
	                          ? cli_option(args, "public")
	                          : arena_printf(args->arena, "http://%.*s:%u",
	                                STR(out->http.address), out->http.port);
	set_mail(args, out);
	set_hosts(args->arena, out);
	return OK;
}

int cli_serve(struct cli_args *args)
{
	struct err err = {0};
	struct web_conf conf;
	bool demo = cli_option(args, "demo").p != NULL;
	if (serve_conf(args, cli_word(args, 0), demo, &conf, &err) != OK)
		return cli_fail(&err);
	return run(args, &conf);
}

static enum rc order_site(struct house *h, struct arena *a, const char *command,
    const struct inputs *in, struct outcome *out, struct err *err)
{
	struct order o = {.command = rooms_command(house_rooms(h), str_of(command), NULL),
	    .actor = ACTOR_SYSTEM,
	    .extra_roles = ROLE_SYSTEM | ROLE_ADMIN,
	    .expect = LOG_ANY};
	TRY(command_read(a, o.command, in, &o.values, NULL, err));
	return house_carry_out(h, a, &o, out, err);
}

/* The first account, made an administrator, and a link to sign in with. */
static enum rc first_admin(struct house *h, struct cli_args *args, str *token, struct err *err)
{
	struct arena *a = args->arena;
	struct inputs account = {0}, admin = {0};
	struct outcome out;
	inputs_add(a, &account, S("name"), cli_option(args, "name"));
	inputs_add(a, &account, S("email"), cli_option(args, "email"));
	TRY(house_begin(h, err));
	enum rc rc = order_site(h, a, "people.account", &account, &out, err);
	str id = rc == OK ? actor_str(a, out.values[0].actor) : STR_EMPTY;
	inputs_add(a, &admin, S("account"), id);
	if (rc == OK)
		rc = order_site(h, a, "people.admin", &admin, &out, err);
	if (rc == OK)
		rc = session_make_link(house_db(h), a, rng_system(), id, S("/"),
		    clock_now(clock_wall()) + USEC_DAY, token, err);
	if (rc == OK)
		return house_commit(h, err);
	house_rollback(h);
	return rc;
}

/* Whoever may run this program has the folder anyway, but a second "init" is a slip of the hand. */
static enum rc check_empty(struct house *h, str dir, struct err *err)
{
	struct group *site;
	TRY(house_group(h, STR_EMPTY, &site, err));
	if (site->n)
		return ERR(err, REFUSED, NULL,
		    "There is a Comity in {0} already. Start it with: comity serve {0}.", dir);
	return OK;
}

int cli_init(struct cli_args *args)
{
	struct err err = {0};
	AUTO_HOUSE struct house *h = NULL;
	str token;
	struct house_conf conf = {.dir = cli_word(args, 0),
	    .rooms = &comity_rooms,
	    .clock = clock_wall(),
	    .rng = rng_system(),
	    .create = true,
	    .host = cli_option(args, "host")};
	if (!conf.host.n || !cli_option(args, "email").n || !cli_option(args, "name").n) {
		ERR(&err, INVALID, NULL,
		    "init needs --host, --email and --name; see: comity init --help.");
		return cli_fail(&err);
	}
	if (house_open(&conf, &h, &err) != OK)
		return cli_fail(&err);
	if (check_empty(h, conf.dir, &err) != OK || session_prepare(house_db(h), &err) != OK ||
	    first_admin(h, args, &token, &err) != OK)
		return cli_fail(&err);
	printf("Made %.*s. Start it with: comity serve %.*s\n", STR(conf.dir), STR(conf.dir));
	printf("Then sign in, within a day, at: /sign-in/link/%.*s\n", STR(token));
	return 0;
}
