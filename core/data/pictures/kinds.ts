/** Which files are pictures, told by their first bytes, and which only by name. */

/** The kinds of pictures that can be read. */
export type PictureKind = 'PNG' | 'JPEG' | 'WebP' | 'GIF' | 'BMP' | 'TIFF';

/** The kinds, as people are told. */
export const PICTURE_KINDS = 'PNG, JPEG, WebP, BMP, GIF, TIFF';

/** Bytes that are enough to tell a picture by. */
export const PICTURE_HEAD = 32;

const NAME = /\.(png|jpe?g|jfif|webp|bmp|dib|gif|tiff?)$/i;
/** Sizes that the second header of a BMP file has. */
const BMP_HEADERS = [12, 40, 52, 56, 64, 108, 124];

/** The kind of picture that bytes begin; null where they are none. */
export function pictureKind(head: Uint8Array): PictureKind | null {
  const text = Buffer.from(head.subarray(0, PICTURE_HEAD)).toString('latin1');
  if (text.startsWith('\x89PNG\r\n\x1a\n')) return 'PNG';
  if (text.startsWith('\xff\xd8\xff')) return 'JPEG';
  if (/^GIF8[79]a/.test(text)) return 'GIF';
  if (text.startsWith('RIFF') && text.slice(8, 12) === 'WEBP') return 'WebP';
  if (text.startsWith('II*\0') || text.startsWith('MM\0*')) return 'TIFF';
  return text.startsWith('BM') && BMP_HEADERS.includes(head[14] ?? 0) ? 'BMP' : null;
}

/** Whether a file is called as pictures are. */
export const namedAsPicture = (path: string): boolean => NAME.test(path);

/** Whether a path is one that systems leave behind, or that is hidden. */
export const isLitter = (path: string): boolean =>
  path
    .split('/')
    .some((name) => name.startsWith('.') || /^(__MACOSX|Thumbs\.db|desktop\.ini)$/i.test(name));
