import {password} from './county.mjs';

/** A browser without a screen: it keeps cookies, follows no redirects, and knows the form token of the page it is on. */
export class Browser {
  constructor(base) {
    this.base = base;
    this.cookies = new Map();
  }
  async ask(path, form) {
    const headers = {cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ')};
    const body = form && new URLSearchParams({...form, csrf_token: this.token ?? ''});
    const answer = await fetch(this.base + path, {method: form ? 'POST' : 'GET', headers, body, redirect: 'manual'});
    for (const cookie of answer.headers.get('set-cookie')?.split(/, (?=\w+=)/) ?? []) {  // Debian's node has no getSetCookie
      const [, name, value] = cookie.match(/^([^=]+)=([^;]*)/);
      this.cookies.set(name, value);
    }
    this.page = await answer.text();
    this.token = this.page.match(/name="csrf_token" value="([^"]+)"/)?.[1] ?? this.token;
    return {status: answer.status, to: answer.headers.get('location'), page: this.page};
  }
  sign_in(username, code = '', secret = password) {
    return this.ask('/sign-in', {username, password: secret, code});
  }
}
