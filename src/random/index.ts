export { PythonRandom } from './python-random.ts';
export { TorchGenerator } from './torch-generator.ts';
