/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * What threads share: the writer, the workers and the cache, with as many threads as it takes to
 * make them meet. Run under the thread sanitizer as well (make check).
 */
#include "engine/cache.h"
#include "engine/work.h"
#include "engine/writer.h"
#include "harness/t.h"

#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <unistd.h>

#include "base/poison.h"

#define CALLERS  100
#define SPEAKERS 8
#define WORDS    40

/* ---- a house with one command ---- */

static enum rc word_decide(const struct group *g, struct act *act, struct err *err)
{
	(void)g;
	if (str_is(act_str(act, "word"), "no"))
		return ERR(err, REFUSED, "word", "This word is not said here.");
	return OK;
}

static const struct field word_fields[] = {
    {.name = "word", .label = "Word", .type = FIELD_LINE, .flags = FIELD_REQUIRED},
};

static const struct command word_rows[] = {
    {
        .name = "word.say",
        .title = "Say a word",
        .said = "said {word}",
        .may = ROLE_PUBLIC,
        .flags = COMMAND_SITE,
        COMMAND_FIELDS(word_fields),
        .decide = word_decide,
    },
};

static const struct room_commands word_commands = {.rows = word_rows, .n = 1};
static const struct room word_room = {.name = "word", .commands = &word_commands};

static unsigned no_roles(const struct group *g, actor_id who)
{
	(void)g;
	(void)who;
	return 0;
}

static const struct rooms word_rooms = {.v = &word_room, .n = 1, .roles = no_roles};

struct site {
	struct arena *arena;
	struct house *house;
	struct writer *writer;
	atomic_int moves;
};

static void moved(void *ctx)
{
	atomic_fetch_add(&((struct site *)ctx)->moves, 1);
}

static bool site_open(struct site *s)
{
	struct err err = {0};
	s->arena = arena_new(0);
	struct house_conf conf = {
	    .dir = arena_printf(s->arena, "%s/house", t_tmpdir()),
	    .rooms = &word_rooms,
	    .clock = clock_wall(),
	    .rng = rng_system(),
	    .create = true,
	    .host = S("thread.example"),
	};
	if (house_open(&conf, &s->house, &err) != OK)
		return false;
	struct writer_conf w = {.house = s->house, .moved = moved, .ctx = s};
	return writer_start(&w, &s->writer, &err) == OK;
}

static void site_close(struct site *s)
{
	writer_stop(s->writer);
	house_close(s->house);
	arena_free(s->arena);
}

/* Entries in the log of the instance. Only after the writer has ended. */
static int64_t entries(struct site *s)
{
	struct group *g;
	struct err err;
	return house_group(s->house, STR_EMPTY, &g, &err) == OK ? g->n : -1;
}

/* ---- one caller, who waits for the answer ---- */

struct caller {
	struct site *site;
	str word, key;
	pthread_mutex_t lock;
	pthread_cond_t told;
	bool answered;
	enum rc rc;
	struct arena *arena; /* of the answer */
	struct outcome out;
};

static enum rc say_word(struct errand *e, struct house *h, struct err *err)
{
	struct caller *c = e->ctx;
	struct inputs in = {0};
	struct order o = {
	    .command = &word_rows[0], .actor = ACTOR_PUBLIC, .key = c->key, .expect = LOG_ANY};
	inputs_add(c->arena, &in, S("word"), c->word);
	TRY(command_read(c->arena, o.command, &in, &o.values, NULL, err));
	return house_carry_out(h, c->arena, &o, &c->out, err);
}

static void answer(struct errand *e)
{
	struct caller *c = e->waiting;
	pthread_mutex_lock(&c->lock);
	c->rc = e->rc;
	c->answered = true;
	pthread_cond_signal(&c->told);
	pthread_mutex_unlock(&c->lock);
}

static void call(struct caller *c)
{
	struct errand e = {.run = say_word, .done = answer, .ctx = c, .waiting = c};
	struct err err;
	c->answered = false;
	pthread_mutex_init(&c->lock, NULL);
	pthread_cond_init(&c->told, NULL);
	if (writer_submit(c->site->writer, &e, &err) == OK) {
		pthread_mutex_lock(&c->lock);
		while (!c->answered)
			pthread_cond_wait(&c->told, &c->lock);
		pthread_mutex_unlock(&c->lock);
	} else {
		c->rc = BUSY;
	}
	pthread_cond_destroy(&c->told);
	pthread_mutex_destroy(&c->lock);
}

static void *call_once(void *arg)
{
	call(arg);
	return NULL;
}

TEST(a_key_sent_a_hundred_times_at_once_is_one_entry)
{
	static const struct caller nobody;
	struct site s = {0};
	struct caller c[CALLERS];
	pthread_t t[CALLERS];
	size_t first = 0;
	NEED(site_open(&s));
	for (size_t i = 0; i < CALLERS; i++) {
		c[i] = nobody;
		c[i].site = &s;
		c[i].word = S("yes");
		c[i].key = S("the-same-key");
		c[i].arena = arena_new(0);
		NEED(pthread_create(&t[i], NULL, call_once, &c[i]) == 0);
	}
	for (size_t i = 0; i < CALLERS; i++)
		pthread_join(t[i], NULL);
	for (size_t i = 0; i < CALLERS; i++) {
		CHECK_EQ(c[i].rc, OK);
		CHECK_EQ(c[i].out.seq, c[0].out.seq);
		CHECK(digest_eq(c[i].out.leaf, c[0].out.leaf));
		first += !c[i].out.repeated;
		arena_free(c[i].arena);
	}
	CHECK_EQ(first, 1);
	writer_stop(s.writer);
	s.writer = NULL;
	CHECK_EQ(entries(&s), 1);
	CHECK(atomic_load(&s.moves) >= 1);
	site_close(&s);
}

/* ---- many who say many words, some of which are refused ---- */

struct speaker {
	struct site *site;
	size_t number;
	int64_t seq[WORDS]; /* -1: refused, as it must be */
};

static void *speak(void *arg)
{
	struct speaker *sp = arg;
	for (size_t i = 0; i < WORDS; i++) {
		AUTO_ARENA struct arena *a = arena_new(0);
		bool refused = i % 5 == 4;
		struct caller c = {.site = sp->site,
		    .word = refused ? S("no") : S("yes"),
		    .key = arena_printf(a, "key-%zu-%zu", sp->number, i),
		    .arena = a};
		call(&c);
		CHECK_EQ(c.rc, refused ? REFUSED : OK);
		sp->seq[i] = refused ? -1 : c.out.seq;
	}
	return NULL;
}

TEST(each_accepted_act_has_an_entry_of_its_own_and_a_refused_one_has_none)
{
	struct site s = {0};
	struct speaker sp[SPEAKERS];
	pthread_t t[SPEAKERS];
	bool taken[SPEAKERS * WORDS] = {false};
	int64_t accepted = 0;
	NEED(site_open(&s));
	for (size_t i = 0; i < SPEAKERS; i++) {
		sp[i] = (struct speaker){.site = &s, .number = i};
		NEED(pthread_create(&t[i], NULL, speak, &sp[i]) == 0);
	}
	for (size_t i = 0; i < SPEAKERS; i++)
		pthread_join(t[i], NULL);
	for (size_t i = 0; i < SPEAKERS * WORDS; i++) {
		int64_t seq = sp[i / WORDS].seq[i % WORDS];
		if (seq < 0)
			continue;
		NEED(seq < SPEAKERS * WORDS);
		CHECK(!taken[seq]);
		taken[seq] = true;
		accepted++;
	}
	writer_stop(s.writer);
	s.writer = NULL;
	CHECK_EQ(entries(&s), accepted);
	CHECK_EQ(accepted, SPEAKERS * (WORDS - WORDS / 5));
	site_close(&s);
}

/* ---- workers ---- */

struct counted {
	struct task task;
	atomic_int *ran;
};

static void count(struct task *t)
{
	atomic_fetch_add(((struct counted *)t->ctx)->ran, 1);
}

struct foreman {
	struct work *work;
	struct counted task[500];
	int taken;
};

static void *hand_out(void *arg)
{
	struct foreman *f = arg;
	struct err err;
	for (size_t i = 0; i < 500; i++) {
		f->task[i].task = (struct task){.run = count, .ctx = &f->task[i]};
		f->taken += work_submit(f->work, &f->task[i].task, &err) == OK;
	}
	return NULL;
}

TEST(a_task_that_was_taken_is_done_even_at_the_end)
{
	struct foreman f[4] = {0};
	pthread_t t[4];
	struct work *w;
	struct err err;
	atomic_int ran = 0;
	int taken = 0;
	NEED(work_start(3, 64, &w, &err) == OK);
	for (size_t i = 0; i < 4; i++) {
		f[i].work = w;
		for (size_t k = 0; k < 500; k++)
			f[i].task[k].ran = &ran;
		NEED(pthread_create(&t[i], NULL, hand_out, &f[i]) == 0);
	}
	for (size_t i = 0; i < 4; i++)
		pthread_join(t[i], NULL);
	work_stop(w);
	for (size_t i = 0; i < 4; i++)
		taken += f[i].taken;
	CHECK_EQ(atomic_load(&ran), taken);
	CHECK(taken >= 64);
}

/* Takes a block, and tells what its worker had when it began. */
struct taker {
	struct task task;
	size_t had;
	void *block;
	sem_t done;
};

static void take(struct task *t)
{
	struct taker *k = t->ctx;
	k->had = t->scratch->n;
	k->block = scratch_take(t->scratch, 1 << 20);
	*(char *)k->block = 1;
	sem_post(&k->done);
}

static void ask_one(struct work *w, struct taker *k)
{
	struct err err;
	k->task = (struct task){.run = take, .ctx = k};
	NEED(sem_init(&k->done, 0, 0) == 0);
	NEED(work_submit(w, &k->task, &err) == OK);
	NEED(sem_wait(&k->done) == 0);
	sem_destroy(&k->done);
}

TEST(a_block_is_kept_while_there_is_work_and_given_back_after)
{
	struct taker k = {0};
	struct work *w;
	struct err err;
	const void *before;
	bool kept = false, given_back = false;
	NEED(work_start(1, 4, &w, &err) == OK);
	ask_one(w, &k);
	CHECK_EQ(k.had, 0);
	/* The machine may sleep between two tasks for longer than a worker rests. */
	for (int i = 0; i < 5 && !kept; i++) {
		before = k.block;
		ask_one(w, &k);
		kept = k.had == 1 << 20 && k.block == before;
	}
	CHECK(kept);
	for (int i = 0; i < 5 && !given_back; i++) {
		usleep(2500000);
		ask_one(w, &k);
		given_back = k.had == 0;
	}
	CHECK(given_back);
	work_stop(w);
}

/* ---- the cache ---- */

struct shelf {
	struct cache *cache;
	size_t frame; /* bytes of a kept page beside its body */
	atomic_bool end;
	atomic_int stale, found;
};

/*
 * The length of a page tells for which generation it was made: it is longer than the blocks of an
 * arena, so that what is kept grows with it.
 */
#define PAGE_LEAST ((size_t)1 << 16)

static struct http_response page_of(struct arena *a, uint64_t generation)
{
	size_t n = PAGE_LEAST + 64 * (size_t)generation;
	char *p = arena_push(a, n);
	for (size_t i = 0; i < n; i++)
		p[i] = 'x';
	return (struct http_response){
	    .status = 200, .type = S("text/plain"), .body = str_from(p, n)};
}

static void *read_pages(void *arg)
{
	struct shelf *s = arg;
	while (!atomic_load(&s->end)) {
		AUTO_ARENA struct arena *a = arena_new(0);
		uint64_t g = cache_generation(s->cache);
		struct http_response r = {0};
		if (!cache_get(s->cache, S("/page"), 0, &r)) {
			r = page_of(a, g);
			cache_put(s->cache, S("/page"), g, 1, &r);
			http_blob_free(r.blob);
			continue;
		}
		struct http_blob *b = r.blob;
		atomic_fetch_add(&s->found, 1);
		if (http_blob_size(b) < s->frame + PAGE_LEAST + 64 * g)
			atomic_fetch_add(&s->stale, 1);
		http_blob_free(b);
	}
	return NULL;
}

TEST(a_page_from_the_cache_is_never_older_than_the_record)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct shelf s = {.cache = cache_new(1 << 24)};
	struct http_response empty = page_of(a, 0);
	struct http_blob *b = http_blob_new(&empty);
	pthread_t t[4];
	NEED(b);
	s.frame = http_blob_size(b) - PAGE_LEAST;
	http_blob_free(b);
	for (size_t i = 0; i < 4; i++)
		NEED(pthread_create(&t[i], NULL, read_pages, &s) == 0);
	for (int moves = 0; moves < 300; moves++) {
		int before = atomic_load(&s.found);
		cache_moved(s.cache);
		for (int turns = 0; turns < 1000 && atomic_load(&s.found) == before; turns++)
			sched_yield();
	}
	atomic_store(&s.end, true);
	for (size_t i = 0; i < 4; i++)
		pthread_join(t[i], NULL);
	CHECK_EQ(atomic_load(&s.stale), 0);
	CHECK(atomic_load(&s.found) > 0);
	cache_free(s.cache);
}
