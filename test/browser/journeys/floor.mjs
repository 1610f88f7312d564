// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * floor: the Chair gives the floor, and a page of the public follows. What it reads out changes
 * once for each change of speaker and each decision, not at all for a name on the list, and the
 * focus stays where it is.
 */
import { report } from '../tap.mjs';
import { Keys } from '../keys.mjs';
import { act, check, inspect, person, PHONE } from './group.mjs';

const QUIET = 1200; /* milliseconds in which a second announcement would have come */

/* A meeting in session, with a list of three. */
async function begin(office, chair, base) {
	const { number: meeting } = await act(office, base, 'meeting.announce', { title: 'A meeting to follow',
		place: 'Geneva', starts: '2018-06-05', ends: '2018-06-06', zone: 'Europe/Zurich', publicity: 'public' });
	await act(office, base, 'meeting.open', { meeting });
	await act(chair, base, 'floor.open', { meeting, policy: 'first_come' });
	for (const seat of [1, 3, 5]) await enter(office, base, meeting, seat); /* Ghana, Senegal, Uganda */
	return meeting;
}

async function enter(office, base, meeting, seat) {
	await act(office, base, 'floor.enter', { meeting, seat, kind: 'statement', mode: 'room' });
}

/* A line of the list has the focus; each change of what is read out is kept. */
async function listen(page, party) {
	await page.evaluate((name) => {
		window.said = [];
		const say = document.getElementById('say');
		new MutationObserver((all) => window.said.push(...all.map(() => say.textContent)))
			.observe(say, { childList: true, characterData: true, subtree: true });
		const line = [...document.querySelectorAll('#queue li')].find((li) => li.textContent.includes(name));
		window.kept = line.id;
		line.querySelector('a').focus();
	}, party);
}

/* What is read out because of one event; `seen` are words that it puts on the page. */
async function after(page, seen, event) {
	await page.evaluate(() => { window.said = []; });
	await event();
	await page.waitForFunction((w) => document.querySelector('main').innerText.includes(w), seen).catch(() => { throw new Error(`does not show: ${seen}`); });
	await page.waitForTimeout(QUIET);
	return page.evaluate(() => ({ said: window.said, kept: document.activeElement.closest('[id]')?.id === window.kept }));
}

function judge(what, heard, words) {
	return check({
		[`${what}: is read out once (${JSON.stringify(heard.said)})`]: heard.said.length === (words ? 1 : 0),
		[`${what}: says "${words}" (${JSON.stringify(heard.said)})`]: !words || (heard.said[0] ?? '').includes(words),
		[`${what}: the focus stays`]: heard.kept,
	});
}

const press = (page, name) => () => page.getByRole('button', { name, exact: true }).click();

async function speakers(chair, office, anyone, base, meeting) {
	const { page } = anyone;
	const give = press(chair.page, 'Give the floor to the next');
	const problems = [];
	problems.push(...judge('the floor is given', await after(page, 'Ghana has the floor: Statement.', give), 'Ghana has the floor'));
	problems.push(...judge('a name is entered', await after(page, 'Tunisia', () => enter(office, base, meeting, 4)), null));
	problems.push(...judge('a statement ends', await after(page, 'Nobody has the floor.', press(chair.page, 'End the statement')), 'Nobody has the floor.'));
	problems.push(...judge('the next has the floor', await after(page, 'Senegal has the floor: Statement.', give), 'Senegal has the floor'));
	return problems;
}

async function decision(chair, delegate, anyone, base, meeting) {
	const { page } = anyone;
	const where = new URL(`/g/wgec/meetings/${meeting}/floor`, base).href;
	const problems = [];
	const put = async () => {
		await chair.page.getByRole('link', { name: 'Put a decision' }).click();
		await chair.page.getByLabel('What is to be decided').fill('The group meets again in May.');
		await chair.page.locator('main form.form button').click();
	};
	problems.push(...judge('a decision is put', await after(page, 'is put to the group', put), 'is put to the group'));
	await delegate.page.goto(where);
	const object = async () => {
		await delegate.page.getByRole('button', { name: /^Object \d+$/ }).click();
	};
	problems.push(...judge('a delegation objects', await after(page, 'There is an objection to', object), 'There is an objection'));
	return problems;
}

/* Enter on what has this name; then: how many presses it took, and whether the next stop is in `within`. */
async function acts(keys, name, role, address, within) {
	const before = keys.presses;
	await keys.to(name, role);
	const presses = keys.presses - before;
	await keys.enter(address);
	const { page } = keys;
	const target = await page.evaluate(() => document.activeElement.id && `#${document.activeElement.id}` === location.hash);
	const seen = await page.evaluate(() => document.activeElement.getBoundingClientRect().top < innerHeight);
	await keys.press('Tab');
	const near = await keys.inside(within);
	await keys.press('Shift+Tab');
	return { presses, problems: check({ [`${name}: the page comes back at its place (${page.url()})`]: target && seen, [`${name}: the next stop is in ${within}`]: near }) };
}

/* The page stays, the focus goes to the next button, which a key that is held does not press, and each act is said once. */
async function keyboard(chair, browser, base, meeting) {
	const where = new URL(`/g/wgec/meetings/${meeting}/floor`, base).href;
	const problems = [];
	const keys = await Keys.of(chair.page, problems);
	await chair.page.goto(where);
	await keys.past();
	const far = [];
	const names = [/^End the statement$/, /^Give the floor to the next$/, /^End the statement$/, /^Call the next$/, /^Give the floor to the next$/, /^Interrupt$/, /^Let the speaker go on$/, /^Close the list$/];
	for (const name of names) {
		const before = keys.presses;
		await keys.at(name, 'button');
		far.push(keys.presses - before - 1);
		await keys.done({ held: true });
		problems.push(...check({ [`${name}: the focus is in #now, at what can be done next`]: await keys.inside('#now .actions') }));
	}
	await chair.page.waitForTimeout(QUIET);
	const told = await chair.page.evaluate(() => window.told);
	problems.push(...check({
		[`the next button is a few presses away (${far})`]: Math.max(...far) <= 8,
		[`each act is said once (${told.join(' | ')})`]: told.length === names.length,
		[`what changes nothing for the others is said to the Chair (${told.join(' | ')})`]: told[3] === 'Done: Call the next' && told[7] === 'Done: Close the list',
	}));

	const phone = await person(browser, base, 'delegate', PHONE);
	const own = await Keys.of(phone.page, problems);
	await phone.page.goto(`${new URL(`/g/wgec/do/floor.request?meeting=${meeting}`, base)}`);
	await own.past();
	await own.to(/^What for/, 'combobox');
	await phone.page.keyboard.press('ArrowDown');
	await own.to(/^In the room$/, 'radio');
	await own.press('Space');
	problems.push(...(await acts(own, /^Request the floor$/, 'button', /\/floor#request-\d+$/, `[id^="request-"]`)).problems);
	problems.push(...await inspect(phone.page));
	await own.to(/^Withdraw /, 'link');
	await own.open();
	problems.push(...await inspect(phone.page));
	await own.to(/^Withdraw/, 'button');
	await own.send();
	problems.push(...check({ 'who withdrew is at the request that is withdrawn': await own.inside('[id^="request-"]') }));
	await phone.context.close();
	return problems;
}

export async function floor(browser, base) {
	const [office, chair, delegate, anyone] = await Promise.all(['secretariat', 'chair', 'delegate', null]
		.map((role) => person(browser, base, role)));
	const meeting = await begin(office, chair, base);
	const where = new URL(`/g/wgec/meetings/${meeting}/floor`, base).href;
	await chair.page.goto(where);
	await anyone.page.goto(where);
	await listen(anyone.page, 'Senegal');
	report('floor: the Chair gives the floor, the public follows: read out once, the focus stays',
		[...await speakers(chair, office, anyone, base, meeting), ...await inspect(anyone.page), ...await inspect(chair.page), ...anyone.heard(), ...chair.heard()]);
	report('floor: a decision is put and objected to: read out once, the focus stays',
		[...await decision(chair, delegate, anyone, base, meeting), ...anyone.heard(), ...chair.heard(), ...delegate.heard()]);
	report('floor: by keyboard, the Chair and a delegate on a telephone stay where they are',
		[...await keyboard(chair, browser, base, meeting), ...chair.heard()]);
	for (const who of [office, chair, delegate, anyone]) await who.context.close();
}
