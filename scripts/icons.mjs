// Draws every icon file from `icons/watshop.svg`. It is only needed after a change of the drawing,
// because the files are small and committed. `node scripts/icons.mjs`

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { ROOT, fail, which } from './steps.mjs';

const ICONS = join(ROOT, 'icons');
const SIZES = [16, 32, 48, 64, 128, 256, 512];

const browser = ['chromium', 'chromium-browser', 'google-chrome'].map(which).find(Boolean);
if (!browser || !existsSync(browser)) fail('Drawing the icons needs Chromium: npm run setup');

const drawn = await draw(readFileSync(join(ICONS, 'watshop.svg'), 'utf8'));
for (const size of [32, 128, 256, 512]) write(`${size}x${size}.png`, drawn.get(size));
write('icon.ico', ico([16, 32, 48, 64, 256]));
write('icon.icns', icns({ icp4: 16, icp5: 32, ic07: 128, ic08: 256, ic09: 512 }));

/** Draws the picture as PNGs, by their width in pixels. */
async function draw(svg) {
  const chrome = await chromium.launch({ executablePath: browser, args: ['--no-sandbox'] });
  const pictures = new Map();
  for (const size of SIZES) {
    const page = await chrome.newPage({ viewport: { width: size, height: size } });
    await page.setContent(
      `<style>*{margin:0}svg{display:block;width:100vw;height:100vh}</style>${svg}`,
    );
    pictures.set(size, await page.screenshot({ omitBackground: true }));
    await page.close();
  }
  await chrome.close();
  return pictures;
}

/**
 * Makes an ICO, which since Windows Vista holds PNGs: a header, one entry for each, then the files.
 */
function ico(sizes) {
  const head = Buffer.alloc(6 + 16 * sizes.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(sizes.length, 4);
  let offset = head.length;
  sizes.forEach((size, index) => {
    const entry = 6 + 16 * index;
    // Width and height have one byte each, in which 0 is 256.
    head.writeUInt8(size % 256, entry);
    head.writeUInt8(size % 256, entry + 1);
    head.writeUInt16LE(1, entry + 4);
    head.writeUInt16LE(32, entry + 6);
    head.writeUInt32LE(drawn.get(size).length, entry + 8);
    head.writeUInt32LE(offset, entry + 12);
    offset += drawn.get(size).length;
  });
  return Buffer.concat([head, ...sizes.map((size) => drawn.get(size))]);
}

/** Makes an ICNS, which is a list of chunks: four letters for a size, a length, a PNG. */
function icns(sizes) {
  const chunks = Object.entries(sizes).map(([kind, size]) => chunk(kind, drawn.get(size)));
  return chunk('icns', Buffer.concat(chunks));
}

function chunk(kind, content) {
  const head = Buffer.alloc(8);
  head.write(kind, 'latin1');
  head.writeUInt32BE(8 + content.length, 4);
  return Buffer.concat([head, content]);
}

function write(name, content) {
  writeFileSync(join(ICONS, name), content);
  console.log(`icons/${name}: ${content.length} bytes`);
}
