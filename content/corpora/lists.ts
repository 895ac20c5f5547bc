import dinosaurs from './dinosaurs.txt?url';
import minerals from './minerals.txt?url';
import names from './names.txt?url';

/** The addresses of the word lists, for the figures that read them. */
export const lists = { names, dinosaurs, minerals };
