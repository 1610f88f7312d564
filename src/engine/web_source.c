/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The licence, section 13: everybody who uses the program over a network is offered its source. */
#include "base/must.h"
#include "engine/layout.h"
#include "engine/web_inner.h"
#include "source.html.h"

#include "base/poison.h"

#define ARCHIVE S("comity-" COMITY_VERSION ".tar.gz")

static void send_archive(const struct web *w, struct http_response *r)
{
	r->route = S("/source/{file}");
	r->status = 200;
	r->type = S("application/gzip");
	r->body = w->conf.source_archive;
	r->filename = ARCHIVE;
	r->etag = w->conf.source_sha256;
	r->cache_control = S("public, no-cache");
}

static void fill(struct page *p, const struct web_conf *conf)
{
	struct source_page v = {.version = S(COMITY_VERSION)};
	p->title = page_t(p, "The source of this program");
	json_put_str(p->arena, p->facts, S("version"), v.version);
	json_put_str(p->arena, p->facts, S("licence"), S("AGPL-3.0-or-later"));
	if (conf->source_url.n) {
		must(url_external(p->arena, conf->source_url, &v.elsewhere));
		json_put_str(p->arena, p->facts, S("source"), v.elsewhere.s);
	} else {
		v.archive = URL(p->arena, S("source"), ARCHIVE);
		v.name = ARCHIVE;
		v.size = page_size(p, (int64_t)conf->source_archive.n);
		v.sha256 = conf->source_sha256;
		json_put_str(p->arena, p->facts, S("source"), v.archive.s);
		json_put_str(p->arena, p->facts, S("sha256"), v.sha256);
	}
	source_html(&p->out, &v);
}

enum http_next web_source(struct web *w, struct http_request *q, struct http_response *r)
{
	struct err err = {0};
	AUTO_READER struct reader reader = {0};
	struct page p;
	struct page_request pr;
	bool archive = q->segments.n == 2 && str_eq(q->segments.p[1], ARCHIVE);
	if (archive && !w->conf.source_url.n) {
		send_archive(w, r);
		return HTTP_DONE;
	}
	enum rc rc = q->segments.n == 1
	                 ? web_page(w, q, r, &reader, NULL, &p, &pr, &err)
	                 : ERR(&err, ABSENT, NULL, "There is no page at this address.");
	if (rc != OK) {
		web_reader_done(&reader);
		web_fail(w, q, r, &err);
		return HTTP_DONE;
	}
	fill(&p, &w->conf);
	r->route = S("/source");
	web_send(&p, r, 200);
	return HTTP_DONE;
}
