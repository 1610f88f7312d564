/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "engine/web_static.h"

#include "base/must.h"
#include "engine/web_inner.h"
#include "web_files.h"

#include "base/poison.h"

static const struct web_file *find(str path)
{
	for (size_t i = 0; web_files[i].path; i++)
		if (str_is(path, web_files[i].path))
			return &web_files[i];
	return NULL;
}

url web_static_href(const char *file)
{
	const struct web_file *f = find(str_of(file));
	must(f);
	return (url){str_of(f->href)};
}

bool web_static(struct http_request *q, struct http_response *r)
{
	const struct web_file *f = q->segments.n == 2 ? find(q->segments.p[1]) : NULL;
	bool current;

	if (q->segments.n == 0 || !str_is(q->segments.p[0], "static"))
		return false;
	r->route = S("/static/{file}");
	if (!f) {
		r->status = 404;
		r->type = S("text/plain; charset=utf-8");
		r->body = S("There is no such file.\n");
		return true;
	}
	current = str_is(http_param(q, S("v")), f->etag);
	r->status = 200;
	r->type = str_of(f->type);
	r->body = str_from(f->bytes, f->n);
	r->etag = str_of(f->etag);
	/* An address that names other bytes is answered with these, but not for long. */
	r->cache_control =
	    current ? S("public, max-age=31536000, immutable") : S("public, no-cache");
	r->may_compress = true;
	return true;
}
