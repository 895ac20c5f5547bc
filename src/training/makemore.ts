/** The makemore course’s list of names, at the commit that every published loss was measured on. */
export const MAKEMORE = {
  url: 'https://raw.githubusercontent.com/karpathy/makemore/988aa59e4d8fefa526d06f3b453ad116258398d4/names.txt',
  sha256: '0a30b5557f192f32ab962680889aac5f6fda0f4cecf40a6d0b5694f58ea8cc4d',
} as const;

/** Put in by a build that brings the makemore list along (tools/site/makemore.ts): its address on the site. */
declare const MAKEMORE_LIST: string | undefined;

/** Where the list is fetched from: this site, where the build has it, else its public address. */
export const makemoreAddress = (): string =>
  typeof MAKEMORE_LIST === 'undefined' ? MAKEMORE.url : (MAKEMORE_LIST as string);

/** Whether the list comes from this site. */
export const hasMakemore = (): boolean => makemoreAddress() !== MAKEMORE.url;
