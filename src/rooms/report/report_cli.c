/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rooms/report/report_cli.h"

#include "report_doc.html.h"
#include "rooms/report/report_doc.h"

#include "base/poison.h"

static enum rc print_facts(
    struct db *db, struct arena *a, const struct report_group *g, struct buf *out, struct err *err)
{
	struct report_facts facts;
	TRY(report_facts_read(db, a, g->grp, &facts, err));
	json_write(out, report_facts_json(a, &facts));
	buf_putc(out, '\n');
	return OK;
}

enum rc report_print(struct db *db, struct arena *a, const struct report_group *g,
    enum report_format format, struct buf *out, struct err *err)
{
	if (format == REPORT_FORMAT_FACTS)
		return print_facts(db, a, g, out, err);
	struct report_doc doc;
	TRY(report_doc_make(db, a, g, 0, &doc, err));
	if (format == REPORT_FORMAT_TEXT) {
		report_plain(&doc, out);
		return OK;
	}
	struct page_out page = page_out_in(a, 0);
	report_file_html(&page, &doc);
	buf_put(out, page_out_str(&page));
	return OK;
}
