/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* What good_page.html shows; for tools_test. */
#ifndef TEST_TOOLS_GOOD_H
#define TEST_TOOLS_GOOD_H

#include "engine/html.h"

struct good_row {
	url link;
	str name;
};

struct good_page {
	str title;
	bool open;
	html body;
	struct {
		struct good_row *p;
		size_t n;
		size_t cap;
	} rows;
	void (*foot)(struct page_out *o, const void *ctx);
	const void *ctx;
};

#endif
