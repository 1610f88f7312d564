/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * members_seat_page: the page of one seat. Threads: those of the page. Errors: ABSENT, BUSY, FAULT.
 */
#ifndef ROOMS_MEMBERS_SEAT_PAGE_H
#define ROOMS_MEMBERS_SEAT_PAGE_H

#include "engine/page.h"

enum rc members_seat_page(struct page *p, struct err *err) MUST_USE;

#endif
