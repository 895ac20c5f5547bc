import drawn from '../../content/images.json' with { type: 'json' };

/** A picture that `npm run images` has drawn. */
export interface DrawnImage {
  /** SHA-256 of what it was drawn from. */
  readonly drawnFrom: string;
  /** What it shows, in words. */
  readonly alt: string;
  /** In the pixels of the file. */
  readonly width: number;
  readonly height: number;
}

/** By the name of the file: pictures to share, and stills of figures. */
export interface DrawnImages {
  readonly share: Readonly<Record<string, DrawnImage>>;
  readonly figures: Readonly<Record<string, DrawnImage>>;
}

/** The picture to share that stands for the site as a whole. */
export const FRONT = 'front';

export const images: DrawnImages = drawn;

export const shareAddress = (name: string): string => `/images/share/${name}.png`;
export const stillAddress = (id: string): string => `/images/figures/${id}.png`;

/** The picture to share of a post; undefined for a post that is so new that none is drawn yet. */
export function imageOf(name: string): (DrawnImage & { readonly address: string }) | undefined {
  const image = images.share[name];
  return image && { ...image, address: shareAddress(name) };
}
