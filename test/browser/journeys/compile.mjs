// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * compile: a sponsor confirms that an entry of the compilation is properly reflected, and revises
 * another before the deadline.
 */
import { report } from '../tap.mjs';
import { PHONE, act, check, inspect, person } from './group.mjs';

const MINE = '/g/wgec/compilations/1/mine';
const OLD = 'Reports are made every year.';
const NEW = 'Reports are made every second year, in a common form.';

const number = (page, entry) => page.locator('.count', { hasText: new RegExp(`^${entry}$`) });
const card = (page, section, entry) => page.locator(`section:has(> #${section}) li.card`, { has: number(page, entry) });

/* The deadline of the sample passed in 2017; a later one opens the entries again. */
async function extend(office, base) {
	const { page } = office;
	await page.goto(new URL('/g/wgec/compilations/1', base).href);
	await page.getByRole('link', { name: /^Extend/ }).click();
	await page.getByLabel('Time zone of the new deadline').fill('Europe/Zurich');
	await page.getByRole('textbox', { name: 'New deadline', exact: true }).fill('2099-08-18T18:00');
	await page.getByRole('button', { name: 'Extend the deadline of the compilation' }).click();
	await page.waitForURL(/\/compilations\/1$/);
	return [...await inspect(page), ...office.heard()];
}

/* Kenya proposes something, and the secretariat places it. */
async function place(browser, base) {
	const office = await person(browser, base, 'secretariat', PHONE);
	const kenya = await person(browser, base, 'delegate', PHONE);
	const problems = await extend(office, base);
	const made = await act(kenya, base, 'proposal.submit',
		{ section: 'Reports', title: 'Reports every year', text: OLD, lang: 'en', sponsor: 'Kenya' });
	await act(office, base, 'compilation.place', { compilation: 1, section: 1, proposals: [made.number] });
	await office.context.close();
	await kenya.context.close();
	report('compile: the secretariat extends the deadline and places an entry', problems);
	return made.number;
}

async function confirm(browser, base, entry) {
	const kenya = await person(browser, base, 'delegate', PHONE);
	const problems = [];
	const { page } = kenya;
	await page.goto(new URL(MINE, base).href);
	await card(page, 'entries', entry).getByRole('link', { name: /^Confirm/ }).click();
	await page.getByRole('radio', { name: 'It is properly reflected' }).check();
	problems.push(...await inspect(page));
	await page.getByRole('button', { name: 'Confirm an entry of the compilation' }).click();
	await page.waitForURL(`**${MINE}*`);
	problems.push(...check({
		'the entry is among the confirmed ones': await card(page, 'done', entry).count() === 1,
		'it is not asked for any more': await card(page, 'entries', entry).count() === 0,
	}), ...await inspect(page), ...kenya.heard());
	await kenya.context.close();
	report('compile: a sponsor confirms that an entry is properly reflected', problems);
}

async function revise(browser, base, entry) {
	const problems = [];
	const kenya = await person(browser, base, 'delegate', PHONE);
	const anyone = await person(browser, base, null, PHONE);
	const { page } = kenya;
	await page.goto(new URL(MINE, base).href);
	await card(page, 'done', entry).getByRole('link', { name: /^Revise/ }).click();
	const text = page.getByRole('textbox', { name: 'New text' });
	problems.push(...check({ 'the words stand in the form': await text.inputValue() === OLD }));
	await text.fill(NEW);
	problems.push(...await inspect(page));
	await page.locator('main form.form button').first().click();
	await page.waitForURL(new RegExp(`/proposals/${entry}$`));
	await page.goto(new URL(MINE, base).href);
	problems.push(...check({
		'the new words are to be confirmed again': await card(page, 'entries', entry).count() === 1,
		'the page says that the text has changed': (await card(page, 'entries', entry).innerText()).includes('the text has changed since'),
	}));
	await anyone.page.goto(new URL('/g/wgec/compilations/1', base).href);
	const shown = await anyone.page.locator('article.entry', { has: number(anyone.page, entry) }).innerText();
	problems.push(...check({
		'the compilation has the new words': shown.includes(NEW),
		'the entry keeps its number and its sponsor': shown.includes('Kenya') && shown.startsWith(`${entry}`),
	}), ...kenya.heard(), ...anyone.heard());
	await kenya.context.close();
	await anyone.context.close();
	report('compile: a contributor revises an entry before the deadline, and it is taken in', problems);
}

export async function compile(browser, base) {
	const entry = await place(browser, base);
	await confirm(browser, base, entry);
	await revise(browser, base, entry);
}
