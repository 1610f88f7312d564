/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rooms/report/report_words.h"

#include "base/poison.h"

static const char *const numbers[] = {"no", "one", "two", "three", "four", "five", "six", "seven",
    "eight", "nine", "ten", "eleven", "twelve"};
static const char *const ordinals[] = {"", "first", "second", "third", "fourth", "fifth", "sixth",
    "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth"};
static const char *const months[] = {"January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December"};

str report_number(struct arena *a, int64_t n)
{
	if (n >= 0 && n <= 12)
		return str_of(numbers[n]);
	return arena_printf(a, "%lld", (long long)n);
}

str report_number_first(struct arena *a, int64_t n)
{
	str s = report_number(a, n);
	char c = s.p[0];
	if (c < 'a' || c > 'z')
		return s;
	return arena_printf(a, "%c%.*s", c - 'a' + 'A', STR(str_skip(s, 1)));
}

str report_ordinal(struct arena *a, int64_t n)
{
	if (n >= 1 && n <= 12)
		return str_of(ordinals[n]);
	int64_t last = n % 10;
	bool teen = n % 100 >= 11 && n % 100 <= 13;
	const char *end = "th";
	if (!teen && last == 1)
		end = "st";
	else if (!teen && last == 2)
		end = "nd";
	else if (!teen && last == 3)
		end = "rd";
	return arena_printf(a, "%lld%s", (long long)n, end);
}

str report_roman(struct arena *a, int64_t n)
{
	static const struct {
		int64_t value;
		const char *letters;
	} steps[] = {{50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}};
	struct buf b = buf_in(a, 0);
	for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++)
		for (; n >= steps[i].value; n -= steps[i].value)
			buf_put(&b, str_of(steps[i].letters));
	return buf_str(&b);
}

str report_day(struct arena *a, usec day)
{
	struct civil c = when_civil(day);
	return arena_printf(a, "%d %s %d", c.day, months[c.month - 1], c.year);
}

str report_days(struct arena *a, usec from, usec to)
{
	struct civil f = when_civil(from);
	struct civil t = when_civil(to);
	str end = report_day(a, to);
	if (f.year != t.year)
		return arena_printf(a, "%.*s – %.*s", STR(report_day(a, from)), STR(end));
	if (f.month != t.month)
		return arena_printf(a, "%d %s – %.*s", f.day, months[f.month - 1], STR(end));
	if (f.day != t.day)
		return arena_printf(a, "%d–%.*s", f.day, STR(end));
	return end;
}

void report_join(struct buf *b, size_t i, size_t n, str piece)
{
	if (i > 0)
		buf_put(b, i + 1 == n ? S(" and ") : S(", "));
	buf_put(b, piece);
}
