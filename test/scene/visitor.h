/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * visitor: a site with the sample group, and people who visit it, sign in and send forms, as a
 * browser without scripts does. Threads: the test's.
 */
#ifndef SCENE_VISITOR_H
#define SCENE_VISITOR_H

#include "client.h"
#include "engine/web.h"

#include <pthread.h>

struct site {
	struct arena *arena;
	struct web *web;
	str dir;
	uint16_t port;
	struct clock clock; /* now NULL: the wall clock */
	int64_t pace;
	/* As in struct http_conf; 0: connections of any number, streams as they are by default. */
	unsigned per_address, streams_per_address;
};

/* A data folder made from a script of acts (below the root of the checkout) and a server on it. */
struct site site_start(const char *script);
/* A server on its data folder, after web_stop. sendmail: it sends mail and is no demonstration; "":
 * it sends none. */
void site_serve(struct site *s, str sendmail);
/* Time passes until `then`: what the clock does by then is done, and the site is served again. */
void site_wait_until(struct site *s, usec then);
/* Stops the server; the test fails when a rebuild of the views gives other tables. */
void site_stop(struct site *s);

struct visitor {
	struct site *site;
	str session; /* cookies: "" when there is none */
	str visit;
	const char *lang;            /* that the browser asks for; NULL: none */
	struct answer at;            /* the last answer */
	str path;                    /* where it was found */
	pthread_barrier_t *together; /* NULL; else those who have filled their forms wait here */
};

/* By the passphrase of the demonstration: "Chair", "Secretariat", "Delegate", "Observer"; "" stays
 * outside. */
struct visitor visitor_enter(struct site *s, const char *role);
/* Gets a page, following redirects of our own. The status. */
int visitor_visit(struct visitor *v, str path);
/* The same, asking for JSON. */
int visitor_facts(struct visitor *v, str path);
bool visitor_sees(const struct visitor *v, const char *text);

/* A field of a form; bytes make it a file of that name. */
struct typed {
	const char *name;
	str value;
	str file_name;
};
/*
 * Opens the form at `path`, fills it and sends it with its hidden fields; follows the redirect
 * after success. The status of the page one lands on.
 */
int visitor_send(struct visitor *v, str path, const struct typed *fields, size_t n);
/* SEND(&v, "/g/wgec/do/draft.withdraw", {"draft", S("1")}, {"amendment", S("7")}) */
#define SEND(v, path, ...)                                              \
	visitor_send((v), S(path), (const struct typed[]){__VA_ARGS__}, \
	    sizeof((const struct typed[]){__VA_ARGS__}) / sizeof(struct typed))
/* A POST of JSON to the API. */
int visitor_api(struct visitor *v, str path, str json);
/* A POST of a plain form without opening it first. */
int visitor_post(struct visitor *v, str path, str body);

#endif
