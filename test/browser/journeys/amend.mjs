// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * amend: by keyboard alone, on a phone: a delegate proposes a change, another delegation stands
 * behind it, the Chair accepts it.
 */
import { Keys } from '../keys.mjs';
import { visitor } from '../people.mjs';
import { report } from '../tap.mjs';
import { PHONE, act, check, facts, inspect, person, words } from './group.mjs';

const PARAGRAPH = 'p26'; /* one that the readings have not agreed on */
const ADDED = 'Earnestly understood, ';
const SECOND = 'second@example.org';

async function signInByKeys(keys, base, email) {
	await keys.page.goto(new URL('/sign-in', base).href);
	await keys.past();
	await keys.to(/e-mail address/, 'textbox');
	await keys.type(email);
	await keys.enter(/\/sign-in/);
	await keys.past();
	await keys.to(/^Sign in as /, 'link');
	await keys.enter(/\/sign-in\//);
	await keys.past();
	await keys.to(/^Sign me in$/, 'button');
	await keys.enter(new URL('/', base).href);
}

/* From the first page to the draft, through the menu. */
async function openDraft(keys) {
	await keys.past();
	await keys.to(/^Working Group on Enhanced Cooperation/, 'link');
	await keys.enter(/\/g\/wgec$/);
	await keys.to(/^Menu$/);
	await keys.press('Space');
	await keys.to(/^Drafts$/, 'link');
	await keys.enter(/\/drafts$/);
	await keys.past();
	await keys.to(/^Draft recommendations/, 'link');
	await keys.enter(/\/drafts\/1$/);
}

/* The change is shown while one types; the focus stays in the words. */
async function seePreview(keys, problems) {
	await keys.page.waitForFunction(() => document.querySelector('#preview ins'), null, { timeout: 10000 });
	const shown = await keys.page.evaluate(() => {
		const preview = document.getElementById('preview');
		return { live: preview.getAttribute('aria-live'), ins: preview.querySelector('ins').textContent };
	});
	const at = await keys.named();
	problems.push(...check({
		'the preview is read out': shown.live === 'polite',
		'the preview shows what was added': shown.ins.includes(ADDED.trim()),
		'the focus stays in the text': at.role === 'textbox' && /As it should read/.test(at.name),
	}), ...await inspect(keys.page));
}

async function propose(browser, base) {
	const problems = [];
	const kenya = await visitor(browser, PHONE);
	const keys = await Keys.of(kenya.page, problems);
	await signInByKeys(keys, base, 'delegate@example.org');
	await openDraft(keys);
	await keys.past();
	await keys.to(/^Propose a change/, null, { within: `[id="${PARAGRAPH}"]` });
	await keys.press('Enter');
	await keys.to(/^Amend/, 'link', { within: `[id="${PARAGRAPH}"]` });
	await keys.enter(/\/do\/draft\.amend/);
	await keys.past();
	await keys.to(/As it should read/, 'textbox');
	await keys.type(ADDED);
	await seePreview(keys, problems);
	await keys.to(/^Reason/, 'textbox');
	await keys.type('It was asked for in the room.');
	await keys.to(/As it should read/, 'textbox', { back: true });
	problems.push(...check({ 'the words are still there': (await kenya.page.getByLabel('As it should read').inputValue()).startsWith(ADDED) }));
	await keys.to(/^Amend a paragraph$/, 'button');
	problems.push(...check({
		'the preview is in sight before one tables': await kenya.page.evaluate(() => {
			const box = document.querySelector('#preview ins').getBoundingClientRect();
			return box.bottom > 0 && box.top < window.innerHeight;
		}),
	}));
	await keys.enter(/\/drafts\/1\/amendments\/\d+$/);
	const address = kenya.page.url();
	problems.push(...check({ 'Kenya sponsors it': (await words(kenya.page)).includes('Kenya') }), ...kenya.heard());
	await kenya.context.close();
	report(`amend: a delegate with a keyboard tables an amendment (${keys.presses} keys beside the words)`, problems);
	return address;
}

/* Estonia gets a second delegate, who can sign in. */
async function seat(browser, base) {
	const office = await person(browser, base, 'secretariat');
	const { seats } = await facts(office, base, '/g/wgec/members');
	const estonia = seats.find((x) => x.delegation === 'Estonia').seat;
	await act(office, base, 'people.account', { name: 'Kadri Tamm', email: SECOND }, { group: '' });
	const added = await act(office, base, 'people.add',
		{ name: 'Kadri Tamm', representing: 'Estonia', kind: 'delegate', email: SECOND });
	await act(office, base, 'members.assign', { seat: estonia, person: added.person, role: 'alternate' });
	await office.context.close();
}

async function cosponsor(browser, base, address) {
	const problems = [];
	const estonia = await visitor(browser, PHONE);
	const keys = await Keys.of(estonia.page, problems);
	await signInByKeys(keys, base, SECOND);
	await estonia.page.goto(address);
	await keys.past();
	await keys.to(/^Co-sponsor/, 'link');
	await keys.enter(/\/do\/draft\.cosponsor/);
	await keys.past();
	await keys.to(/^Co-sponsor an amendment$/, 'button');
	await keys.enter(address);
	const sponsors = await estonia.page.locator('section:has(> #sponsors)').innerText();
	problems.push(...check({
		'Kenya sponsors it': sponsors.includes('Kenya'),
		'Estonia co-sponsors it': sponsors.includes('Estonia'),
	}), ...estonia.heard());
	await estonia.context.close();
	report('amend: another delegation co-sponsors it by keyboard', problems);
}

async function accept(browser, base, address) {
	const problems = [];
	const number = address.split('/').at(-1);
	const chair = await person(browser, base, 'chair', PHONE);
	const keys = await Keys.of(chair.page, problems);
	/* The last reading of the sample is closed, and its text with it. */
	const { entries } = await facts(chair, base, '/g/wgec/drafts/1');
	await act(chair, base, 'reading.open', { draft: 1 }, { expect: entries });
	await chair.page.goto(new URL('/g/wgec/drafts/1', base).href);
	await keys.past();
	await keys.to(/^Accept amendments$/, 'link');
	await keys.enter(/\/do\/draft\.accept/);
	await keys.past();
	/* One stop for the whole list; typing the number leads to the amendment. */
	await keys.to(/^\W*\d+\. /, 'checkbox');
	await keys.type(number);
	await keys.at(new RegExp(`^\\W*${number}\\. Kenya`), 'checkbox');
	await keys.press('Space');
	await keys.to(/^The Chair.s words/, 'textbox');
	await keys.type('I hear no objection.');
	await keys.to(/^Accept amendments$/, 'button');
	await keys.enter(/\/drafts\/1$/);
	const text = await words(chair.page);
	problems.push(...check({
		'a new revision is issued': text.includes('Revision 5'),
		'the words are in the text': text.includes(ADDED),
	}));
	await chair.page.goto(address);
	problems.push(...check({ 'the amendment is accepted': (await words(chair.page)).includes('Its words came into revision 5') }));
	problems.push(...chair.heard());
	await chair.context.close();
	report(`amend: the Chair accepts it by keyboard (${keys.presses} keys beside the words)`, problems);
}

export async function amend(browser, base) {
	const address = await propose(browser, base);
	await seat(browser, base);
	await cosponsor(browser, base, address);
	await accept(browser, base, address);
}
