export { PythonRandom } from './python-random.ts';
export { type GeneratorState, TorchGenerator } from './torch-generator.ts';
