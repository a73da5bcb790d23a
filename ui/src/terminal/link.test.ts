import { expect, it } from 'vitest';
import { isWebLink } from './link.ts';

it('opens pages of the Web and nothing else', () => {
  for (const url of ['http://example.org', 'https://example.org/a?b#c', 'HTTPS://EXAMPLE.ORG'])
    expect(isWebLink(url), url).toBe(true);
  for (const url of [
    'javascript:alert(1)',
    'file:///etc/passwd',
    'data:text/html,x',
    '/a',
    '',
    'ftp://a',
  ])
    expect(isWebLink(url), url).toBe(false);
});
