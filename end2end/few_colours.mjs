// A PNG with a palette: pictures of pages have few colours that matter, and weigh a third so.
import { crc32, deflateSync, inflateSync } from "node:zlib";

const SIGNATURE = 8;
const MOST = 256;

/**
 * The same picture with at most 256 colours.
 * @param {Buffer} png as Chromium takes it: eight bits a channel, red, green and blue, perhaps with transparency, not interlaced.
 */
export function withFewColours(png) {
  const { width, height, channels, data } = read(png);
  const colour = (at) => (data[at] << 16) | (data[at + 1] << 8) | data[at + 2];
  const seen = new Map();
  for (let at = 0; at < data.length; at += channels) seen.set(colour(at), (seen.get(colour(at)) ?? 0) + 1);
  const palette = [...seen].sort(([, one], [, other]) => other - one).slice(0, MOST).map(([rgb]) => rgb);
  // The rest is the soft edge of letters, where the nearest does.
  const places = new Map(palette.map((rgb, place) => [rgb, place]));
  const place = (rgb) => {
    if (!places.has(rgb)) places.set(rgb, nearest(palette, rgb));
    return places.get(rgb);
  };
  const lines = Buffer.alloc(height * (width + 1));
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += channels) lines[y * (width + 1) + 1 + x] = place(colour(at));
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 3, 0, 0, 0], 8);
  const colours = Buffer.from(palette.flatMap((rgb) => [rgb >> 16, (rgb >> 8) & 255, rgb & 255]));
  const parts = [["IHDR", head], ["PLTE", colours], ["IDAT", deflateSync(lines, { level: 9 })], ["IEND", Buffer.alloc(0)]];
  return Buffer.concat([png.subarray(0, SIGNATURE), ...parts.map(([name, body]) => chunk(name, body))]);
}

function nearest(palette, rgb) {
  const apart = (one) => [16, 8, 0].reduce((sum, shift) => sum + (((one >> shift) & 255) - ((rgb >> shift) & 255)) ** 2, 0);
  let best = 0;
  palette.forEach((one, place) => apart(one) < apart(palette[best]) && (best = place));
  return best;
}

function read(png) {
  const width = png.readUInt32BE(16);
  const height = png.readUInt32BE(20);
  const channels = { 2: 3, 6: 4 }[png[25]];
  if (png[24] !== 8 || !channels || png[28] !== 0) throw new Error("this is no picture as Chromium takes them");
  const packed = [];
  for (let at = SIGNATURE; at < png.length; ) {
    const length = png.readUInt32BE(at);
    if (png.toString("latin1", at + 4, at + 8) === "IDAT") packed.push(png.subarray(at + 8, at + 8 + length));
    at += length + 12;
  }
  return { width, height, channels, data: unfilter(inflateSync(Buffer.concat(packed)), width * channels, height, channels) };
}

/** Takes back what each line says of its neighbours (PNG, 9.2). */
function unfilter(lines, wide, height, step) {
  const data = Buffer.alloc(wide * height);
  for (let y = 0; y < height; y++) {
    const filter = lines[y * (wide + 1)];
    for (let x = 0; x < wide; x++) {
      const at = y * wide + x;
      const left = x < step ? 0 : data[at - step];
      const up = y ? data[at - wide] : 0;
      const corner = y && x >= step ? data[at - wide - step] : 0;
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter];
      data[at] = lines[y * (wide + 1) + 1 + x] + guess;
    }
  }
  return data;
}

function paeth(left, up, corner) {
  const guess = left + up - corner;
  const [toLeft, toUp, toCorner] = [left, up, corner].map((value) => Math.abs(guess - value));
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}

function chunk(name, body) {
  const named = Buffer.concat([Buffer.from(name, "latin1"), body]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(body.length);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}
