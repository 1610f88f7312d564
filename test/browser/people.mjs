// SPDX-License-Identifier: AGPL-3.0-or-later
/* people: browsers of those who visit. Whatever the console says to one of them counts. */

const PATIENCE = 20000; /* milliseconds until something on a page is taken to be missing */

/* What the console says (the content policy speaks there) and what scripts leave uncaught. */
function listen(context) {
	const heard = [];
	context.on('console', (m) => {
		if (['error', 'warning'].includes(m.type())) heard.push(`console: ${m.text()}`);
	});
	context.on('weberror', (e) => heard.push(`page error: ${e.error().message}`));
	return heard;
}

/*
 * A person with a browser of their own: {context, page, heard()}. heard() gives what the console
 * has said since it was asked last, without what is `expected` (a form that is refused answers
 * 4xx, which Chromium says in the console).
 */
export async function visitor(browser, how) {
	const context = await browser.newContext({ locale: 'en', reducedMotion: 'reduce', ...how });
	context.setDefaultTimeout(PATIENCE);
	const heard = listen(context);
	const page = await context.newPage();
	return {
		context,
		page,
		heard: (expected) => heard.splice(0).filter((h) => !expected?.test(h)),
	};
}

/* By an e-mail address of the demonstration, or by a link that signs in. */
export async function signIn(page, base, who) {
	if (/^https?:|^\//.test(who)) {
		await page.goto(new URL(who, base).href);
	} else {
		await page.goto(new URL('/sign-in', base).href);
		await page.fill('main form:first-of-type input[type=email]', who);
		await page.click('main form:first-of-type button');
		await page.click('main a.primary');
	}
	await page.click('main form button');
	if (!await page.locator('.who form button').count()) throw new Error(`signing in as ${who} did not work`);
}
