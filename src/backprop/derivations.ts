/*
 * Why each line of the backward pass is what it is, in TeX: how the tensor goes into what is computed from it, number by
 * number, and with which slope. The chain rule makes of that the result that stands in steps.ts.
 */

/** Those that are written with a letter; the others are words. */
const LETTERS: Readonly<Record<string, string>> = { h: 'h', W1: 'W_1', b1: 'b_1', W2: 'W_2', b2: 'b_2', C: 'C' };
const symbol = (name: string): string => LETTERS[name] ?? `\\text{${name.replaceAll('_', '\\_')}}`;
const value = (name: string, index: string): string =>
  symbol(name).includes('_') && name in LETTERS ? `(${symbol(name)})_{${index}}` : `${symbol(name)}_{${index}}`;
const gradient = (name: string, index = ''): string => `\\grad{\\overline{${symbol(name)}}${index && `_{${index}}`}}`;
const slope = (of: string, by: string, is: string): string =>
  `\\frac{\\partial \\, ${of}}{\\partial \\, ${by}} = ${is}`;
const forEvery = (index: string): string => ` \\quad \\text{for every } ${index}`;
const AND = ', \\qquad ';

const [probs, counts, inverse] = [value('probs', 'ij'), value('counts', 'ij'), value('counts_sum_inv', 'i')];
const [countsSum, normLogits] = [value('counts_sum', 'i'), value('norm_logits', 'ij')];
const [logits, maxes] = [value('logits', 'ij'), value('logit_maxes', 'i')];
const [hpreact, gain, raw] = [value('hpreact', 'ij'), value('bngain', 'j'), value('bnraw', 'ij')];
const [shift, difference, varInverse] = [value('bnbias', 'j'), value('bndiff', 'ij'), value('bnvar_inv', 'j')];
const [variance, square, mean] = [value('bnvar', 'j'), value('bndiff2', 'ij'), value('bnmeani', 'j')];
const [hprebn, embcat] = [value('hprebn', 'ij'), value('embcat', 'ik')];

const probsLine = `${probs} = ${counts} \\, ${inverse}`;
const normLine = `${normLogits} = ${logits} - ${maxes}`;
const outLine = `${logits} = \\sum_k h_{ik} \\, ${value('W2', 'kj')} + ${value('b2', 'j')}`;
const scaleLine = `${hpreact} = ${gain} \\, ${raw} + ${shift}`;
const rawLine = `${raw} = ${difference} \\, ${varInverse}`;
const differenceLine = `${difference} = ${hprebn} - ${mean}`;
const hiddenLine = `${hprebn} = \\sum_k ${embcat} \\, ${value('W1', 'kj')} + ${value('b1', 'j')}`;

/** Of each tensor, by `idOf`. */
export const DERIVATIONS: Readonly<Record<string, readonly string[]>> = {
  dlogprobs: [
    `L = -\\frac1n \\sum_i ${value('logprobs', 'i, y_i')}`,
    `\\text{the slope by } ${value('logprobs', 'ij')} \\text{ is } -\\tfrac1n \\text{ where } j = y_i \\text{, and } 0 \\text{ elsewhere}`,
  ],
  dprobs: [`${value('logprobs', 'ij')} = \\log ${probs}`, slope(value('logprobs', 'ij'), probs, `\\frac{1}{${probs}}`)],
  dcounts_sum_inv: [probsLine + forEvery('j'), slope(probs, inverse, counts)],
  dcounts_sum: [`${inverse} = ${countsSum}^{-1}`, slope(inverse, countsSum, `-${countsSum}^{-2}`)],
  dcounts: [
    `${probsLine}${AND}${countsSum} = \\sum_j ${counts}`,
    slope(probs, counts, inverse) + AND + slope(countsSum, counts, '1'),
  ],
  dnorm_logits: [`${counts} = e^{${normLogits}}`, slope(counts, normLogits, `e^{${normLogits}} = ${counts}`)],
  dlogit_maxes: [normLine + forEvery('j'), slope(normLogits, maxes, '-1')],
  dlogits: [
    `${normLine}${AND}${maxes} = \\max_k ${value('logits', 'ik')}`,
    `${slope(normLogits, logits, '1')}${AND}${slope(maxes, logits, '1')} \\text{ for the largest of the row, else } 0`,
  ],
  dh: [
    outLine + forEvery('j'),
    slope(logits, 'h_{ik}', value('W2', 'kj')),
    `${gradient('h', 'ik')} = \\sum_j ${gradient('logits', 'ij')} \\, ${value('W2', 'kj')}`,
  ],
  dW2: [
    outLine + forEvery('i'),
    slope(logits, value('W2', 'kj'), 'h_{ik}'),
    `${gradient('W2', 'kj')} = \\sum_i h_{ik} \\, ${gradient('logits', 'ij')}`,
  ],
  db2: [outLine + forEvery('i'), slope(logits, value('b2', 'j'), '1')],
  dhpreact: [`h_{ij} = \\tanh ${hpreact}`, slope('h_{ij}', hpreact, `1 - \\tanh^2 ${hpreact} = 1 - h_{ij}^2`)],
  dbngain: [scaleLine + forEvery('i'), slope(hpreact, gain, raw)],
  dbnbias: [scaleLine + forEvery('i'), slope(hpreact, shift, '1')],
  dbnraw: [scaleLine, slope(hpreact, raw, gain)],
  dbnvar_inv: [rawLine + forEvery('i'), slope(raw, varInverse, difference)],
  dbnvar: [
    `${varInverse} = (${variance} + \\varepsilon)^{-1/2}`,
    slope(varInverse, variance, `-\\tfrac12 \\, (${variance} + \\varepsilon)^{-3/2}`),
  ],
  dbndiff2: [`${variance} = \\frac{1}{n-1} \\sum_i ${square}`, slope(variance, square, '\\frac{1}{n-1}')],
  dbndiff: [
    `${rawLine}${AND}${square} = ${difference}^2`,
    slope(raw, difference, varInverse) + AND + slope(square, difference, `2 \\, ${difference}`),
  ],
  dbnmeani: [differenceLine + forEvery('i'), slope(difference, mean, '-1')],
  dhprebn: [
    `${differenceLine}${AND}${mean} = \\frac1n \\sum_i ${hprebn}`,
    slope(difference, hprebn, '1') + AND + slope(mean, hprebn, '\\frac1n'),
  ],
  dembcat: [
    hiddenLine + forEvery('j'),
    slope(hprebn, embcat, value('W1', 'kj')),
    `${gradient('embcat', 'ik')} = \\sum_j ${gradient('hprebn', 'ij')} \\, ${value('W1', 'kj')}`,
  ],
  dW1: [
    hiddenLine + forEvery('i'),
    slope(hprebn, value('W1', 'kj'), embcat),
    `${gradient('W1', 'kj')} = \\sum_i ${embcat} \\, ${gradient('hprebn', 'ij')}`,
  ],
  db1: [hiddenLine + forEvery('i'), slope(hprebn, value('b1', 'j'), '1')],
  demb: [
    `${value('embcat', 'i, \\, tD + k')} = ${value('emb', 'i,t,k')}`,
    '\\text{slope } 1 \\text{ by the number that was moved there, else } 0',
  ],
  dC: [
    `${value('emb', 'i,t,k')} = C_{x_{it}, \\, k}`,
    '\\text{row } s \\text{ is read at every place where } x_{it} = s',
  ],
  'dlogits in one line': [
    `L = \\frac1n \\sum_i \\Bigl( \\log \\sum_k e^{${value('logits', 'ik')}} - ${value('logits', 'i, y_i')} \\Bigr)`,
    `\\frac{\\partial}{\\partial \\, ${logits}} \\log \\sum_k e^{${value('logits', 'ik')}} = \\frac{e^{${logits}}}{\\sum_k e^{${value('logits', 'ik')}}} = p_{ij}`,
    slope(value('logits', 'i, y_i'), logits, '[\\, j = y_i \\,]'),
  ],
  'dhprebn in one line': [
    `y_{ij} = \\gamma_j \\, \\hat x_{ij} + \\beta_j${AND}\\hat x_{ij} = \\frac{x_{ij} - \\mu_j}{\\sigma_j}${AND}\\sigma_j = \\sqrt{v_j + \\varepsilon}`,
    slope('\\mu_j', 'x_{ij}', '\\frac1n') + AND + slope('\\sigma_j', 'x_{ij}', '\\frac{\\hat x_{ij}}{n-1}'),
    slope(
      '\\hat x_{kj}',
      'x_{ij}',
      '\\frac{1}{\\sigma_j} \\Bigl( [\\, k = i \\,] - \\frac1n - \\frac{\\hat x_{ij} \\, \\hat x_{kj}}{n-1} \\Bigr)',
    ),
    '\\grad{\\bar x_{ij}} = \\gamma_j \\sum_k \\grad{\\bar y_{kj}} \\, \\frac{\\partial \\, \\hat x_{kj}}{\\partial \\, x_{ij}}',
  ],
};

/** What it comes to, of each tensor, by `idOf`: the line of steps.ts in symbols. `\grad{…}` is a gradient. */
export const RESULTS: Readonly<Record<string, string>> = {
  dlogprobs: '\\grad{\\overline{\\text{logprobs}}_{ij}} = -\\frac{1}{n} \\, [\\, j = y_i \\,]',
  dprobs: '\\grad{\\overline{\\text{probs}}} = \\grad{\\overline{\\text{logprobs}}} \\cdot \\frac{1}{\\text{probs}}',
  dcounts_sum_inv:
    '\\grad{\\overline{\\text{counts\\_sum\\_inv}}_i} = \\sum_j \\grad{\\overline{\\text{probs}}_{ij}} \\, \\text{counts}_{ij}',
  dcounts_sum:
    '\\grad{\\overline{\\text{counts\\_sum}}} = -\\text{counts\\_sum}^{-2} \\cdot \\grad{\\overline{\\text{counts\\_sum\\_inv}}}',
  dcounts:
    '\\grad{\\overline{\\text{counts}}_{ij}} = \\grad{\\overline{\\text{probs}}_{ij}} \\, \\text{counts\\_sum\\_inv}_i + \\grad{\\overline{\\text{counts\\_sum}}_i}',
  dnorm_logits: '\\grad{\\overline{\\text{norm\\_logits}}} = \\text{counts} \\cdot \\grad{\\overline{\\text{counts}}}',
  dlogit_maxes: '\\grad{\\overline{\\text{logit\\_maxes}}_i} = -\\sum_j \\grad{\\overline{\\text{norm\\_logits}}_{ij}}',
  dlogits:
    '\\grad{\\overline{\\text{logits}}_{ij}} = \\grad{\\overline{\\text{norm\\_logits}}_{ij}} + [\\, j = \\text{argmax}_k \\, \\text{logits}_{ik} \\,] \\, \\grad{\\overline{\\text{logit\\_maxes}}_i}',
  dh: '\\grad{\\bar h} = \\grad{\\overline{\\text{logits}}} \\, W_2^\\top',
  dW2: '\\grad{\\overline{W_2}} = h^\\top \\, \\grad{\\overline{\\text{logits}}}',
  db2: '\\grad{\\overline{b_2}_j} = \\sum_i \\grad{\\overline{\\text{logits}}_{ij}}',
  dhpreact: '\\grad{\\overline{\\text{hpreact}}} = (1 - h^2) \\cdot \\grad{\\bar h}',
  dbngain:
    '\\grad{\\overline{\\text{bngain}}_j} = \\sum_i \\grad{\\overline{\\text{hpreact}}_{ij}} \\, \\text{bnraw}_{ij}',
  dbnbias: '\\grad{\\overline{\\text{bnbias}}_j} = \\sum_i \\grad{\\overline{\\text{hpreact}}_{ij}}',
  dbnraw: '\\grad{\\overline{\\text{bnraw}}} = \\text{bngain} \\cdot \\grad{\\overline{\\text{hpreact}}}',
  dbnvar_inv:
    '\\grad{\\overline{\\text{bnvar\\_inv}}_j} = \\sum_i \\grad{\\overline{\\text{bnraw}}_{ij}} \\, \\text{bndiff}_{ij}',
  dbnvar:
    '\\grad{\\overline{\\text{bnvar}}} = -\\tfrac12 \\, (\\text{bnvar} + \\varepsilon)^{-3/2} \\cdot \\grad{\\overline{\\text{bnvar\\_inv}}}',
  dbndiff2: '\\grad{\\overline{\\text{bndiff2}}_{ij}} = \\frac{1}{n-1} \\, \\grad{\\overline{\\text{bnvar}}_j}',
  dbndiff:
    '\\grad{\\overline{\\text{bndiff}}} = \\text{bnvar\\_inv} \\cdot \\grad{\\overline{\\text{bnraw}}} + 2 \\, \\text{bndiff} \\cdot \\grad{\\overline{\\text{bndiff2}}}',
  dbnmeani: '\\grad{\\overline{\\text{bnmeani}}_j} = -\\sum_i \\grad{\\overline{\\text{bndiff}}_{ij}}',
  dhprebn:
    '\\grad{\\overline{\\text{hprebn}}_{ij}} = \\grad{\\overline{\\text{bndiff}}_{ij}} + \\frac1n \\, \\grad{\\overline{\\text{bnmeani}}_j}',
  dembcat: '\\grad{\\overline{\\text{embcat}}} = \\grad{\\overline{\\text{hprebn}}} \\, W_1^\\top',
  dW1: '\\grad{\\overline{W_1}} = \\text{embcat}^\\top \\, \\grad{\\overline{\\text{hprebn}}}',
  db1: '\\grad{\\overline{b_1}_j} = \\sum_i \\grad{\\overline{\\text{hprebn}}_{ij}}',
  demb: '\\grad{\\overline{\\text{emb}}_{i,t,k}} = \\grad{\\overline{\\text{embcat}}_{i,\\,tD + k}}',
  dC: '\\grad{\\bar C_s} = \\sum_{i,t \\,:\\, x_{it} = s} \\grad{\\overline{\\text{emb}}_{it}}',
  'dlogits in one line': '\\grad{\\overline{\\text{logits}}_{ij}} = \\frac{p_{ij} - [\\, j = y_i \\,]}{n}',
  'dhprebn in one line':
    '\\grad{\\overline{\\text{hprebn}}_{ij}} = \\frac{\\gamma_j}{n \\sqrt{v_j + \\varepsilon}} \\Bigl( n \\, \\grad{\\bar y_{ij}} - \\sum_k \\grad{\\bar y_{kj}} - \\frac{n}{n-1} \\, \\hat x_{ij} \\sum_k \\grad{\\bar y_{kj}} \\, \\hat x_{kj} \\Bigr)',
};
