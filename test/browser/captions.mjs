// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * captions: what the scripts of the pages with captions do for who writes and who reads, in Chromium.
 *
 *     node captions.mjs BASE ...
 *
 * BASE serves a replayed sample group as a demonstration. Each line leads to its address without a
 * stop of the keyboard for each; when all streams of the address are taken, the pages go on by being
 * loaded, and nobody loses what is half typed, the focus or the place; a captioner is told when
 * nothing is kept. TAP.
 */
import http from 'node:http';
import { chromium } from 'playwright-core';
import { act, person } from './journeys/group.mjs';
import { check, finish } from './tap.mjs';

const base = new URL(process.argv[2]);
const MEETING = '/g/wgec/meetings/6';
const STREAMS = 1024; /* of one address, as the server has it */
const SECOND = 1000;
const WHILE = { timeout: 30 * SECOND };
const sleep = (ms) => new Promise((done) => { setTimeout(done, ms); });

async function open(who, path) {
	await who.page.goto(new URL(path, base).href);
	return who;
}

async function write(who, words) {
	await who.page.fill('#words', words);
	await who.page.press('#words', 'Enter');
}

/* A line through the address of the form, as by another captioner. */
let next = 0;
async function bring(who, words) {
	await who.page.evaluate(async ([to, line, seq]) => {
		const body = new URLSearchParams({ _token: document.querySelector('#say-line [name=_token]').value, seq, back: 0, piece: `${line}\n` });
		const r = await fetch(to, { method: 'POST', body, headers: { accept: 'application/json' } });
		if (!r.ok) throw new Error(await r.text());
	}, [`${MEETING}/captions/en/say`, words, ++next]);
}

const stops = (page, links) => page.locator(links).evaluateAll((all) => all.filter((a) => a.tabIndex === 0).map((a) => a.getAttribute('href')));
const focused = (page) => page.evaluate(() => document.activeElement.getAttribute('href') ?? document.activeElement.id);
const has = (page, words) => page.waitForFunction((w) => document.querySelector('#said, #captions').textContent.includes(w), words, WHILE)
	.catch((e) => { throw new Error(`${page.url()} never says: ${words}`, { cause: e }); });

/* --- all streams of the address --- */

const held = [];
const stream = () => new Promise((done) => {
	const q = http.get(new URL(`${MEETING}/captions/en/live?after=0`, base), { agent: false }, (r) => {
		r.on('error', () => null);
		r.resume();
		if (r.statusCode === 200) held.push(r);
		done(r.statusCode);
	});
	q.on('error', () => done(0));
});

async function takeAll() {
	for (let i = 0; i < 2 * STREAMS; i++) {
		const status = await stream();
		if (status >= 400) return status;
		/* Not counted among the connections of the address before the server gave it away. */
		if (!status) await sleep(50);
	}
	return 200;
}

const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-quic',
	'--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] });
try {
	const captioner = await person(browser, base, 'secretariat');
	const chair = await person(browser, base, 'chair');
	const reader = await person(browser, base, null, { viewport: { width: 768, height: 700 } });
	const list = await person(browser, base, null);
	const today = new Date().toISOString().slice(0, 10);
	const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
	await act(captioner, base, 'meeting.announce', { title: 'Sixth meeting', place: 'Geneva', starts: today, ends: tomorrow, zone: 'UTC', publicity: 'public' });
	await act(captioner, base, 'meeting.agenda_item', { meeting: 6, title: 'Access' });
	await act(captioner, base, 'meeting.open', { meeting: 6 });
	await act(chair, base, 'meeting.adopt_agenda', { meeting: 6 });

	/* --- a line and its address --- */
	await open(captioner, `${MEETING}/captions/en/write`);
	await open(reader, `${MEETING}/live`);
	await open(list, `${MEETING}/captions/en`);
	for (let i = 1; i <= 30; i++) await write(captioner, `Sentence ${i} about access in rural areas, which is far from what was hoped for.`);
	for (const r of [reader, list]) await has(r.page, 'Sentence 30 ');
	const SAID = '#said .live-at';
	check('who follows passes no link of a line', await reader.page.locator(SAID).count() === 0);
	await reader.page.click('#live-pause');
	check('in a pause each line has a link, and one of them is a stop of the keyboard',
		await reader.page.locator(SAID).count() === 30 && (await stops(reader.page, SAID)).join() === 'captions/en/lines/30', (await stops(reader.page, SAID)).join());
	await reader.page.focus('#live-newest').catch(() => null);
	await reader.page.focus('.live-roll');
	await reader.page.keyboard.press('Tab');
	check('the Tab key leads to the newest line', await focused(reader.page) === 'captions/en/lines/30', await focused(reader.page));
	await reader.page.keyboard.press('ArrowUp');
	await reader.page.keyboard.press('ArrowUp');
	check('arrow keys lead on', await focused(reader.page) === 'captions/en/lines/28', await focused(reader.page));
	await reader.page.keyboard.press('Home');
	const first = await reader.page.evaluate(() => ({ href: document.activeElement.href, seen: document.querySelector('.live-roll').scrollTop < 60, words: document.activeElement.textContent }));
	check('to the first line, which is in sight then', first.href.endsWith('/lines/1') && first.seen && first.words === 'Line 1', JSON.stringify(first));
	check('it is told', await reader.page.isVisible('#said-help'));
	const cited = await list.context.newPage();
	await cited.goto(first.href);
	check('the address is that of the line', (await cited.innerText('main')).includes('Sentence 1 about'), first.href);
	await cited.close();
	await reader.page.click('#live-pause');
	check('after the pause the lines are as before', await reader.page.locator(SAID).count() === 0 && await reader.page.isHidden('#said-help') &&
		(await reader.page.locator('#said > li').first().evaluate((e) => e.childNodes.length)) < 4);
	check('the list of captions has one stop, too', (await stops(list.page, '#captions a')).length === 1, (await stops(list.page, '#captions a')).join());
	await list.page.focus('#captions li:last-child a');
	await list.page.keyboard.press('ArrowUp');
	check('arrow keys lead on there', (await focused(list.page)).endsWith('/lines/29'), await focused(list.page));

	/* The words of a line change while its link has the focus. */
	await list.page.keyboard.press('ArrowDown');
	await captioner.page.fill('#instead', 'Sentence 30, said anew.');
	await captioner.page.press('#instead', 'Enter');
	await has(list.page, 'Sentence 30, said anew.');
	check('the link keeps the focus while the words of its line change', (await focused(list.page)).endsWith('/lines/30'), await focused(list.page));

	/* --- no stream is to be had --- */
	for (const p of [captioner, reader, list]) await p.page.goto('about:blank');
	await sleep(SECOND);
	const refusal = await takeAll();
	check('the address has no stream left', refusal === 503 || refusal === 429, `${held.length} streams, then ${refusal}`);
	await open(captioner, `${MEETING}/captions/en/write`);
	await open(reader, `${MEETING}/live`);
	await open(list, `${MEETING}/captions/en`);
	next = Number(await captioner.page.inputValue('#say-line [name=seq]')) - 1;
	/* Each says that it looks for news every ten seconds. */
	await reader.page.waitForFunction(() => /every ten seconds/.test(document.getElementById('live-told').textContent), null, WHILE);
	for (const p of [captioner, list])
		await p.page.waitForFunction(() => /every ten seconds/.test(document.getElementById('captions-told').textContent), null, WHILE);
	await reader.page.evaluate(() => { document.querySelector('.live-roll').scrollTop = 40; scrollTo(0, 120); });
	await reader.page.focus('#live-aloud');
	await list.page.evaluate(() => scrollTo(0, 150));
	await list.page.locator('#captions li:nth-child(4) a').focus();
	await list.page.evaluate(() => { window.y = scrollY; });
	await reader.page.evaluate(() => { window.y = scrollY; });
	await captioner.page.fill('#speaker', 'Half a na');
	await captioner.page.fill('#instead', 'Half of a line');
	await captioner.page.evaluate(() => {
		const e = document.getElementById('instead');
		e.focus();
		e.setSelectionRange(4, 6);
		window.alive = true;
	});
	await bring(captioner, 'A line that no stream brings.');
	const began = Date.now();
	for (const p of [reader, list, captioner]) await has(p.page, 'A line that no stream brings.');
	check('what is said comes all the same', Date.now() - began < 15 * SECOND, `${Date.now() - began} ms`);
	const typed = await captioner.page.evaluate(() => {
		const e = document.activeElement;
		return [e.id, e.value, e.selectionStart, e.selectionEnd, document.getElementById('speaker').value, window.alive].join('|');
	});
	check('what is half typed stays, with the caret', typed === 'instead|Half of a line|4|6|Half a na|true', typed);
	const place = await reader.page.evaluate(() => [document.activeElement.id, document.querySelector('.live-roll').scrollTop, scrollY - window.y].join('|'));
	check('the focus and the place stay on the live page', place === 'live-aloud|40|0', place);
	const there = await list.page.evaluate(() => `${document.activeElement.closest('li')?.id}|${scrollY - window.y}`);
	check('and on the list of captions', there === 'l4|0', there);
	check('one stop there, still', (await stops(list.page, '#captions a')).length === 1);

	for (const r of held.splice(0)) r.destroy();
	for (const [p, id] of [[reader, 'live-told'], [list, 'captions-told'], [captioner, 'captions-told']])
		await p.page.waitForFunction((x) => !/every ten seconds/.test(document.getElementById(x).textContent) || document.getElementById(x).hidden, id, WHILE);
	await bring(captioner, 'A line that a stream brings again.');
	const again = Date.now();
	for (const p of [reader, list, captioner]) await has(p.page, 'A line that a stream brings again.');
	check('when there are streams again they follow', Date.now() - again < 5 * SECOND, `${Date.now() - again} ms`);

	/* --- what nobody keeps --- */
	const hours = new Date().getUTCHours() < 12 ? { from: '00:00', to: '13:00' } : { from: '11:00', to: '23:59' };
	await act(captioner, base, 'meeting.sitting', { meeting: 6, kind: 'informal', date: today, ...hours });
	await act(captioner, base, 'meeting.suspend', { meeting: 6 });
	await act(captioner, base, 'meeting.resume', { meeting: 6, sitting: 1 });
	await captioner.page.fill('#words', '');
	await write(captioner, 'This is said in an informal sitting.');
	await captioner.page.waitForSelector('#say-dropped:not([hidden])', { timeout: 10 * SECOND });
	check('a captioner is told that the words were not kept', (await captioner.page.innerText('#say-dropped')).includes('not kept'));
	await open(list, `${MEETING}/captions/en`);
	check('and nobody reads them', !(await list.page.innerText('#captions')).includes('informal sitting'));
	const wrong = [captioner, reader, list].flatMap((p) => p.heard(/Failed to load|ERR_/));
	check('nothing went wrong in the pages', wrong.length === 0, ...wrong);
} catch (e) {
	check('it goes to its end', false, e.stack);
	if (process.env.SHOTS)
		for (const [i, c] of browser.contexts().entries())
			for (const [k, p] of c.pages().entries()) await p.screenshot({ path: `${process.env.SHOTS}/captions-${i}-${k}.png` });
}
await browser.close();
for (const r of held) r.destroy();
process.exit(finish() ? 0 : 1);
