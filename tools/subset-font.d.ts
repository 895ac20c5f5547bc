declare module 'subset-font' {
  /** A font with no more than the characters of `text`. */
  export default function subsetFont(
    font: Uint8Array,
    text: string,
    options: {
      readonly targetFormat: 'woff2';
      readonly noHinting?: boolean;
      /** OpenType features to keep; all unless told. */
      readonly keepFeatures?: readonly string[];
      /** Limits of the axes of a variable font. */
      readonly variationAxes?: Readonly<Record<string, { readonly min: number; readonly max: number }>>;
    },
  ): Promise<Uint8Array>;
}
