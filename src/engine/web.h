/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * web: the application behind the web server: sessions, pages, forms and the JSON API.
 *
 * It joins what the others do: route -> viewer -> page for reading, form -> command -> writer for
 * acting. Threads: web_start and web_stop from one that serves nothing.
 */
#ifndef ENGINE_WEB_H
#define ENGINE_WEB_H

#include "engine/house.h"
#include "engine/http.h"
#include "engine/janus.h"
#include "engine/relay.h"
#include "engine/mail.h"

struct web;

struct web_conf {
	str dir;
	const struct rooms *rooms;
	struct http_conf http;
	size_t followers;        /* most that look on at once; 0: LIVE_FOLLOWERS */
	str public_address;      /* "https://wgec.example.org": for links in messages */
	struct mail_conf mail;   /* for sign-in links */
	struct janus_conf janus; /* no program: no sound is carried */
	struct relay_conf relay; /* for who reaches it by UDP not at all */
	/* Where the source of what runs lies, for url_external; empty: the program hands it out. */
	str source_url;
	str source_archive; /* a tar.gz. Borrowed */
	str source_sha256;  /* of it, in hex */
	bool demo;          /* say sign-in links on the terminal, and on the page of the asker */
	/* A script that is played brings its own time; now NULL: the wall clock. */
	struct clock clock;
	int64_t pace; /* of that clock, in thousandths of the wall clock's; 0: as fast as that */
};

/* Opens the house for writing, starts the threads, serves. Stopped by web_stop. */
enum rc web_start(const struct web_conf *conf, struct web **out, struct err *err) MUST_USE;
uint16_t web_port(const struct web *w);
struct errand;
/* writer_carry_out (engine/writer.h), between the errands of requests. Threads: any. BUSY. */
enum rc web_carry_out(struct web *w, const struct errand *e, struct err *err) MUST_USE;
/* A graceful stop: answers what is under way, writes what waits. Accepts NULL. */
void web_stop(struct web *w);

#endif
