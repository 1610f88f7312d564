/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* fuzz_csv: tables of any bytes. What can be read is written and read again as the same. */
#include "base/csv.h"
#include "base/must.h"

#include "fuzz/fuzz.h"

#include "base/poison.h"

#define ROWS  400
#define CELLS 40

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct csv c, again;
	struct buf b = buf_in(a, 0);
	if (csv_read(a, (str){(const char *)data, size}, ROWS, CELLS, &c, NULL) != OK)
		return 0;
	for (size_t i = 0; i < c.rows.n; i++) {
		must(c.rows.p[i].n && c.rows.p[i].n <= CELLS);
		for (size_t k = 0; k < c.rows.p[i].n; k++)
			must(str_eq(
			    csv_unguard(csv_guard(a, c.rows.p[i].cell[k])), c.rows.p[i].cell[k]));
		csv_write(&b, c.rows.p[i].cell, c.rows.p[i].n);
	}
	must(csv_read(a, buf_str(&b), ROWS, CELLS, &again, NULL) == OK);
	must(again.rows.n == c.rows.n);
	for (size_t i = 0; i < c.rows.n; i++) {
		must(again.rows.p[i].n == c.rows.p[i].n);
		for (size_t k = 0; k < c.rows.p[i].n; k++)
			must(str_eq(again.rows.p[i].cell[k], c.rows.p[i].cell[k]));
	}
	return 0;
}
