/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * layout: the frame around every page and the engine's own pages, as their templates see them.
 *
 * Threads: each request its own.
 */
#ifndef ENGINE_LAYOUT_H
#define ENGINE_LAYOUT_H

#include "engine/form.h"
#include "engine/page.h"
#include "engine/session.h"

struct layout_link {
	str label;
	url to;
	bool current;  /* this page: aria-current */
	bool within;   /* this page is below that one */
	int64_t asked; /* of the viewer, there */
	str lang;      /* of a link to the page in another language */
};

struct layout_page {
	str lang, dir;
	str title;       /* of the page */
	str description; /* may be empty */
	str site;        /* the name of the instance */
	bool in_group;
	str group_title, group_short;
	url home, group_url, search_url;
	VEC(struct layout_link) nav;   /* of the group: the process in its order */
	VEC(struct layout_link) langs; /* this page in the other languages */
	bool signed_in;
	str viewer_name, viewer_role; /* "Chair", "Member: Kenya" ... */
	url sign_in, sign_out, account;
	str token;      /* CSRF, for signing out */
	url json_url;   /* the facts of this page */
	url inbox;      /* empty unless the viewer has one */
	url record_url; /* of the group: empty outside of one */
	url source;     /* of the program */
	html body;
};

/* From a page that has been filled. In p->arena. */
void layout_fill(struct page *p, struct layout_page *out);

/* The page that holds the form of one command. */
struct command_page {
	str title, help;
	struct form form;
};

/* An address with a secret that an act made. */
struct once_page {
	str title, address;
	url after;
};

struct error_page {
	int status;
	str message;
	bool fault;     /* ours: the number helps to find it in the log */
	int64_t number; /* of the request */
	bool denied, signed_in;
};

/* What runs here: its source lies elsewhere, or is handed out as an archive. */
struct source_page {
	str version;
	url elsewhere; /* empty: the archive */
	url archive;
	str name, size, sha256;
};

/* Signing in: asking for a link or giving a passphrase; and what follows. */
struct sign_page {
	url action_link, action_passphrase, action_confirm;
	str token, next;
	str email;               /* as typed */
	str error;               /* may be empty */
	str link_token;          /* for the page that confirms a link */
	bool done;               /* of the account page: it is set */
	bool no_mail, mail_done; /* the same: told by mail or not, and that this was just set */
	bool sent;               /* a link is on its way */
	url demo_link;           /* in a demonstration: the link itself; empty otherwise */
	bool demo;
	session_demos demos; /* of a demonstration: who one can be */
};

#endif
