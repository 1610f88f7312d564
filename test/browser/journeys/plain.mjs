// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * plain: without scripts a delegate amends a paragraph with the preview button, is refused once,
 * and loses nothing that was typed.
 */
import { sideways } from '../look.mjs';
import { report } from '../tap.mjs';
import { check, person, words } from './group.mjs';

const PARAGRAPH = 'p22';
const REASON = 'Reason with “quotes”, an & and a <tag>.\nAnd a second line: عربي.';

/* What stands in the form, as one would send it. */
async function typed(page) {
	return page.evaluate(() => Object.fromEntries(new FormData(document.querySelector('main form.form'))));
}

async function press(page, name) {
	const there = page.waitForEvent('load');
	await page.getByRole('button', { name, exact: true }).click();
	await there;
}

/* Unchanged words are no amendment: the form comes back, says why, and keeps all. */
async function refused(page) {
	await page.getByLabel('Reason').fill(REASON);
	const before = await typed(page);
	await press(page, 'Amend a paragraph');
	const after = await typed(page);
	return check({
		'unchanged words are refused': await page.locator('#problems').isVisible(),
		'the refusal leads to its field': await page.locator('#problems li a, #problems p').count() > 0,
		'the words are kept': after.text.replaceAll('\r', '') === before.text.replaceAll('\r', ''),
		'the reason is kept': after.reason.replaceAll('\r', '') === REASON,
		'the paragraph is kept': after.paragraph === PARAGRAPH && after.draft === '1',
	});
}

async function previewed(page, text) {
	await page.getByLabel('As it should read').fill(text);
	await press(page, 'Preview');
	const after = await typed(page);
	return check({
		'the preview shows what is added': (await page.locator('#preview ins').allInnerTexts()).join(' ').includes('Plainly'),
		'the preview is no refusal': await page.locator('#problems').count() === 0,
		'the words are kept in the preview': after.text.replaceAll('\r', '') === text,
		'the reason is kept in the preview': after.reason.replaceAll('\r', '') === REASON,
	});
}

export async function plain(browser, base) {
	const kenya = await person(browser, base, 'delegate', { javaScriptEnabled: false });
	const { page } = kenya;
	const problems = [];
	await page.goto(new URL('/g/wgec/drafts/1', base).href);
	const actions = page.locator(`[id="${PARAGRAPH}"]`);
	await actions.locator('summary').click();
	await actions.getByRole('link', { name: /^Amend/ }).click();
	await page.waitForURL(/draft\.amend/);
	const began = await typed(page);
	problems.push(...check({ 'the paragraph stands in the form': began.text.length > 20 }));
	problems.push(...await refused(page), ...kenya.heard(/status of 4(09|22)/));
	problems.push(...await previewed(page, `Plainly, ${began.text.replaceAll('\r', '')}`), ...await sideways(page));
	await press(page, 'Amend a paragraph');
	const text = await words(page);
	problems.push(...check({
		'it is tabled': /\/drafts\/1\/amendments\/\d+$/.test(page.url()),
		'the amendment shows the change': (await page.locator('main ins').allInnerTexts()).join(' ').includes('Plainly'),
		'the amendment shows the reason': text.includes('Reason with “quotes”, an & and a <tag>.') && text.includes('عربي'),
	}), ...kenya.heard());
	await kenya.context.close();
	report('plain: without scripts an amendment is refused, previewed and tabled, and nothing typed is lost', problems);
}
