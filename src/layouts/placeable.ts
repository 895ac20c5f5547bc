import ExpressionGraph from '../../components/autograd/ExpressionGraph.astro';
import GradientCheck from '../../components/autograd/GradientCheck.astro';
import TinyNetwork from '../../components/autograd/TinyNetwork.astro';
import BatchNormTraining from '../../components/batchnorm/BatchNormTraining.astro';
import InitializationLab from '../../components/batchnorm/InitializationLab.astro';
import NormalizeBatch from '../../components/batchnorm/NormalizeBatch.astro';
import BigramCounts from '../../components/bigram/BigramCounts.astro';
import BigramSampler from '../../components/bigram/BigramSampler.astro';
import BigramTraining from '../../components/bigram/BigramTraining.astro';
import BackpropStepper from '../../components/manual-backprop/BackpropStepper.astro';
import GradientExercise from '../../components/manual-backprop/GradientExercise.astro';
import ManualTraining from '../../components/manual-backprop/ManualTraining.astro';
import StepLines from '../../components/manual-backprop/StepLines.astro';
import EmbeddingMap from '../../components/mlp/EmbeddingMap.astro';
import LearningRateFinder from '../../components/mlp/LearningRateFinder.astro';
import MlpTraining from '../../components/mlp/MlpTraining.astro';
import ChoiceExercise from '../../components/prose/ChoiceExercise.astro';
import FormulaExercise from '../../components/prose/FormulaExercise.astro';
import Listing from '../../components/prose/Listing.astro';
import LossChart from '../../components/prose/LossChart.astro';
import NumberExercise from '../../components/prose/NumberExercise.astro';
import OrderExercise from '../../components/prose/OrderExercise.astro';
import ResultChart from '../../components/prose/ResultChart.astro';
import RunChart from '../../components/prose/RunChart.astro';
import SideNote from '../../components/prose/SideNote.astro';
import Table from '../../components/prose/Table.astro';
import ReceptiveField from '../../components/wavenet/ReceptiveField.astro';
import WaveNetTraining from '../../components/wavenet/WaveNetTraining.astro';

/** Everything that a post can place by its tag alone, without an import. */
export const placeable = {
  BackpropStepper,
  BatchNormTraining,
  BigramCounts,
  BigramSampler,
  BigramTraining,
  ChoiceExercise,
  EmbeddingMap,
  ExpressionGraph,
  FormulaExercise,
  GradientCheck,
  GradientExercise,
  InitializationLab,
  LearningRateFinder,
  Listing,
  LossChart,
  ManualTraining,
  MlpTraining,
  NormalizeBatch,
  NumberExercise,
  OrderExercise,
  ReceptiveField,
  ResultChart,
  RunChart,
  SideNote,
  StepLines,
  table: Table, // a table written in Markdown
  TinyNetwork,
  WaveNetTraining,
};
